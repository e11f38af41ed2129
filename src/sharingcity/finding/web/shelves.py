"""Kept things in words: cards in the order they were kept, and the kinds among them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sharingcity.finding.queries.favourites import Shelf, favourites_of
from sharingcity.finding.rules.keeping import Kept
from sharingcity.finding.rules.question import Question
from sharingcity.finding.web.entry_cards import organisation_card, service_card
from sharingcity.finding.web.hearts import heart_of_kept
from sharingcity.finding.web.rows import card_of
from sharingcity.kernel import clock
from sharingcity.ui.components import Card, EntryCard, Link
from sharingcity.ui.kinds import KINDS

if TYPE_CHECKING:
    from sharingcity.people.models import Person

LAST_PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfCard:
    """One of the two cards, or neither: then the thing is no longer in the hub and can only be let go."""

    thing: Kept
    listing: Card | None = None
    entry: EntryCard | None = None

    @property
    def is_there(self) -> bool:
        return bool(self.listing or self.entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLink(Link):
    count: int = 0


def page_of_favourites(text: str) -> int:
    """Which page is meant; the first for what is no number."""
    return min(max(int(text[:6]), 1), LAST_PAGE) if text.isascii() and text[:6].isdecimal() else 1


def shelf_cards(things: Sequence[Kept], shelf: Shelf, kept: Collection[Kept]) -> list[ShelfCard]:
    """A card for each, in the same order."""
    now = clock.now()
    found = []
    for thing in things:
        listing, entry = None, None
        if thing.target == "listing" and thing.code in shelf.results:
            listing = card_of(shelf.results[thing.code], Question(), now, kept)
        elif thing.target == "service" and thing.code in shelf.services:
            entry = service_card(shelf.services[thing.code], kept)
        elif thing.target == "organisation" and thing.code in shelf.organisations:
            one = shelf.organisations[thing.code]
            entry = organisation_card(one, kept)
            if one.code != thing.code and thing in kept:
                entry = replace(entry, heart=heart_of_kept(thing, entry.title))
        found.append(ShelfCard(thing=thing, listing=listing, entry=entry))
    return found


def kind_links(person: "Person", chosen: str) -> list[KindLink]:
    """The kinds that the person keeps something of; one query."""
    counted = favourites_of(person).order_by().values_list("kind").annotate(number=Count("pk"))
    numbers = {str(kind): int(number) for kind, number in counted}
    words = {kind: str(look.many) for kind, look in KINDS.items()}
    words |= {"service": _("Services"), "organisation": _("Organisations")}
    url = reverse("favourites")
    every = KindLink(title=pgettext("kinds", "Everything"), url=url, is_current=not chosen, count=sum(numbers.values()))
    return [every] + [
        KindLink(title=words[kind], url=f"{url}?kind={kind}", is_current=kind == chosen, count=numbers[kind])
        for kind in words
        if kind in numbers
    ]
