"""What stands on every paper of booking: the city, when it was made, at its foot how to check it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, moment_words

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation

Facts = list[dict[str, str]]


def frame(now: datetime, foot: str) -> dict[str, str]:
    """City, date and foot of a paper."""
    city = _("Sharing City %(city)s") % {"city": localised(settings.CITY_NAMES)}
    return {"city": city, "made": _("Made on %(day)s") % {"day": day_words(now, with_year=True)}, "foot": foot}


def fact(term: str, value: str, note: str = "") -> dict[str, str]:
    return {"term": term, "value": value, "note": note}


def who_facts(reservation: "Reservation") -> Facts:
    """Who booked, and for which group."""
    found = [fact(_("Booked by"), reservation.contact_name or reservation.person.name)]
    if reservation.group:
        found.append(fact(_("For the group"), localised(reservation.group.names)))
    return found


def where(reservation: "Reservation") -> str:
    place = reservation.listing.place
    return ", ".join(part for part in (localised(place.names), reservation.listing.floor, place.address) if part)


def checked(now: datetime) -> str:
    return _("As of %(moment)s.") % {"moment": moment_words(now)}
