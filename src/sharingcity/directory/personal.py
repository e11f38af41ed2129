"""What the directory keeps of a person: memberships."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.models import Membership
from sharingcity.kernel.errors import Conflict
from sharingcity.people.slots import PERSONAL_DATA, PersonalData

if TYPE_CHECKING:
    from sharingcity.people.models import Person


def _export(person: "Person") -> Any:
    fields = ("organisation__slug", "role", "valid_from", "valid_until")
    return {"memberships": list(Membership.objects.filter(person=person).order_by("id").values(*fields))}


def _erase(person: "Person", now: datetime) -> None:
    Membership.objects.filter(person=person).delete()


def _guard(person: "Person", now: datetime) -> None:
    """An organisation is not left without anybody who can act for it."""
    own = Membership.objects.filter(person=person, role=Membership.Role.OWNER, valid_until=None)
    others = Membership.objects.filter(role=Membership.Role.OWNER, valid_until=None).exclude(person=person)
    if own.exclude(organisation_id__in=others.values("organisation_id")).exists():
        raise Conflict("people.last_owner", _("You are the only owner of an organisation: name another owner first."))


def register() -> None:
    PERSONAL_DATA.register("directory", PersonalData(export=_export, erase=_erase, guard=_guard))
