"""Who shares, and who acts for them."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.membership import holding
from sharingcity.directory.models import EntryState, Membership, Organisation, Recognition
from sharingcity.kernel.errors import NotFound

if TYPE_CHECKING:
    from sharingcity.people.models import Person


def get_organisation(slug_or_code: str) -> Organisation:
    """By slug, or by public id.

    Raises: NotFound `organisation.unknown`.
    """
    found = Organisation.objects.filter(Q(slug=slug_or_code) | Q(code=slug_or_code)).select_related("district").first()
    if found is None:
        raise NotFound("organisation.unknown", _("There is no such organisation."))
    return found


def standing_organisation(slug_or_code: str) -> Organisation:
    """The same, and of an entry that was merged the one that stayed.

    Raises: NotFound `organisation.unknown`.
    """
    found = get_organisation(slug_or_code)
    return found.merged_into or found


def standing_by_code(codes: Iterable[str]) -> dict[str, Organisation]:
    """Published organisations by the public ids they are asked for with: of a merged one the entry that stayed."""
    rows = Organisation.objects.filter(code__in=list(codes)).select_related("merged_into")
    standing = {one.code: one.merged_into or one for one in rows}
    return {code: one for code, one in standing.items() if one.state == EntryState.PUBLISHED}


def published_organisations() -> "QuerySet[Organisation]":
    """What residents can find of who shares."""
    return Organisation.objects.filter(state=EntryState.PUBLISHED)


def organisations_of(person: "Person", now: datetime, roles: Iterable[str] = ()) -> "QuerySet[Organisation]":
    """The organisations the person is a member of at `now`, in one of the roles where some are named."""
    open_ones = Membership.objects.filter(holding(now), person=person)
    if wanted := list(roles):
        open_ones = open_ones.filter(role__in=wanted)
    return Organisation.objects.filter(id__in=open_ones.values("organisation_id"))


def is_member(person: "Person", organisation_id: int, now: datetime) -> bool:
    return Membership.objects.filter(holding(now), person=person, organisation_id=organisation_id).exists()


def is_designated(organisation_id: int, now: datetime) -> bool:
    """Whether a recognition of the organisation holds at `now`."""
    return Recognition.objects.filter(holding(now), organisation_id=organisation_id, status="valid").exists()


def members_of(organisation_id: int, now: datetime) -> list[Membership]:
    """The open memberships with their people, owners first."""
    order = list(Membership.Role.values)
    rows = Membership.objects.filter(holding(now), organisation_id=organisation_id).select_related("person")
    return sorted(rows, key=lambda row: (order.index(row.role), row.person.name))


def organisations_by_id(ids: Iterable[int]) -> dict[int, Organisation]:
    return Organisation.objects.filter(id__in=list(ids)).in_bulk()


def organisations_by_external_key(keys: Iterable[str]) -> dict[str, Organisation]:
    """Those that imports know by their provider's code, merged ones as what they went into; one query."""
    rows = Organisation.objects.filter(external_key__in=[key for key in keys if key]).select_related("merged_into")
    return {one.external_key: one.merged_into or one for one in rows}


def organisations() -> list[Organisation]:
    """All of them by slug, for short choices of staff."""
    return list(Organisation.objects.all())


def designated_organisations(now: datetime) -> "QuerySet[Organisation]":
    """Organisations of which a recognition holds at `now`; for lists, where `is_designated` is for one."""
    marks = Recognition.objects.filter(holding(now), status="valid")
    return Organisation.objects.filter(id__in=marks.values("organisation_id"))
