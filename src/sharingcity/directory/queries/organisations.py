"""Who shares, and who acts for them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.models import Membership, Organisation, Recognition
from sharingcity.kernel.errors import NotFound

if TYPE_CHECKING:
    from sharingcity.people.models import Person


def _holding(now: datetime) -> Q:
    return Q(valid_from__lte=now) & (Q(valid_until=None) | Q(valid_until__gt=now))


def get_organisation(slug_or_code: str) -> Organisation:
    """By slug, or by public id.

    Raises: NotFound `organisation.unknown`.
    """
    found = Organisation.objects.filter(Q(slug=slug_or_code) | Q(code=slug_or_code)).select_related("district").first()
    if found is None:
        raise NotFound("organisation.unknown", _("There is no such organisation."))
    return found


def organisations_of(person: "Person", now: datetime) -> "QuerySet[Organisation]":
    """The organisations the person is a member of at `now`."""
    open_ones = Membership.objects.filter(_holding(now), person=person)
    return Organisation.objects.filter(id__in=open_ones.values("organisation_id"))


def is_member(person: "Person", organisation_id: int, now: datetime) -> bool:
    return Membership.objects.filter(_holding(now), person=person, organisation_id=organisation_id).exists()


def is_designated(organisation_id: int, now: datetime) -> bool:
    """Whether a recognition of the organisation holds at `now`."""
    return Recognition.objects.filter(_holding(now), organisation_id=organisation_id, status="valid").exists()
