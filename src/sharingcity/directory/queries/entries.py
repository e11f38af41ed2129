"""The list of organisations with its filters."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from sharingcity.directory.membership import has_owner, holding
from sharingcity.directory.models import EntryState, Organisation, Recognition, Service
from sharingcity.directory.queries.organisations import published_organisations
from sharingcity.directory.queries.services import published_services, shown_services
from sharingcity.directory.rules.likeness import name_key
from sharingcity.kernel.db.codes import holds

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryQuestion:
    """What of the directory is asked for; what is empty does not narrow."""

    text: str = ""
    field: str = ""
    district: str = ""
    legal_form: str = ""
    language: str = ""
    designated: bool = False


def organisations_asked(question: EntryQuestion, now: datetime) -> "QuerySet[Organisation]":
    """Published organisations that fit, confirmed ones before faded ones, then by name of address.

    Each has `is_marked`: whether it is designated at `now`.
    """
    marks = Recognition.objects.filter(holding(now), organisation=OuterRef("pk"), status="valid")
    rows = published_organisations().annotate(is_marked=Exists(marks))
    if question.text:
        rows = rows.filter(name_keys__contains=name_key(question.text) or "\n\n")
    if question.field:
        shared = Service.objects.filter(holds("kinds", question.field), organisation=OuterRef("pk"))
        rows = rows.filter(holds("fields", question.field) | Q(Exists(shared.filter(state=EntryState.PUBLISHED))))
    if question.district:
        rows = rows.filter(district__slug=question.district)
    if question.legal_form:
        rows = rows.filter(legal_form=question.legal_form)
    if question.language:
        rows = rows.filter(holds("languages", question.language))
    if question.designated:
        rows = rows.filter(is_marked=True)
    rows = rows.select_related("district").defer("district__geometry")
    return rows.order_by(F("faded_at").asc(nulls_first=True), "slug")


def services_asked(*, kind: str = "", district: str = "", organisation_id: int | None = None) -> "QuerySet[Service]":
    """Published services that share this kind, are offered in the district, are run by one; with what a list shows."""
    rows = published_services()
    if kind:
        rows = rows.filter(holds("kinds", kind))
    if district:
        rows = rows.filter(Q(is_citywide=True) | Q(districts__slug=district)).distinct()
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    return shown_services(rows)


def is_claimable(organisation: Organisation, now: datetime) -> bool:
    """Whether nobody keeps the entry yet."""
    return organisation.state == EntryState.PUBLISHED and not has_owner(organisation.pk, now)
