"""What waits for somebody: claims, changes, reports, entries that nobody confirms, pairs that may be one."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.models import (
    Confirmation,
    EntryClaim,
    EntryState,
    EntryVersion,
    ErrorReport,
    Invitation,
    Likeness,
    Service,
    Suggestion,
)
from sharingcity.kernel.errors import NotFound
from sharingcity.people.permissions import CITY, Scope

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _within(reach: Collection[Scope], path: str = "organisation") -> Q:
    """Rows whose organisation lies in one of the scopes."""
    if CITY in reach:
        return Q()
    organisations = [scope.id for scope in reach if scope.kind == "organisation"]
    districts = [scope.id for scope in reach if scope.kind == "district"]
    return Q(**{f"{path}_id__in": organisations}) | Q(**{f"{path}__district_id__in": districts})


def claims_waiting(reach: Collection[Scope]) -> "QuerySet[EntryClaim]":
    rows = EntryClaim.objects.filter(_within(reach), state="waiting")
    return rows.select_related("organisation", "person").order_by("created_at", "id")


def versions_waiting(reach: Collection[Scope]) -> "QuerySet[EntryVersion]":
    rows = EntryVersion.objects.filter(_within(reach), state="proposed")
    return rows.select_related("organisation", "service", "proposed_by").order_by("proposed_at", "id")


def reports_waiting(reach: Collection[Scope]) -> "QuerySet[ErrorReport]":
    rows = ErrorReport.objects.filter(_within(reach), state="open")
    return rows.select_related("organisation", "person").order_by("created_at", "id")


def stale_waiting(reach: Collection[Scope]) -> "QuerySet[Confirmation]":
    """Entries of which somebody says that something is wrong, then those that faded or that nobody else can confirm."""
    at_desk = Q(state="asked", asks=Confirmation.Asks.DESK)
    rows = Confirmation.objects.filter(_within(reach), Q(state__in=["faded", "doubted"]) | at_desk)
    doubted_first = Case(When(state="doubted", then=0), default=1)
    return rows.select_related("organisation").order_by(doubted_first, "fades_at", "id")


def likenesses_waiting(reach: Collection[Scope]) -> "QuerySet[Likeness]":
    """Pairs of which both entries lie within reach and are shown or drafted."""
    rows = Likeness.objects.filter(_within(reach, "first"), _within(reach, "second"), state="open")
    rows = rows.exclude(Q(first__state=EntryState.RETIRED) | Q(second__state=EntryState.RETIRED))
    return rows.select_related("first", "second").order_by("found_at", "id")


def suggestions_waiting(reach: Collection[Scope]) -> "QuerySet[Suggestion]":
    """The oldest first; those without a district for who keeps the whole city."""
    rows = Suggestion.objects.filter(state="open")
    if CITY not in reach:
        rows = rows.filter(district_id__in=[scope.id for scope in reach if scope.kind == "district"])
    return rows.select_related("district").order_by("created_at", "id")


def get_suggestion(code: str) -> Suggestion:
    """Raises: NotFound `suggestion.unknown`."""
    rows = Suggestion.objects.select_related("district", "organisation", "decided_by")
    if (found := rows.filter(code=code).first()) is None:
        raise NotFound("suggestion.unknown", _("There is no such suggestion."))
    return found


def open_claim_of(person_id: int, organisation_id: int) -> EntryClaim | None:
    """What the person's own claim of this entry came to, while it is open."""
    rows = EntryClaim.objects.filter(person_id=person_id, organisation_id=organisation_id)
    return rows.filter(state__in=["sent", "waiting"]).first()


def get_claim(claim_id: int) -> EntryClaim:
    """Raises: NotFound `claim.unknown`."""
    found = EntryClaim.objects.filter(pk=claim_id).select_related("organisation", "person", "decided_by").first()
    if found is None:
        raise NotFound("claim.unknown", _("There is no such claim."))
    return found


def get_version(version_id: int) -> EntryVersion:
    """Raises: NotFound `version.unknown`."""
    rows = EntryVersion.objects.filter(pk=version_id)
    found = rows.select_related("organisation", "service__organisation", "proposed_by", "decided_by").first()
    if found is None:
        raise NotFound("version.unknown", _("There is no such change."))
    return found


def get_report(code: str) -> ErrorReport:
    """Raises: NotFound `report.unknown`."""
    found = ErrorReport.objects.filter(code=code).select_related("organisation", "person", "decided_by").first()
    if found is None:
        raise NotFound("report.unknown", _("There is no such report."))
    return found


def get_likeness(likeness_id: int) -> Likeness:
    """Raises: NotFound `likeness.unknown`."""
    found = Likeness.objects.filter(pk=likeness_id).select_related("first__district", "second__district").first()
    if found is None:
        raise NotFound("likeness.unknown", _("There is no such pair."))
    return found


def open_question_of(organisation_id: int) -> Confirmation | None:
    rows = Confirmation.objects.filter(organisation_id=organisation_id)
    return rows.filter(state__in=["asked", "faded", "doubted"]).first()


def invitations_open(organisation_id: int) -> list[Invitation]:
    rows = Invitation.objects.filter(organisation_id=organisation_id, state="invited")
    return list(rows.order_by("created_at", "id"))


def services_kept(organisation_id: int) -> list[Service]:
    """Every service of the organisation, drafted and retired ones, too, as its own people see them."""
    return list(Service.objects.filter(organisation_id=organisation_id).order_by("state", "slug"))


def service_of(organisation_id: int, code: str) -> Service:
    """One of the organisation's services, whatever its state. Raises: NotFound `service.unknown`."""
    rows = Service.objects.filter(organisation_id=organisation_id, code=code)
    if (found := rows.select_related("organisation").first()) is None:
        raise NotFound("service.unknown", _("There is no such service."))
    return found


def waiting_numbers(organisation_id: int) -> Sequence[int | None]:
    """The services of the organisation of which a change waits (None: of the organisation itself)."""
    rows = EntryVersion.objects.filter(organisation_id=organisation_id, state="proposed")
    return list(rows.values_list("service_id", flat=True))
