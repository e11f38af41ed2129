"""Shapes of booking in the API."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

# PostgreSQL keeps no character NUL in a text, nor looks for one.
WITHOUT_NUL = r"^[^\x00]*$"
ListingCode = Annotated[
    str, Field(min_length=1, max_length=20, pattern=WITHOUT_NUL, description="Public id of a listing")
]
Reason = Annotated[str, Field(max_length=300, pattern=WITHOUT_NUL)]
Language = Annotated[str, Field(max_length=10, pattern=r"^[A-Za-z-]+$")]
# Equal to booking.rules.wish.PURPOSES and REFUSED_PURPOSES (a test holds them together).
Purpose = Literal[
    "meeting",
    "study",
    "class",
    "exercise",
    "rehearsal",
    "celebration",
    "other",
    "political",
    "religious",
    "profit",
]


class MoneyOut(Schema):
    """Integer minor units with a currency."""

    amount_minor: int
    currency: str


class ItemIn(Schema):
    listing: ListingCode
    quantity: Annotated[int, Field(ge=1, le=200)] = 1


class TimeIn(Schema):
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class OrderIn(TimeIn):
    """What is asked for. Give `listing`, or `items` when there is more than one; the first is the main one."""

    listing: ListingCode | None = None
    items: Annotated[list[ItemIn], Field(max_length=20)] = []
    party_size: Annotated[int, Field(ge=1, le=100_000)] = 1
    purpose: Purpose = "meeting"
    purpose_words: Annotated[str, Field(max_length=300, pattern=WITHOUT_NUL)] = ""
    organisation: Annotated[
        str | None, Field(max_length=80, pattern=WITHOUT_NUL, description="Slug or id of your group")
    ] = None
    reduction: Annotated[str, Field(max_length=40, pattern=WITHOUT_NUL)] = ""


class ReservationIn(OrderIn):
    hold: bool = False


class DatesIn(OrderIn):
    """The same hours on several days: `dates`, or the days of an RFC 5545 rule from the day of `starts_at` on."""

    dates: Annotated[list[date], Field(max_length=400)] = []
    rrule: Annotated[str, Field(max_length=300, pattern=WITHOUT_NUL)] = ""


class SeriesIn(DatesIn):
    on_conflict: Literal["fail", "skip"] = "fail"


class ClosureIn(TimeIn):
    """A closure of all units. `reason` by language; `on_hit`: what happens to bookings that cannot move."""

    kind: Literal["repair", "official_use"] = "repair"
    reason: Annotated[dict[Language, Reason], Field(max_length=5)]
    on_hit: Literal["refuse", "cancel"] = "refuse"


class ClosureOut(Schema):
    id: str
    kind: str
    reason: dict[str, str]
    starts_at: datetime
    ends_at: datetime


class EventIn(Schema):
    """`reason` where the table of states asks for one; times for `reschedule` and `extend`."""

    reason: Annotated[str, Field(max_length=2000, pattern=WITHOUT_NUL)] = ""
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None


class FeeLineOut(Schema):
    code: str
    detail: str
    amount: MoneyOut


class BrokenRule(Schema):
    code: str
    detail: str
    field: str = ""


class RefundStepOut(Schema):
    until: date
    days_before: int
    percent: int


class Deadlines(Schema):
    answer_by: datetime | None
    pay_by: datetime | None
    refunds: list[RefundStepOut]


class DateQuoteOut(Schema):
    date: date
    total: MoneyOut
    broken_rules: list[BrokenRule]


class SeriesQuoteOut(Schema):
    """Every date; the total is of the dates that can be had."""

    total: MoneyOut
    dates: list[DateQuoteOut]


class QuoteOut(Schema):
    """Of the first date; `series` when `dates` or `rrule` were given."""

    lines: list[FeeLineOut]
    total: MoneyOut
    needs_approval: bool
    deadlines: Deadlines
    broken_rules: list[BrokenRule]
    series: SeriesQuoteOut | None = None


class ListingRef(Schema):
    id: str
    title: str


class ItemOut(Schema):
    listing: ListingRef
    quantity: int


class ReservationOut(Schema):
    id: str
    code: str
    state: str
    listing: ListingRef
    items: list[ItemOut]
    starts_at: datetime
    ends_at: datetime
    party_size: int
    purpose: str
    total: MoneyOut
    paid: MoneyOut
    refunded: MoneyOut
    hold_expires_at: datetime | None
    approval_due_at: datetime | None
    payment_due_at: datetime | None
    series: str | None
    events: list[str]


class CountOut(Schema):
    value: int
    is_exact: bool


class ReservationsOut(Schema):
    results: list[ReservationOut]
    count: CountOut
    next: str | None


class WaitingOut(Schema):
    """One's place on a waiting list; `offer` is the reservation held for you when it is your turn."""

    id: str
    state: str
    listing: ListingRef
    starts_at: datetime
    ends_at: datetime
    quantity: int
    offer: str | None


class WaitingListOut(Schema):
    results: list[WaitingOut]


class SkippedDate(Schema):
    date: date
    code: str
    detail: str


class SeriesOut(Schema):
    id: str
    reservations: list[ReservationOut]
    skipped: list[SkippedDate]


class Problem(Schema):
    """RFC 9457 problem document. `code` is stable; further members depend on it (`alternatives`, `conflicts` …)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[dict[str, Any]] = []
    alternatives: list[dict[str, Any]] = []
    conflicts: list[dict[str, Any]] = []
