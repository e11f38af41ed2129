"""What it would cost and what stands in the way: the same judgement as booking, nothing written."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sharingcity.booking.operations.judge import broken_rules_for, broken_rules_for_anybody
from sharingcity.booking.operations.order import Order, Prepared, prepare
from sharingcity.booking.queries.claims import packing_window, taken_in
from sharingcity.booking.rules import refusals
from sharingcity.booking.rules.fees import FeeLine, RefundStep, refund_steps, total_minor
from sharingcity.booking.rules.free_times import Stock, place
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import Refusal
from sharingcity.people.queries import quota_subject

if TYPE_CHECKING:
    from sharingcity.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Price, what would be due when, and every broken rule (none: it may be booked)."""

    lines: tuple[FeeLine, ...]
    total_minor: int
    currency: str
    needs_approval: bool
    answer_by: datetime | None
    pay_by: datetime | None
    refund_steps: tuple[RefundStep, ...]
    broken: tuple[Refusal, ...]


def quote(*, order: Order, now: datetime, person: "Person | None" = None) -> Quote:
    """Judges the order as booking would; without a person only the rules that hold for everybody.

    Raises: `booking.elsewhere`, `booking.not_bookable`, `booking.reduction_unknown`.
    """
    prepared = prepare(order, now)
    broken = [*broken_rules_for_anybody(prepared)]
    if person is not None:
        broken += broken_rules_for(prepared, person, quota_subject(person), now)
    broken += _taken(prepared, now)
    version, wish = prepared.main.conditions.version, order.wish
    answer_by = now + timedelta(days=version.approval_days) if version.needs_approval else None
    total = total_minor(prepared.fee_lines)
    pay_by = (answer_by or now) + timedelta(days=version.payment_days)
    return Quote(
        lines=prepared.fee_lines,
        total_minor=total,
        currency=prepared.currency,
        needs_approval=version.needs_approval,
        answer_by=min(answer_by, wish.starts_at) if answer_by else None,
        pay_by=pay_by if total and pay_by < wish.starts_at else None,
        refund_steps=tuple(refund_steps(version.refund_ladder, local_date(wish.starts_at))),
        broken=tuple(broken),
    )


def _taken(prepared: Prepared, now: datetime) -> list[Refusal]:
    wish = prepared.order.wish
    has_pool = any(line.listing.books == "any" for line in prepared.lines)
    around = packing_window(wish.interval) if has_pool else wish.interval
    taken = taken_in(prepared.unit_ids, around, now)
    found: list[Refusal] = []
    for line in prepared.lines:
        stock = Stock(listing_id=line.listing.pk, books_any=line.listing.books == "any", units=line.units, taken=taken)
        if place(stock, wish.starts_at, wish.ends_at, line.quantity) is None:
            extra = line.listing.is_extra
            found.append(refusals.extra_taken(line.listing.code) if extra else refusals.slot_taken())
    return found
