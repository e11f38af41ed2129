"""Saved searches: whose they are, and what is new in them."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Min, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sharingcity.finding.models import EntryText, SavedSearch
from sharingcity.finding.queries.answer import search
from sharingcity.finding.queries.asked import read_asked
from sharingcity.finding.queries.entries import ENTRY_KINDS, entries_shown, find_entries
from sharingcity.finding.rules.question import MOST_RESULTS, Flexible, Question
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.i18n import Words
from sharingcity.kernel.ids import read_id
from sharingcity.listings.naming import full_titles
from sharingcity.listings.queries import published_listings

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sharingcity.people.models import Person

MOST_LOOKED_THROUGH = 1000
OVERLAP = timedelta(minutes=10)
"""A change is stamped when it begins and seen when it ends: so far each look reaches back before the last one."""


MOST_AT_A_TIME = 100


class Turn(NamedTuple):
    """A person, and since when the one of their searches that waits longest was not looked at."""

    person_id: int
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """What fits a search, by target and code, each with its name. `is_whole`: there is nothing beyond it."""

    names: dict[str, Words] = field(default_factory=dict)
    is_whole: bool = True


def searches_of(person: "Person") -> "QuerySet[SavedSearch]":
    """Latest first."""
    return SavedSearch.objects.filter(person=person).order_by("-saved_at", "-id")


def search_of(person: "Person", code: str) -> SavedSearch:
    """Raises: NotFound `searches.unknown`, also for somebody else's."""
    found = SavedSearch.objects.filter(person=person, code=read_id(code)).first()
    if found is None:
        raise NotFound("searches.unknown", _("There is no such search."))
    return found


def question_of(address: str, now: datetime) -> Question | None:
    """The question that an address asks at `now`; None when it cannot be read any more (its district is gone)."""
    asked = read_asked(QueryDict(address), now, MOST_RESULTS)
    return replace(asked.question, cursor="") if asked.question else None


def is_over(address: str, now: datetime) -> bool:
    """Whether it asks for days that have passed: then nothing can be new any more."""
    question = question_of(address, now)
    when = question.when if question else None
    if when is None:
        return False
    return when.date_to < local_date(now) if isinstance(when, Flexible) else when.ends_at <= now


def everything_fitting(address: str, now: datetime, viewer: "Person | None") -> Fitting:
    """The first thousand listings and all entries that fit, each by `target.code`; five searches at most."""
    question = question_of(address, now)
    return _fitting(question, now, viewer, None) if question else Fitting()


def new_in(saved: SavedSearch, now: datetime) -> dict[str, Words]:
    """What fits now and did not at the last look because it was made or changed since; names by `target.code`.

    Cheap when nothing has changed: two queries. Of a search that finds more than a thousand only what was made since
    counts, because nobody knows what else fitted before.
    """
    since = saved.looked_at - OVERLAP
    stamp = "changed_at__gt" if saved.knows_all else "created_at__gt"
    listings = {
        f"listing.{code}" for code in published_listings().filter(**{stamp: since}).values_list("code", flat=True)
    }
    changed = EntryText.objects.filter(changed_at__gt=since).values_list("kind", "code")
    candidates = (listings | {f"{kind}.{code}" for kind, code in changed}) - set(saved.known)
    if not candidates or (question := question_of(saved.address, now)) is None:
        return {}
    return _fitting(question, now, saved.person, candidates).names


def people_to_tell(often: str, before: datetime, after: Turn | None = None, most: int = MOST_AT_A_TIME) -> list[Turn]:
    """Whose searches of this kind were last looked at before an instant, whoever has waited longest first; accounts
    that are in use only. `after`: those behind this turn.
    """
    rows = SavedSearch.objects.filter(often=often, looked_at__lt=before, person__is_active=True)
    turns = rows.values_list("person_id").annotate(since=Min("looked_at"))
    if after is not None:
        turns = turns.filter(Q(since__gt=after.since) | Q(since=after.since, person_id__gt=after.person_id))
    return [Turn(person_id, since) for person_id, since in turns.order_by("since", "person_id")[:most]]


def _fitting(question: Question, now: datetime, viewer: "Person | None", wanted: Collection[str] | None) -> Fitting:
    names: dict[str, Words] = {}
    entries = find_entries(question, now).hits if question.q.strip() or question.kind in ENTRY_KINDS else []
    hits = [hit for hit in entries if wanted is None or f"{hit.kind}.{hit.code}" in wanted]
    shown = entries_shown(hits, now)
    for hit in hits:
        entry = (shown.services if hit.kind == "service" else shown.organisations).get(hit.entry_id)
        if entry is not None:
            names[f"{hit.kind}.{hit.code}"] = dict(entry.names)
    if question.kind in ENTRY_KINDS or (wanted is not None and not any(one.startswith("listing.") for one in wanted)):
        return Fitting(names=names)
    looked, cursor = 0, ""
    while looked < MOST_LOOKED_THROUGH:
        page = search(replace(question, cursor=cursor), now, viewer)
        for one in page.results:
            name = f"listing.{one.listing.code}"
            if wanted is None or name in wanted:
                names[name] = full_titles(one.listing)
        looked, cursor = looked + len(page.results), page.next
        if not cursor:
            break
    return Fitting(names=names, is_whole=not cursor)
