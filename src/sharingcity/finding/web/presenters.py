"""The whole page in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sharingcity.finding.queries import Count, Page, Question, search
from sharingcity.finding.queries.strips import day_states
from sharingcity.finding.queries.ways_out import ways_out
from sharingcity.finding.web.addresses import Address
from sharingcity.finding.web.asked import Asked
from sharingcity.finding.web.changes import shown_ways
from sharingcity.finding.web.filters import Filters, filters_of, place_words
from sharingcity.finding.web.maps import results_map
from sharingcity.finding.web.rows import result_rows
from sharingcity.finding.web.time_words import asked_time_words
from sharingcity.finding.web.times import WHEN_WORDS
from sharingcity.ui.components import CityMap, ResultRow, WayOut
from sharingcity.ui.kinds import KINDS

if TYPE_CHECKING:
    from sharingcity.people.models import Person


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


def find_page(asked: Asked, now: datetime, viewer: "Person | None") -> FindPage:
    """Searches and puts the page together; a question that cannot be read comes back with what was typed."""
    address = Address(asked.values, asked.access)
    time_words = asked_time_words(asked)
    filters = filters_of(asked, address, "" if "when" in asked.values else time_words)
    place = place_words(asked)
    head = FindPage(title=_title(asked, place), note=_note(asked, time_words), place=place, filters=filters)
    if asked.question is None:
        error = str(asked.refusal.sentence) if asked.refusal else ""
        return replace(head, heading=_("Please look at your search again"), error=error)
    page = search(asked.question, now, viewer)
    first = page.seen + 1
    strips = day_states(page.results, now)
    return replace(
        head,
        heading=_heading(page.count, asked.question),
        rows=result_rows(page.results, first, strips, asked.question, now),
        map=results_map(page.results, first, asked.question, address),
        next_url=address.with_(cursor=page.next) if page.next else "",
        shown=_shown(page, first),
        ways=() if page.results else shown_ways(ways_out(asked.question, now, viewer), address),
    )


def _title(asked: Asked, place: str) -> str:
    kind = asked.values.get("kind", "")
    what = asked.values.get("q") or (str(KINDS[kind].many) if kind in KINDS else _("Anything"))
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
    if not count.is_exact:
        return _("At least %(count)s places") % {"count": f"{count.value:,}"}
    number = {"count": f"{count.value:,}"}
    if question.when is not None:
        return ngettext("%(count)s place then", "%(count)s places then", count.value) % number
    return ngettext("%(count)s place", "%(count)s places", count.value) % number


def _shown(page: Page, first: int) -> str:
    if not page.results:
        return ""
    last = first + len(page.results) - 1
    return _("Shown: %(first)s to %(last)s") % {"first": first, "last": last}
