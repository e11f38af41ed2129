"""Keeping the words of organisations and services: written in the transaction that changes them."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import override

from sharingcity.directory.queries import published_organisations, published_services
from sharingcity.directory.vocabulary import FIELDS
from sharingcity.finding.models import EntryText
from sharingcity.finding.operations.tokens import tokens_of
from sharingcity.finding.rules.spelling import spelt
from sharingcity.kernel.db import write

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sharingcity.directory.models import Organisation, Service

AT_ONCE = 500
_CHANGEABLE = [
    field.name for field in EntryText._meta.concrete_fields if field.name not in ("id", "kind", "entry_id", "code")
]


def index_entries(kind: str, ids: Iterable[int]) -> None:
    """Writes the words of these entries anew and forgets those that nobody may find; few queries a batch.

    Services are found under the name of who runs them, so they change with it. Call it in the changing transaction.
    """
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), AT_ONCE):
        batch = wanted[start : start + AT_ONCE]
        if kind == EntryText.Kind.ORGANISATION:
            _organisations(batch)
            _keep(EntryText.objects.filter(kind="service", organisation_id__in=batch), _services(organisations=batch))
        else:
            _keep(EntryText.objects.filter(kind="service", entry_id__in=batch), _services(services=batch))


def reindex_entries() -> int:
    """Writes the words of every entry anew, a batch at a time; returns how many there are."""
    ids = list(published_organisations().values_list("pk", flat=True))
    EntryText.objects.exclude(organisation_id__in=published_organisations().values("pk")).delete()
    for start in range(0, len(ids), AT_ONCE):
        with write():
            index_entries("organisation", ids[start : start + AT_ONCE])
    return EntryText.objects.count()


def _organisations(ids: list[int]) -> None:
    rows = published_organisations().filter(pk__in=ids).select_related("district").defer("district__geometry")
    _keep(EntryText.objects.filter(kind="organisation", entry_id__in=ids), [_of_organisation(one) for one in rows])


def _services(organisations: Iterable[int] = (), services: Iterable[int] = ()) -> list[EntryText]:
    rows = published_services().select_related("organisation").prefetch_related("districts")
    found = rows.filter(organisation_id__in=organisations) if organisations else rows.filter(pk__in=services)
    return [_of_service(one) for one in found]


def _keep(before: "QuerySet[EntryText]", texts: list[EntryText]) -> None:
    before.exclude(entry_id__in=[one.entry_id for one in texts]).delete()
    EntryText.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["kind", "entry_id"], update_fields=_CHANGEABLE, batch_size=AT_ONCE
    )


def _of_organisation(one: "Organisation") -> EntryText:
    """An office that the organisation does not show is neither found nor measured from."""
    is_shown = "address" in one.shown_contacts
    return EntryText(
        kind="organisation",
        entry_id=one.pk,
        organisation_id=one.pk,
        code=one.code,
        title=tokens_of([one.names]),
        place=tokens_of([one.district.names] if one.district else [], one.address if is_shown else ""),
        body=tokens_of([one.descriptions], *_field_words(tuple(one.fields))),
        exact=_exact(one.names),
        quality=one.quality,
        districts=[one.district.slug] if one.district else [],
        lat=one.lat if is_shown else None,
        lng=one.lng if is_shown else None,
        changed_at=one.changed_at,
    )


def _of_service(one: "Service") -> EntryText:
    districts = [] if one.is_citywide else list(one.districts.all())
    return EntryText(
        kind="service",
        entry_id=one.pk,
        organisation_id=one.organisation_id,
        code=one.code,
        title=tokens_of([one.names]),
        place=tokens_of([one.organisation.names, *(district.names for district in districts)]),
        body=tokens_of([one.summaries, one.descriptions], *_field_words(tuple(one.kinds))),
        exact=_exact(one.names),
        quality=one.quality,
        districts=[district.slug for district in districts],
        changed_at=one.changed_at,
    )


def _exact(names: Mapping[str, str]) -> str:
    """Each between line breaks, so that a whole name is found and no part of one."""
    return "\n".join(["", *sorted({spelt(name) for name in names.values() if name}), ""])


@lru_cache(maxsize=256)
def _field_words(codes: tuple[str, ...]) -> tuple[str, ...]:
    """What is shared, in every language of the city."""
    found = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            found += [str(FIELDS[code]) for code in codes if code in FIELDS]
    return tuple(found)
