"""What is ordered and everything known about it before the lock: terms, hours, units, price."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sharingcity.booking.models import FeeReduction, Terms
from sharingcity.booking.queries.claims import unit_slots
from sharingcity.booking.queries.conditions import WindowBook, fee_version, policy_versions, terms_of
from sharingcity.booking.rules import refusals
from sharingcity.booking.rules.fees import FeeLine, fee_lines, with_reduction
from sharingcity.booking.rules.placing import UnitSlot
from sharingcity.booking.rules.wish import Conditions, Wish
from sharingcity.directory.queries import get_organisation
from sharingcity.kernel.city import city_calendar, currency, local_date
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.queries import extras_of, get_listing, hours_versions, open_times, units_of

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.listings.models import Listing


# Nobody books longer; also what keeps a hostile request from asking for a century of opening hours.
LONGEST_WISH = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A wish for listings: the first is the main one and its policy rules, the others come with it."""

    listings: "tuple[tuple[Listing, int], ...]"
    wish: Wish
    group: "Organisation | None" = None
    reduction: str = ""
    contact_name: str = ""
    contact_phone: str = ""

    @property
    def main(self) -> "Listing":
        return self.listings[0][0]

    @property
    def local_day(self) -> date:
        """The day of use on the city's clock."""
        return local_date(self.wish.starts_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One listing of the order with what it is booked under."""

    listing: "Listing"
    quantity: int
    units: tuple[UnitSlot, ...]
    conditions: Conditions
    opened: tuple[Interval, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An order ready to be judged and booked."""

    order: Order
    lines: tuple[Line, ...]
    fee_lines: tuple[FeeLine, ...]
    currency: str = field(default_factory=currency)

    @property
    def main(self) -> Line:
        return self.lines[0]

    @property
    def unit_ids(self) -> list[int]:
        return sorted({unit.id for line in self.lines for unit in line.units})


def order_for(
    pairs: Sequence[tuple[str, int]],
    *,
    starts_at: datetime,
    ends_at: datetime,
    group: str = "",
    reduction: str = "",
    **wished: Any,
) -> Order:
    """An order from what a form or a program sends: public ids of listings with quantities, the main one first.

    Raises: `booking.nothing_ordered`, `booking.listed_twice`, `booking.not_together`, `listing.unknown`,
    `organisation.unknown`, `booking.ends_before_start`, `booking.too_far`.
    """
    if not pairs:
        raise refusals.nothing_ordered()
    if ends_at <= starts_at:
        raise refusals.ends_before_start()
    refuse_unreachable(starts_at, ends_at)
    listings = [(get_listing(code), quantity) for code, quantity in pairs]
    _refuse_strange_company([listing for listing, _quantity in listings])
    wish = Wish(starts_at=starts_at.astimezone(UTC), ends_at=ends_at.astimezone(UTC), quantity=listings[0][1], **wished)
    found_group = get_organisation(group) if group else None
    return Order(listings=tuple(listings), wish=wish, group=found_group, reduction=reduction)


def refuse_far(*days: date) -> None:
    """Raises `booking.too_far` near the ends of the calendar, where neither zones nor additions work."""
    if not 2000 < min(days).year <= max(days).year < 2200:
        raise refusals.too_far()


def refuse_unreachable(starts_at: datetime, ends_at: datetime) -> None:
    """Raises `booking.too_far`, also for lengths whose opening hours would take minutes to compute."""
    refuse_far(starts_at.date(), ends_at.date())
    if ends_at - starts_at > LONGEST_WISH:
        raise refusals.too_far()


def _refuse_strange_company(listings: "Sequence[Listing]") -> None:
    """Whatever comes with the main listing is one of its extras: its policy rules them all.

    Else a room that needs an approval could be had along with a room that needs none.
    """
    main, *others = listings
    offered = {extra.pk for extra in extras_of([main.pk]).get(main.pk, [])} if others else set()
    for number, listing in enumerate(listings):
        if listing in listings[:number]:
            raise refusals.listed_twice(listing.code)
        if number and listing.pk not in offered:
            raise refusals.not_together(listing.code)


def prepare(order: Order, now: datetime) -> Prepared:
    """Reads terms, hours, units and fees of everything ordered.

    Raises: `booking.elsewhere`, `booking.not_bookable`, `booking.reduction_unknown`, `booking.too_far`.
    """
    refuse_unreachable(order.wish.starts_at, order.wish.ends_at)
    if order.main.is_extra:
        raise refusals.not_bookable()  # only with what it belongs to, whose hours and rules it has
    listings = [listing for listing, _ in order.listings]
    for listing in listings:
        _refuse_unbookable(listing)
    terms = terms_of(listing.pk for listing in listings)
    versions = policy_versions((t.policy_id for t in terms.values()), local_date(now))
    calendar = city_calendar()
    windows = WindowBook(now, calendar)
    around = Interval(order.wish.starts_at - timedelta(days=1), order.wish.ends_at + timedelta(days=1))
    hours = hours_versions((listing.pk for listing in listings), around)
    units = units_of(listing.pk for listing in listings)
    lines = []
    for listing, quantity in order.listings:
        version = versions.get(terms[listing.pk].policy_id) if listing.pk in terms else None
        if version is None or not units.get(listing.pk):
            raise refusals.not_bookable()
        opened = [around] if listing.is_extra else open_times(hours.get(listing.pk, []), around, calendar)
        lines.append(
            Line(
                listing=listing,
                quantity=quantity,
                units=tuple(unit_slots(units[listing.pk])),
                conditions=windows.conditions(listing, version),
                opened=tuple(opened),
            )
        )
    return Prepared(order=order, lines=tuple(lines), fee_lines=tuple(_price(order, terms)))


def _refuse_unbookable(listing: "Listing") -> None:
    if listing.booking in ("elsewhere", "ask"):
        raise refusals.elsewhere(listing.url)
    if listing.state != "published":
        raise refusals.not_bookable()


def _price(order: Order, terms: dict[int, Terms]) -> Iterable[FeeLine]:
    wish, use_date = order.wish, local_date(order.wish.starts_at)
    lines: list[FeeLine] = []
    for listing, quantity in order.listings:
        fee = fee_version(terms[listing.pk].fees_id, use_date)
        priced = fee_lines(fee, wish.starts_at, wish.ends_at, quantity)
        lines += priced if listing is order.main else [line for line in priced if line.code != "free"]
    if not order.reduction:
        return lines
    return with_reduction(lines, find_reduction(terms[order.main.pk].fees_id, order.reduction, use_date))


def find_reduction(schedule_id: int | None, code: str, use_date: date) -> FeeReduction:
    """The reduction `code` of the schedule that holds on the day of use.

    Raises: `booking.reduction_unknown`.
    """
    rows = FeeReduction.objects.filter(schedule_id=schedule_id, code=code, valid_from__lte=use_date)
    found = rows.exclude(valid_until__lte=use_date).order_by("-valid_from").first()
    if found is None:
        raise refusals.reduction_unknown()
    return found
