"""What looking after rooms keeps of a person: shifts, reports, checks."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sharingcity.kernel.states import SYSTEM
from sharingcity.people.slots import PERSONAL_DATA, PersonalData
from sharingcity.spaces.models import CheckAnswer, CheckRecord, Incident, IncidentPhoto, Shift
from sharingcity.spaces.states import SHIFT

if TYPE_CHECKING:
    from sharingcity.people.models import Person


def _export(person: "Person") -> Any:
    shifts = Shift.objects.filter(steward=person).order_by("opens_at")
    incidents = Incident.objects.filter(reported_by=person).order_by("reported_at")
    checks = CheckRecord.objects.filter(recorded_by=person).order_by("recorded_at")
    return {
        "shifts": list(shifts.values("code", "state", "opens_at", "closes_at")),
        "reports": list(incidents.values("code", "kind", "words", "reported_at")),
        "checks": list(checks.values("reservation__code", "moment", "recorded_at", "words")),
    }


def _erase(person: "Person", now: datetime) -> None:
    """Coming shifts are gaps again; past ones stay with the emptied account, reports without a name."""
    coming = Shift.objects.filter(steward=person, closes_at__gt=now, state__in=["planned", "confirmed"])
    for shift in coming.select_related("place"):
        SHIFT.transition(shift, "give_up", by=SYSTEM, now=now)
        shift.steward = None
        shift.save(update_fields=["steward"])
    Incident.objects.filter(reported_by=person).update(reported_by=None)
    _forget_what_was_said_about(person)


def _forget_what_was_said_about(person: "Person") -> None:
    """Reports and checks of the person's bookings keep when and what, not the words. An open report keeps them until it
    is settled (`spaces.operations.settle_incident`): somebody still has to mend what they describe.
    """
    settled = Incident.objects.filter(reservation__person=person, state="settled")
    IncidentPhoto.objects.filter(incident__in=settled).update(words="")
    settled.update(words="")
    CheckAnswer.objects.filter(record__reservation__person=person).update(words="")
    CheckRecord.objects.filter(reservation__person=person).update(words="")


def register() -> None:
    PERSONAL_DATA.register("spaces", PersonalData(export=_export, erase=_erase))
