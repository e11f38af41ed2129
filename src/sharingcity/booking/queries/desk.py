"""What staff ask about bookings: queues, a building's day, search, the story of one reservation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F, Q, QuerySet

from sharingcity.booking.models import Attempt, Claim, Clash, Closure, FeeReduction, Payment, Reservation, Terms
from sharingcity.booking.states import TAKING
from sharingcity.kernel import journal
from sharingcity.kernel.city import local_date
from sharingcity.kernel.ids import read_id
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.models import JournalEntry
from sharingcity.listings.queries import listings_in
from sharingcity.people.permissions import Scope

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

WITH = ("listing__place", "policy_version", "person", "group")
# What ran out unpaid stays in sight this long, so that staff can call.
LAPSED_SHOWN = timedelta(days=7)
_PATHS = {"building": "listing__place_id", "organisation": "host_id", "district": "listing__place__district_id"}


def inside(scopes: Iterable[Scope], prefix: str = "") -> Q:
    """Reservations that lie in one of the scopes; the city holds all, no scope holds none."""
    found = Q(pk__in=[])
    for scope in scopes:
        if scope.kind == "city":
            return Q()
        found |= Q(**{prefix + _PATHS[scope.kind]: scope.id})
    return found


def _of(scopes: Iterable[Scope], place_id: int | None) -> "QuerySet[Reservation]":
    rows = Reservation.objects.filter(inside(scopes)).select_related(*WITH)
    return rows.filter(listing__place_id=place_id) if place_id else rows


def requests_waiting(scopes: Iterable[Scope], place_id: int | None = None) -> "QuerySet[Reservation]":
    """Requests without an answer, the one due first on top."""
    return _of(scopes, place_id).filter(state="requested").order_by("approval_due_at", "id")


def absence_appeals(scopes: Iterable[Scope], place_id: int | None = None) -> "QuerySet[Reservation]":
    """Absences that the booker says are wrong, the oldest appeal on top."""
    return _of(scopes, place_id).filter(state="no_show", appealed_at__isnull=False).order_by("appealed_at", "id")


def payments_open(scopes: Iterable[Scope], now: datetime, place_id: int | None = None) -> "QuerySet[Reservation]":
    """Fees that are due, and what ran out unpaid in the last days, the one due first on top."""
    standing = Q(state__in=("confirmed", "checked_in"))
    lapsed = Q(state="expired", payment_due_at__gt=now - LAPSED_SHOWN)
    rows = _of(scopes, place_id).filter(
        standing | lapsed, payment_due_at__isnull=False, paid_minor__lt=F("total_minor")
    )
    return rows.order_by("payment_due_at", "id")


def refunds_to_send(scopes: Iterable[Scope], place_id: int | None = None) -> "QuerySet[Payment]":
    """Money that is owed back and was not sent yet, the oldest on top."""
    rows = Payment.objects.filter(inside(scopes, "reservation__"), done_at=None)
    rows = rows.filter(kind__in=(Payment.Kind.REFUND, Payment.Kind.INTEREST))
    rows = rows.filter(reservation__listing__place_id=place_id) if place_id else rows
    return rows.select_related(*(f"reservation__{name}" for name in WITH)).order_by("recorded_at", "id")


def clashes_open(scopes: Iterable[Scope], place_id: int | None = None) -> "QuerySet[Clash]":
    """Bookings of ours in the way of what another calendar has taken; the one that comes first on top."""
    rows = Clash.objects.filter(inside(scopes, "reservation__"), state="open")
    rows = rows.filter(reservation__listing__place_id=place_id) if place_id else rows
    names = ("closure", *(f"reservation__{name}" for name in WITH))
    return rows.select_related(*names).order_by("reservation__starts_at", "id")


def clashes_of(reservation: Reservation) -> list[Clash]:
    """What somebody has still to decide about a reservation."""
    rows = Clash.objects.filter(reservation=reservation, state="open")
    return list(rows.select_related("closure").order_by("id"))


def clash_by_code(code: str) -> Clash | None:
    rows = Clash.objects.filter(code=read_id(code))
    return rows.select_related("closure", *(f"reservation__{name}" for name in WITH)).first()


def refund_by_id(payment_id: int) -> Payment | None:
    rows = Payment.objects.filter(pk=payment_id, kind__in=(Payment.Kind.REFUND, Payment.Kind.INTEREST))
    return rows.select_related(*(f"reservation__{name}" for name in WITH)).first()


DAY_STATES = ("requested", "confirmed", "checked_in", "done", "no_show")


def bookings_in(
    scopes: Iterable[Scope], window: Interval, place_id: int | None = None, states: Iterable[str] = DAY_STATES
) -> "QuerySet[Reservation]":
    """Bookings that touch `window`, by building, then hour."""
    rows = _of(scopes, place_id).filter(
        state__in=list(states), starts_at__lt=window.ends_at, ends_at__gt=window.starts_at
    )
    return rows.order_by("listing__place_id", "starts_at", "id")


def search_bookings(scopes: Iterable[Scope], words: str) -> "QuerySet[Reservation]":
    """By reservation number (as somebody read it out), name, telephone or address; newest start first."""
    words = words.strip()
    rows = _of(scopes, None).order_by("-starts_at", "-id")
    number = rows.filter(code=read_id(words))
    if not words or number.exists():
        return number
    named = Q(person__name__icontains=words) | Q(contact_name__icontains=words) | Q(person__email__iexact=words)
    digits = "".join(c for c in words if c.isdigit())
    if len(digits) >= 7:
        named |= Q(contact_phone__contains=words) | Q(person__phone__contains=words)
    return rows.filter(named)


@dataclass(frozen=True, slots=True)
class Story:
    """One line of a reservation's history with the words that were said, if they were not erased."""

    entry: JournalEntry
    words: str


def story_of(reservation: Reservation) -> list[Story]:
    """Everything that happened to a reservation, oldest first; two queries."""
    entries = list(journal.of_object(reservation))
    words = journal.words_of(entries)
    return [Story(entry, words.get(entry.words_hash, "")) for entry in entries]


def payments_of(reservation: Reservation) -> list[Payment]:
    return list(reservation.payments.order_by("recorded_at", "id"))


def attempts_of(reservation: Reservation, limit: int = 20) -> list[Attempt]:
    """The booking log of whoever booked: what was refused, newest first. Shown when somebody appeals."""
    rows = Attempt.objects.filter(subject=reservation.subject).select_related("listing")
    return list(rows.order_by("-at", "-id")[:limit])


def closures_ahead(unit_ids: Iterable[int], now: datetime) -> dict[int, list[Closure]]:
    """Closures that hold now or later, per unit, soonest first; one query."""
    rows = Claim.objects.filter(unit_id__in=list(unit_ids), layer=Claim.Layer.BLOCK, active=True, ends_at__gt=now)
    found: dict[int, list[Closure]] = {}
    for claim in rows.select_related("closure").order_by("starts_at", "id"):
        if claim.closure:
            found.setdefault(claim.unit_id, []).append(claim.closure)
    return found


def closure_by_code(code: str) -> Closure | None:
    return Closure.objects.filter(code=read_id(code)).first()


def listing_of_closure(closure: Closure) -> "Listing | None":
    """A listing that books one of the closed units: whose page the closure stands on."""
    claim = Claim.objects.filter(closure=closure).order_by("id").first()
    return claim.unit.listings.select_related("place").order_by("id").first() if claim else None


def coming_counts(listing_ids: Iterable[int], now: datetime) -> dict[int, int]:
    """How many bookings each listing still has before it; one query."""
    rows = Reservation.objects.filter(listing_id__in=list(listing_ids), state__in=TAKING, ends_at__gt=now)
    found: dict[int, int] = {}
    for listing_id in rows.values_list("listing_id", flat=True):
        found[listing_id] = found.get(listing_id, 0) + 1
    return found


def bookable_listings(scopes: Iterable[Scope], words: str = "") -> "QuerySet[Listing]":
    """What staff may book for somebody: published, booked here, in one of the scopes; by title, building or number."""
    rows = listings_in(scopes).filter(state="published", booking__in=("here", "request"), is_extra=False)
    rows = rows.filter(terms__isnull=False)
    for word in words.split():
        found = Q(code=read_id(word)) | Q(place__address__icontains=word)
        for language in dict(settings.LANGUAGES):
            found |= Q(**{f"titles__{language}__icontains": word}) | Q(**{f"place__names__{language}__icontains": word})
        rows = rows.filter(found)
    return rows


def reductions_of(listing: "Listing", now: datetime) -> list[FeeReduction]:
    """The grounds on which less is paid for this listing today."""
    today = local_date(now)
    schedules = Terms.objects.filter(listing=listing).values("fees_id")
    rows = FeeReduction.objects.filter(schedule_id__in=schedules, valid_from__lte=today).exclude(valid_until__lte=today)
    return list(rows.order_by("percent", "code"))
