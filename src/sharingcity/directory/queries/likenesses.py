"""Entries that may be the same as one that is being made, or that is there already."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from sharingcity.directory.models import EntryState, Likeness, Organisation, Service
from sharingcity.directory.rules.likeness import NEAR_NAMES, KnownEntry, are_near_names, likeness, name_keys
from sharingcity.directory.vocabulary import LIKENESSES

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Suspect:
    """An entry that may be the same, and why: codes of `vocabulary.LIKENESSES`."""

    organisation: Organisation
    reasons: tuple[str, ...]


def known_entries(*, besides: Iterable[int] = ()) -> list[KnownEntry]:
    """Every entry that is shown or drafted, as duplicates are compared; one query."""
    columns = ("id", "name_keys", "registration_number", "host", "lat", "lng")
    rows = Organisation.objects.filter(~Q(state=EntryState.RETIRED)).exclude(id__in=list(besides))
    return [KnownEntry(*row) for row in rows.values_list(*columns)]


def suspects(entry: KnownEntry) -> list[Suspect]:
    """The likeliest first, at most five; two queries."""
    found = {other.id: reasons for other in known_entries(besides=[entry.id]) if (reasons := likeness(entry, other))}
    ranked = sorted(found, key=lambda pk: (strength(found[pk]), pk))[:SHOWN]
    rows = Organisation.objects.select_related("district").defer("district__geometry").in_bulk(ranked)
    return [Suspect(rows[pk], found[pk]) for pk in ranked]


def strength(reasons: tuple[str, ...]) -> tuple[int, int]:
    """For sorting: more reasons first, then the better one."""
    return -len(reasons), list(LIKENESSES).index(reasons[0])


def parted_pairs() -> set[tuple[int, int]]:
    """Pairs that were looked at or are waiting already."""
    return set(Likeness.objects.values_list("first_id", "second_id"))


def like_named_services(names: str) -> list[Service]:
    """Published services that are called nearly the same (`names`: keys, one a line); at most five, two queries."""
    keys = names.split("\n")
    rows = Service.objects.filter(state=EntryState.PUBLISHED, organisation__state=EntryState.PUBLISHED)
    known = rows.values_list("pk", "names")
    found = [pk for pk, theirs in known if are_near_names(keys, name_keys(theirs).split("\n"), NEAR_NAMES)]
    return list(rows.select_related("organisation").filter(pk__in=found[:SHOWN]).order_by("slug"))
