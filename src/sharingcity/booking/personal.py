"""A person's bookings, handed over or forgotten."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sharingcity.booking.models import CalendarKey, Reservation, WaitingEntry
from sharingcity.booking.states import TAKING
from sharingcity.kernel.errors import Conflict
from sharingcity.people.slots import PERSONAL_DATA, PersonalData

if TYPE_CHECKING:
    from sharingcity.people.models import Person


def _export(person: "Person") -> Any:
    fields = ("code", "state", "starts_at", "ends_at", "party_size", "purpose", "purpose_words", "total_minor")
    rows = Reservation.objects.filter(person=person).order_by("id").values(*fields, "listing__code")
    waiting = WaitingEntry.objects.filter(person=person).values("code", "starts_at", "ends_at", "listing__code")
    return {"reservations": list(rows), "waiting": list(waiting)}


def _erase(person: "Person", now: datetime) -> None:
    """What was said and for whom is forgotten; that a room was used stays, without anybody's words."""
    Reservation.objects.filter(person=person).update(purpose_words="", contact_name="", contact_phone="")
    WaitingEntry.objects.filter(person=person).delete()
    CalendarKey.objects.filter(person=person).delete()


def _guard(person: "Person", now: datetime) -> None:
    if Reservation.objects.filter(person=person, state__in=TAKING, ends_at__gt=now).exists():
        raise Conflict(
            "people.bookings_open", _("Cancel your coming bookings first, so that others can have the time.")
        )


def register() -> None:
    PERSONAL_DATA.register("booking", PersonalData(export=_export, erase=_erase, guard=_guard))
