"""A person's bookings as a calendar."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from sharingcity.booking.calendars.changes import Changed, changes_of
from sharingcity.booking.calendars.feed import MOST_ENTRIES, NEVER, Entry, Feed, Status, make_feed, uid, window_at
from sharingcity.booking.models import CalendarKey, Reservation
from sharingcity.booking.states import STATES
from sharingcity.booking.wording import people_words
from sharingcity.kernel.i18n import localised

if TYPE_CHECKING:
    from sharingcity.people.models import Person

STATUS: dict[str, Status] = {
    "held": "TENTATIVE",
    "requested": "TENTATIVE",
    "declined": "CANCELLED",
    "cancelled": "CANCELLED",
    "expired": "CANCELLED",
}


def person_of_secret(secret_hash: str) -> "Person | None":
    """Whose calendar this secret opens; nobody's once the account is closed."""
    key = CalendarKey.objects.select_related("person").filter(secret_hash=secret_hash, person__is_active=True).first()
    return key.person if key else None


def personal_feed(person: "Person", *, address: Callable[[str], str], now: datetime) -> Feed:
    """The person's bookings in their own language; cancelled ones stay, marked, so that every calendar drops them.

    `address` makes the full address of a reservation's page out of its code. Three queries.
    """
    window = window_at(now)
    rows = Reservation.objects.filter(Q(person=person), starts_at__lt=window.ends_at, ends_at__gt=window.starts_at)
    rows = rows.exclude(state="held", hold_expires_at__lte=now).select_related("listing__place", "group")
    found = list(rows.order_by("starts_at", "id")[:MOST_ENTRIES])
    changes = changes_of(Reservation._meta.label_lower, (row.pk for row in found))
    with translation.override(person.language):
        entries = [_entry(row, changes.get(row.pk), address(row.code)) for row in found]
        return make_feed(_("My bookings"), entries)


def _entry(r: Reservation, changed: Changed | None, url: str) -> Entry:
    place = r.listing.place
    lines = [
        _("Number: %(code)s") % {"code": r.code},
        _("State: %(state)s") % {"state": STATES[r.state]},
        people_words(r.party_size),
        localised(r.group.names) if r.group else "",
        r.purpose_words,
    ]
    return Entry(
        uid=uid("reservation", r.code),
        starts_at=r.starts_at,
        ends_at=r.ends_at,
        summary=localised(r.listing.titles),
        status=STATUS.get(r.state, "CONFIRMED"),
        sequence=changed.times - 1 if changed else 0,
        changed_at=changed.at if changed else NEVER,
        created_at=r.created_at,
        location=", ".join(part for part in (localised(place.names), r.listing.floor, place.address) if part),
        geo=(place.lat, place.lng) if place.lat is not None and place.lng is not None else None,
        description="\n".join(line for line in lines if line),
        url=url,
    )
