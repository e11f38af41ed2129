"""Bookings to come keep an organisation in the directory until they are settled."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sharingcity.booking.models import Reservation
from sharingcity.booking.states import TAKING
from sharingcity.directory.slots import ORGANISATION_RETIRED, RetirePart
from sharingcity.kernel.db import lock
from sharingcity.listings.queries import units_of_organisation


def _count(organisation_id: int, now: datetime) -> int:
    """Reservations of what the organisation lists that hold time and have not ended; an expired hold is none."""
    rows = Reservation.objects.filter(host_id=organisation_id, state__in=TAKING, ends_at__gt=now)
    return rows.exclude(Q(state="held") & Q(hold_expires_at__lte=now)).count()


def _hold(organisation_id: int) -> None:
    """Whoever books one of them at this moment is waited for, and counted."""
    lock(f"unit:{unit_id}" for unit_id in units_of_organisation(organisation_id))


def register() -> None:
    part = RetirePart(title=_("Bookings to come"), count=_count, hold=_hold)
    ORGANISATION_RETIRED.register("booking", part)
