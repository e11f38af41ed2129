"""Organisations and services among the results: a few above the listings, or all of one kind on pages of their own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sharingcity.finding.queries.entries import ENTRY_KINDS, Entries, EntryHit, entries_shown, find_entries
from sharingcity.finding.rules.keeping import Kept
from sharingcity.finding.rules.question import Question
from sharingcity.finding.web.addresses import Address
from sharingcity.finding.web.entry_cards import organisation_card, service_card
from sharingcity.ui.components import EntryCard

if TYPE_CHECKING:
    from sharingcity.finding.queries.answer import Count

ABOVE = 4
A_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryGroup:
    """Cards with a heading, and where the others are. `links` lead to all of a kind."""

    heading: str
    cards: Sequence[EntryCard] = ()
    links: Sequence[tuple[str, str]] = ()
    next_url: str = ""


def entries_above(question: Question, address: Address, now: datetime, kept: Collection[Kept]) -> EntryGroup | None:
    """The best few that match the words, on the first page of a search over everything; None when nothing does."""
    if question.kind or question.cursor or not question.q.strip():
        return None
    found = find_entries(question, now)
    if not found.hits:
        return None
    links = [
        (all_words(kind, found.count(kind)), address.with_(kind=kind, category=""))
        for kind in ENTRY_KINDS
        if found.count(kind).value and len(found.hits) > ABOVE
    ]
    return EntryGroup(heading=_both_words(found), cards=_cards(found.hits[:ABOVE], now, kept), links=links)


def entries_page(question: Question, address: Address, now: datetime, kept: Collection[Kept]) -> EntryGroup:
    """All of one kind, a page at a time; the cursor is how many came before."""
    found = find_entries(question, now)
    text = question.cursor[:6]
    start = int(text) if text.isascii() and text.isdecimal() else 0
    end = start + A_PAGE
    return EntryGroup(
        heading=count_words(question.kind, found.count(question.kind)),
        cards=_cards(found.hits[start:end], now, kept),
        next_url=address.with_(cursor=str(end)) if len(found.hits) > end else "",
    )


def count_words(kind: str, count: "Count") -> str:
    """`3 services`."""
    number = {"count": f"{count.value:,}"}
    if not count.value:
        return _("Nothing fits all of this")
    if kind == "service":
        return ngettext("%(count)s service", "%(count)s services", count.value) % number
    return ngettext("%(count)s organisation", "%(count)s organisations", count.value) % number


def all_words(kind: str, count: "Count") -> str:
    number = {"count": f"{count.value:,}"}
    if kind == "service":
        return ngettext("Show %(count)s service", "Show all %(count)s services", count.value) % number
    return ngettext("Show %(count)s organisation", "Show all %(count)s organisations", count.value) % number


def _both_words(found: Entries) -> str:
    kinds = [kind for kind in ENTRY_KINDS if found.count(kind).value]
    return count_words(kinds[0], found.count(kinds[0])) if len(kinds) == 1 else _("Organisations and services")


def _cards(hits: Sequence[EntryHit], now: datetime, kept: Collection[Kept]) -> list[EntryCard]:
    shown = entries_shown(hits, now)
    found = []
    for hit in hits:
        if hit.kind == "service" and hit.entry_id in shown.services:
            found.append(service_card(shown.services[hit.entry_id], kept, shown.designated))
        elif hit.kind == "organisation" and hit.entry_id in shown.organisations:
            found.append(organisation_card(shown.organisations[hit.entry_id], kept, shown.designated))
    return found
