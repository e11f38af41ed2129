"""The whole page in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sharingcity.finding.queries import Count, Page, Question, search
from sharingcity.finding.queries.asked import Asked, read_asked
from sharingcity.finding.queries.favourites import kept_by
from sharingcity.finding.queries.strips import day_states
from sharingcity.finding.queries.ways_out import ways_out
from sharingcity.finding.rules.times import FIELDS, NEAR_M, WHEN_WORDS
from sharingcity.finding.web.addresses import Address
from sharingcity.finding.web.changes import shown_ways
from sharingcity.finding.web.filters import Filters, filters_of, place_words
from sharingcity.finding.web.found_entries import EntryGroup, entries_above, entries_page
from sharingcity.finding.web.maps import results_map
from sharingcity.finding.web.rows import result_rows
from sharingcity.finding.web.time_words import asked_time_words
from sharingcity.ui.components import CityMap, ResultRow, WayOut
from sharingcity.ui.kinds import ENTRIES, KINDS, kind_look

if TYPE_CHECKING:
    from sharingcity.people.models import Person

PLACES = ("space", "vehicle", "home")
"""What one counts as places: rooms, stations, houses. Tools, courses and all kinds together are results."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysOn:
    """Where the search is saved; the same round a point that the script adds; and where a place is typed instead."""

    save_url: str
    near_url: str
    near_page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindPage:
    """Everything the template shows. `title` and `note` say in two lines what was asked."""

    title: str
    note: str
    place: str
    filters: Filters
    heading: str = ""
    rows: Sequence[ResultRow] = ()
    map: CityMap | None = None
    next_url: str = ""
    shown: str = ""
    error: str = ""
    ways: Sequence[WayOut] = ()
    entries: EntryGroup | None = None
    is_of_entries: bool = False
    ways_on: WaysOn | None = None


def find_page(asked: Asked, now: datetime, viewer: "Person | None") -> FindPage:
    """Searches and puts the page together; a question that cannot be read comes back with what was typed."""
    address = Address(asked.values, asked.access)
    time_words = asked_time_words(asked)
    filters = filters_of(asked, address, "" if "when" in asked.values else time_words)
    place = place_words(asked)
    head = FindPage(title=_title(asked, place), note=_note(asked, time_words), place=place, filters=filters)
    head = replace(head, ways_on=_ways_on(asked, address))
    if asked.question is None:
        error = str(asked.refusal.sentence) if asked.refusal else ""
        return replace(head, heading=_("Please look at your search again"), error=error)
    kept = kept_by(viewer)
    if asked.question.kind in ENTRIES:
        entries = entries_page(asked.question, address, now, kept)
        return replace(head, heading=entries.heading, entries=entries, is_of_entries=True, next_url=entries.next_url)
    page = search(asked.question, now, viewer)
    first = page.seen + 1
    strips = day_states(page.results, now)
    return replace(
        head,
        heading=_heading(page.count, asked.question),
        rows=result_rows(page.results, first, strips, asked.question, now, kept=kept),
        map=results_map(page, asked.question, address, now, viewer),
        next_url=address.with_(cursor=page.next) if page.next else "",
        shown=_shown(page, first),
        ways=() if page.results else shown_ways(ways_out(asked.question, now, viewer), address),
        entries=entries_above(asked.question, address, now, kept),
    )


def _ways_on(asked: Asked, address: Address) -> WaysOn:
    elsewhere = dict.fromkeys(("where", "district", "near", "bbox", *FIELDS), "")
    carried = {name: text for name in ("q", "kind") if (text := asked.values.get(name))}
    return WaysOn(
        save_url=f"{reverse('searches-new')}?{address.with_().partition('?')[2]}",
        near_url=address.with_(**{**elsewhere, "when": "now", "radius_m": str(NEAR_M)}),
        near_page=reverse("finding-near") + (f"?{urlencode(carried)}" if carried else ""),
    )


def summary_words(address: QueryDict, now: datetime) -> str:
    """What an address asks, in one line: `Meeting room in Mapo-gu, This weekend`."""
    asked = read_asked(address, now, 1)
    title, note = _title(asked, place_words(asked)), _note(asked, asked_time_words(asked))
    return title if note == str(WHEN_WORDS["any"]) else f"{title}, {note}"


def _title(asked: Asked, place: str) -> str:
    kind = asked.values.get("kind", "")
    known = kind in KINDS or kind in ENTRIES
    what = asked.values.get("q") or (str(kind_look(kind).many) if known else _("Anything"))
    return _("%(what)s in %(place)s") % {"what": what, "place": place} if place else what


def _note(asked: Asked, time_words: str) -> str:
    named = asked.values.get("when", "")
    when = str(WHEN_WORDS[named]) if named in WHEN_WORDS else time_words or str(WHEN_WORDS["any"])
    people = asked.values.get("people", "")
    if not people.isdecimal():
        return when
    words = ngettext("%(count)s person", "%(count)s people", int(people)) % {"count": people}
    return _("%(when)s, %(people)s") % {"when": when, "people": words}


def _heading(count: Count, question: Question) -> str:
    """How many, and whether they are free then or simply there."""
    if not count.value:
        return _("Nothing fits all of this")
    number = {"count": f"{count.value:,}"}
    are_places = question.kind in PLACES
    if not count.is_exact:
        return (_("At least %(count)s places") if are_places else _("At least %(count)s results")) % number
    if question.when is not None:
        return ngettext("%(count)s place then", "%(count)s places then", count.value) % number
    if are_places:
        return ngettext("%(count)s place", "%(count)s places", count.value) % number
    return ngettext("%(count)s result", "%(count)s results", count.value) % number


def _shown(page: Page, first: int) -> str:
    if not page.results:
        return ""
    last = first + len(page.results) - 1
    return _("Shown: %(first)s to %(last)s") % {"first": first, "last": last}
