"""Organisations and services as open data gives them away, piece by piece in the order of a key."""

from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Prefetch, Q, QuerySet

from sharingcity.directory.models import District, EntryState, Organisation, Service

Entry = TypeVar("Entry", bound=Model)
Place = tuple[datetime, int]


class GivenAway(Generic[Entry]):
    """One kind of entry: `published` is what everybody finds, `known` that and what was retired."""

    def __init__(self, published: "QuerySet[Entry]", known: "QuerySet[Entry]") -> None:
        self._published = published
        self._known = known

    def after(self, row: int, limit: int) -> list[Entry]:
        """Published entries whose row is above `row`, in the order they came."""
        return list(self._published.all().filter(pk__gt=row).order_by("pk")[:limit])

    def changed_since(self, after: Place, limit: int) -> list[Entry]:
        """Published and retired entries that changed after that place in the order of changes, oldest first."""
        at, row = after
        rows = self._known.filter(changed_at__gte=at).filter(Q(changed_at__gt=at) | Q(pk__gt=row))
        return list(rows.order_by("changed_at", "pk")[:limit])

    def newest(self, before: Place | None, limit: int) -> list[Entry]:
        """The same, newest first, up to `before`."""
        rows = self._known.all()
        if before:
            at, row = before
            rows = rows.filter(changed_at__lte=at).filter(Q(changed_at__lt=at) | Q(pk__lt=row))
        return list(rows.order_by("-changed_at", "-pk")[:limit])

    def from_offset(self, offset: int, limit: int, **only: Any) -> list[Entry]:
        """Published entries in the order they came, without the first `offset`."""
        return list(self._published.filter(**only).order_by("pk")[offset : offset + limit])

    def count(self, **only: Any) -> int:
        return self._published.filter(**only).count()

    def get(self, code: str) -> Entry | None:
        """A published entry by its public id."""
        return self._published.filter(code=code).first()

    def newest_change(self) -> datetime | None:
        """When an entry last changed; one look at the end of an index."""
        found: datetime | None = self._known.order_by("-changed_at", "-pk").values_list("changed_at", flat=True).first()
        return found


def given_organisations() -> GivenAway[Organisation]:
    """Who shares; one query an answer."""
    shown = Organisation.objects.select_related("district").defer("district__geometry")
    return GivenAway(shown.filter(state=EntryState.PUBLISHED), shown.exclude(state=EntryState.DRAFT))


def given_services() -> GivenAway[Service]:
    """What organisations run; two queries an answer."""
    shown = (
        Service.objects.select_related("organisation__district")
        .defer("organisation__district__geometry")
        .prefetch_related(Prefetch("districts", District.objects.defer("geometry")))
    )
    drafts = Q(state=EntryState.DRAFT) | Q(organisation__state=EntryState.DRAFT)
    published = Q(state=EntryState.PUBLISHED, organisation__state=EntryState.PUBLISHED)
    return GivenAway(shown.filter(published), shown.exclude(drafts))
