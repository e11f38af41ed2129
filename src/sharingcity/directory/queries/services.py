"""What organisations run for sharing."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.models import District, EntryState, Service
from sharingcity.kernel.errors import NotFound


def published_services() -> "QuerySet[Service]":
    """What residents can find: published services of published organisations."""
    return Service.objects.filter(state=EntryState.PUBLISHED, organisation__state=EntryState.PUBLISHED)


def services_of(organisation_ids: Iterable[int]) -> dict[int, list[Service]]:
    """The published services of each organisation, by slug, with their districts; two queries."""
    found: dict[int, list[Service]] = {}
    rows = published_services().filter(organisation_id__in=list(organisation_ids))
    for service in shown_services(rows):
        found.setdefault(service.organisation_id, []).append(service)
    return found


def get_service(slug_or_code: str) -> Service:
    """By slug, or by public id; retired ones too (their page says so), drafts never.

    Raises: NotFound `service.unknown`.
    """
    rows = Service.objects.filter(Q(slug=slug_or_code) | Q(code=slug_or_code)).exclude(state=EntryState.DRAFT)
    if (found := shown_services(rows).first()) is None:
        raise NotFound("service.unknown", _("There is no such service."))
    return found


def services_by_id(ids: Iterable[int]) -> dict[int, Service]:
    """With the organisation and the districts they are shown with; two queries."""
    return {service.pk: service for service in shown_services(Service.objects.filter(id__in=list(ids)))}


def shown_services(rows: "QuerySet[Service]") -> "QuerySet[Service]":
    """A district's shape weighs more than all the rest together."""
    districts = Prefetch("districts", District.objects.defer("geometry"))
    return (
        rows.select_related("organisation__district")
        .defer("organisation__district__geometry")
        .prefetch_related(districts)
    )
