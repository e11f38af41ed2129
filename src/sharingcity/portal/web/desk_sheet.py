"""One reservation as plain values for the desk's page."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sharingcity.booking.operations import refund_due
from sharingcity.booking.operations.refunds import GIVEN_BACK
from sharingcity.booking.pdf.permit import PERMITTED
from sharingcity.booking.queries import desk
from sharingcity.booking.slots import AT_DESK, DeskPart
from sharingcity.booking.states import ENDED, STATES, WORKFLOW
from sharingcity.booking.wording import amount_words, line_words
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import moment_words, when_words
from sharingcity.portal.web.desk_access import may
from sharingcity.portal.web.desk_log import LogRow, StoryRow, log_rows, story_rows
from sharingcity.portal.web.desk_words import TONES, Due, Step, due_of, what_words, who_of
from sharingcity.ui.components import Pair, Sum, SumLine

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from sharingcity.booking.models import Payment, Reservation
    from sharingcity.kernel.states import Transition
    from sharingcity.people.models import Person

FIRST = ("confirm", "check_in", "check_out", "book", "request")
WITH_REASON = ("decline", "withdraw", "excuse")
ICONS = {"confirm": "check", "check_in": "log-in", "check_out": "log-out", "mark_absent": "user-x"}
MONEY_WORDS: dict[str, "str | Promise"] = {
    "paid": gettext_lazy("Paid"),
    "waived": gettext_lazy("Waived"),
    "refund": gettext_lazy("Refund"),
    "interest": gettext_lazy("Interest on the refund"),
}
METHOD_WORDS: dict[str, "str | Promise"] = {
    "on_site": gettext_lazy("paid here"),
    "transfer": gettext_lazy("by transfer"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """One movement of money. `can_send`: a refund that this reader may say is sent."""

    id: int
    what: str
    amount: str
    when: str
    note: str
    can_send: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashRow:
    """Another calendar has taken the same time: when, and where it says so."""

    code: str
    when: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationSheet:
    """Everything the page shows. `kept_words`: what could still be given back, to who may, when all is over."""

    code: str
    title: str
    place: str
    when: str
    state_title: str
    tone: str
    due: Due | None
    facts: list[Pair]
    contact: list[Pair]
    clashes: list[ClashRow]
    price: Sum
    open_words: str
    can_pay: bool
    kept_words: str
    is_given_back: bool
    money: list[MoneyRow]
    steps: list[Step]
    reasoned: list[Step]
    cancel_words: str
    can_move: bool
    can_extend: bool
    story: list[StoryRow]
    log: list[LogRow]
    sees_booker: bool
    has_permit: bool

    @property
    def to_send(self) -> list[MoneyRow]:
        """Refunds that this reader may say are sent."""
        return [row for row in self.money if row.can_send]

    parts: list[DeskPart]


def reservation_sheet(r: "Reservation", reader: "Person", now: datetime) -> ReservationSheet:
    """The page's values for this reader at `now`."""
    rows = {row.event: row for row in WORKFLOW.allowed(r, by=reader, now=now)}
    is_given_back = r.state in GIVEN_BACK
    open_minor, kept_minor = max(r.total_minor - r.paid_minor, 0), max(r.paid_minor - r.refunded_minor, 0)
    sees, cashier = may(reader, "see_bookers", r, now), may(reader, "record_payment", r, now)
    return ReservationSheet(
        code=r.code,
        title=localised(r.listing.titles),
        place=localised(r.listing.place.names),
        when=when_words(r.starts_at, r.ends_at),
        state_title=str(STATES[r.state]),
        tone=TONES.get(r.state, ""),
        due=_due(r, now),
        facts=_facts(r, reader, now),
        contact=_contact(r) if sees else [],
        clashes=_clashes(r) if may(reader, "close_units", r, now) else [],
        price=_price(r),
        open_words=amount_words(open_minor, r.currency) if open_minor and not is_given_back else "",
        can_pay=bool(open_minor) and cashier,
        kept_words=amount_words(kept_minor, r.currency) if kept_minor and cashier and r.state in ENDED else "",
        is_given_back=is_given_back,
        money=[_money(p, r, cashier) for p in desk.payments_of(r)],
        steps=_steps(rows, (*FIRST, "mark_absent")),
        reasoned=_steps(rows, WITH_REASON),
        cancel_words=_cancel_words(r, now) if "cancel" in rows else "",
        can_move="reschedule" in rows,
        can_extend="extend" in rows,
        story=story_rows(r, desk.story_of(r), reader),
        log=log_rows(desk.attempts_of(r)) if sees else [],
        sees_booker=sees,
        has_permit=r.state in PERMITTED,
        parts=[part for parts in AT_DESK for part in parts(r, reader, now)],
    )


def _steps(rows: "dict[str, Transition[Reservation]]", events: tuple[str, ...]) -> list[Step]:
    found = [(event, rows[event]) for event in events if event in rows]
    return [
        Step(event=event, label=str(row.label), icon=ICONS.get(event, ""), is_first=not number)
        for number, (event, row) in enumerate(found)
    ]


def _due(r: "Reservation", now: datetime) -> Due | None:
    due_at = {"requested": r.approval_due_at, "confirmed": r.payment_due_at, "held": r.hold_expires_at}.get(r.state)
    return due_of(r.created_at, due_at, now) if due_at else None


def _facts(r: "Reservation", reader: "Person", now: datetime) -> list[Pair]:
    due = {
        "requested": (_("Answer until"), r.approval_due_at),
        "confirmed": (_("To be paid until"), r.payment_due_at),
        "held": (_("Held until"), r.hold_expires_at),
    }.get(r.state)
    pairs = [
        Pair(term=_("Number"), value=r.code),
        Pair(term=_("When"), value=when_words(r.starts_at, r.ends_at)),
        Pair(term=pgettext("a booking", "Where"), value=localised(r.listing.place.names), note=r.listing.place.address),
        Pair(term=_("What for"), value=what_words(r)),
        Pair(term=_("Who comes"), value=who_of(r, reader, now) or _("Your role does not show names.")),
    ]
    if due and due[1]:
        pairs.append(Pair(term=due[0], value=moment_words(due[1])))
    pairs.append(Pair(term=_("Asked for on"), value=moment_words(r.created_at)))
    return pairs


def _contact(r: "Reservation") -> list[Pair]:
    name, phone = r.contact_name or r.person.name, r.contact_phone or r.person.phone
    pairs = [Pair(term=_("Name"), value=name, note=_("by phone or at the counter") if r.contact_phone else "")]
    pairs += [Pair(term=_("Telephone"), value=phone)] if phone else []
    return pairs + ([Pair(term=_("E-mail"), value=r.person.email)] if r.person.email else [])


def _clashes(r: "Reservation") -> list[ClashRow]:
    return [
        ClashRow(
            code=clash.code,
            when=when_words(clash.closure.starts_at, clash.closure.ends_at),
            source=clash.closure.source.partition(":")[2],
        )
        for clash in desk.clashes_of(r)
    ]


def _price(r: "Reservation") -> Sum:
    lines = [
        SumLine(
            label=line_words(line["code"], line.get("values", {})),
            amount=amount_words(line["amount_minor"], r.currency),
        )
        for line in r.fee_lines
    ]
    return Sum(lines=lines, total=amount_words(r.total_minor, r.currency))


def _money(payment: "Payment", r: "Reservation", cashier: bool) -> MoneyRow:
    waits = payment.done_at is None
    notes = [str(METHOD_WORDS.get(payment.method, "")), payment.ground, _("not sent yet") if waits else ""]
    return MoneyRow(
        id=payment.pk,
        what=str(MONEY_WORDS.get(payment.kind, payment.kind)),
        amount=amount_words(payment.amount_minor, r.currency),
        when=moment_words(payment.recorded_at),
        note=", ".join(note for note in notes if note),
        can_send=waits and cashier,
    )


def _cancel_words(r: "Reservation", now: datetime) -> str:
    """What the booker gets back when the desk cancels for them now."""
    back, _interest = refund_due(r, now, by_city=False)
    if not r.paid_minor:
        return _("Nothing was paid, so nothing comes back.")
    return _("By the rules %(amount)s comes back.") % {"amount": amount_words(back, r.currency)}
