"""What becomes of a plan: asked, decided, paid, used, or not. Every step is the real operation at its own instant."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sharingcity.booking.operations.cancel import cancel_reservation, decline_reservation
from sharingcity.booking.operations.decide import (
    appeal_absence,
    check_in,
    check_out,
    confirm_reservation,
    mark_absent,
)
from sharingcity.booking.operations.order import Order
from sharingcity.booking.operations.refunds import record_payment
from sharingcity.booking.operations.request import request_reservation
from sharingcity.booking.rules.wish import Wish
from sharingcity.kernel.errors import Refusal
from sharingcity.site.demo.plans import Plan, Town
from sharingcity.site.demo.timeline import Timeline

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.people.models import Person

_DECLINED = "같은 시간에 구청 행사가 잡혀 있습니다. 다른 날을 골라 주세요."


def order_of(plan: Plan) -> Order:
    """The plan as it is ordered."""
    return Order(
        listings=((plan.stock.listing, 1),),
        wish=Wish(starts_at=plan.starts_at, ends_at=plan.ends_at, party_size=plan.party_size, purpose=plan.purpose),
        group=plan.group,
    )


class Desk:
    """The staff of the city and the bookers, as the timeline calls them. `refused` counts what the rules refused."""

    def __init__(self, town: Town, timeline: Timeline) -> None:
        self.town, self.timeline = town, timeline
        self.refused: Counter[str] = Counter()

    def expect(self, plan: Plan) -> None:
        """Plans everything that follows from a plan."""
        self.timeline.at(plan.asked_at, lambda now: self._ask(plan, now))

    def _ask(self, plan: Plan, now: datetime) -> None:
        try:
            made = request_reservation(order=order_of(plan), person=plan.person, by=plan.person, now=now)
        except Refusal as refusal:
            self.refused[refusal.code] += 1  # as in life: somebody was faster, or had their use of the day
            return
        if made.state == "requested":
            self._await_answer(plan, made, now)
        else:
            self._await_use(plan, made, now)

    def _await_answer(self, plan: Plan, made: "Reservation", now: datetime) -> None:
        answer_at = now + timedelta(hours=self.town.random.uniform(20, 68))
        answer_at = min(answer_at, plan.starts_at - timedelta(hours=3))
        staff = self._staff(plan)
        if plan.fate == "declined":
            self.step(answer_at, decline_reservation, reservation=made, by=staff, reason=_DECLINED)
            return

        def confirm(*, now: datetime) -> None:
            self._await_use(plan, confirm_reservation(reservation=made, by=staff, now=now), now)

        self.step(answer_at, confirm)

    def _await_use(self, plan: Plan, made: "Reservation", now: datetime) -> None:
        random = self.town.random
        if made.payment_due_at is not None:
            self._pay(plan, made, now + timedelta(hours=random.uniform(1, 44)), "transfer")
        if plan.fate == "cancelled":
            left = (plan.starts_at - now) * random.uniform(0.1, 0.95)
            self.step(now + left, cancel_reservation, reservation=made, by=plan.person)
        elif plan.fate == "absent":
            late = plan.starts_at + timedelta(minutes=25)
            self.step(late, mark_absent, reservation=made, by=self._staff(plan))
            if plan.appeal:
                self.step(
                    late + timedelta(hours=14), appeal_absence, reservation=made, by=plan.person, words=plan.appeal
                )
        else:
            self._use(plan, made, is_paid_on_site=bool(made.total_minor) and made.payment_due_at is None)

    def _use(self, plan: Plan, made: "Reservation", *, is_paid_on_site: bool) -> None:
        minutes, staff = self.town.random.randint(-8, 9), self._staff(plan)
        arrives = plan.starts_at + timedelta(minutes=minutes)
        self.step(arrives, check_in, reservation=made, by=staff)
        if is_paid_on_site:
            self._pay(plan, made, arrives + timedelta(minutes=2), "on_site")
        leaves = plan.ends_at - timedelta(minutes=self.town.random.randint(0, 12))
        self.step(leaves, check_out, reservation=made, by=staff)

    def _pay(self, plan: Plan, made: "Reservation", when: datetime, method: str) -> None:
        def pay(now: datetime) -> None:
            made.refresh_from_db(fields=["state", "total_minor", "paid_minor"])
            if made.state in ("confirmed", "checked_in"):
                amount = made.total_minor - made.paid_minor
                record_payment(reservation=made, amount_minor=amount, method=method, by=self._staff(plan), now=now)

        self.timeline.at(when, pay)

    def step(self, when: datetime, operation: Callable[..., object], **arguments: Any) -> None:
        """Plans an operation. What others have overtaken (the manager closed the room) simply does not happen."""

        def take(now: datetime) -> None:
            try:
                operation(**arguments, now=now)
            except Refusal as refusal:
                self.refused[refusal.code] += 1

        self.timeline.at(when, take)

    def _staff(self, plan: Plan) -> "Person":
        is_managed = plan.stock.listing.place_id == self.town.managed.pk
        return self.town.people.staff["manager" if is_managed else "officer"]
