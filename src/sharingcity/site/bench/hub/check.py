"""Is what was measured also true? Answers against brute force, drawn rows against the operations; a sample of each."""

import heapq
import random
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps

from sharingcity.booking.queries.alternatives import stock_of
from sharingcity.booking.queries.conditions import terms_of
from sharingcity.booking.queries.offers import permits
from sharingcity.booking.rules.free_times import place
from sharingcity.finding.listing_index import kept_words
from sharingcity.finding.listing_index.asked import BODY, FACET, PLACE, TITLE
from sharingcity.finding.operations.index import FACTS, all_facts, words_of
from sharingcity.finding.queries import Question, search
from sharingcity.finding.queries.availability import availability
from sharingcity.finding.queries.moment import Moment, read_moment
from sharingcity.finding.rules.rank import listing_at
from sharingcity.kernel.city import local_date
from sharingcity.kernel.geo import distance_m
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.text import query_tokens, query_words
from sharingcity.listings.queries import NamesAround, listings_to_find
from sharingcity.site.bench.hub.calls import HEIGHT, RADIUS_M, SOUTH, WEST, WIDTH, wish
from sharingcity.site.bench.hub.words import drawn_words

SAMPLE = 40
"""Answers of each kind; fewer where the whole city is small."""
COUNTED = 1000
PAGE = 20


def check_answers(now: datetime, listings: int, seed: int = 11) -> dict[str, Any]:
    """How many of each sample were judged. Raises: AssertionError with what differs."""
    draw, sample = random.Random(seed), min(SAMPLE, max(listings // 100, 8))
    wrong = [*_drawn_rows(draw, listings, sample), *_near_and_free(draw, now, sample), *_by_words(draw, now, sample)]
    if wrong:
        raise AssertionError(f"{len(wrong)} answers differ from brute force: {'; '.join(wrong[:5])}")
    return {"sample": sample, "differences": 0}


def _drawn_rows(draw: random.Random, listings: int, sample: int) -> list[str]:
    """What was loaded in bulk is what the operations would have written."""
    ids = draw.sample(range(1, listings + 1), sample)
    found = listings_to_find(ids)
    around = NamesAround(one.organisation_id for one in found)
    wrong: list[str] = []
    expected: dict[int, set[str]] = {}
    for one, facts in zip(found, all_facts(found), strict=True):
        wrong += _differing("finding.ListingFacts", FACTS, facts)
        rank, *texts = words_of(one, around.of(one))
        expected[rank] = _marked(*texts)
    kept = {rank: _best(marked) for rank, marked in kept_words() if rank in expected}
    return wrong + [f"words at {rank}" for rank, words in expected.items() if words != kept[rank]]


def _marked(title: str, place_words: str, body: str, facets: str) -> set[str]:
    texts = ((TITLE, title), (PLACE, place_words), (BODY, body), (FACET, facets))
    return _best(" ".join(mark + word for mark, text in texts for word in text.split()))


def _best(marked: str) -> set[str]:
    """Without words that stand in a better place as well: they may be kept twice, or not."""
    words = set(marked.split())
    in_title = {word.removeprefix(TITLE) for word in words if word.startswith(TITLE)}
    in_place = {word.removeprefix(PLACE) for word in words if word.startswith(PLACE)}
    return words - {PLACE + word for word in in_title} - in_title - in_place


def _differing(label: str, columns: tuple[str, ...], made: tuple[object, ...]) -> list[str]:
    stored = apps.get_model(label)._default_manager.values_list(*columns).get(pk=made[0])
    return [
        f"{name} of {label} at {made[0]}"
        for name, one, other in zip(columns, made, stored, strict=True)
        if _plain(one) != _plain(other)
    ]


def _plain(value: object) -> object:
    """Days as text; words in any order, because PostgreSQL orders the languages of a text by itself."""
    text = value.isoformat() if isinstance(value, date) else value
    return sorted(text.split()) if isinstance(text, str) else text


def _near_and_free(draw: random.Random, now: datetime, sample: int) -> list[str]:
    """Everything nearer than the last result that is free by its own calendar is a result, and nothing else is."""
    wrong, moment = [], read_moment(now, None)
    for _number in range(sample):
        near = (SOUTH + draw.random() * HEIGHT, WEST + draw.random() * WIDTH)
        span = wish(draw, local_date(now))
        page = search(Question(near=near, radius_m=RADIUS_M, when=span, booking="here"), now)
        shown = {one.listing.pk for one in page.results}
        edge_m = page.results[-1].distance_m or 0.0 if page.next and page.results else float(RADIUS_M)
        free = _free_within(near, edge_m, span, moment)
        if not {pk for pk, metres in free.items() if metres < edge_m - 0.2} <= shown <= set(free):
            wrong.append(f"near {near} at {span.starts_at}")
    return wrong


def _free_within(near: tuple[float, float], edge_m: float, span: Interval, moment: Moment) -> dict[int, float]:
    """Listings booked here that are free then: each judged alone, as booking would."""
    reach = edge_m / 110_000 + 0.001
    rows = apps.get_model("listings.Listing")._default_manager.filter(
        booking="here",
        place__lat__range=(near[0] - reach, near[0] + reach),
        place__lng__range=(near[1] - reach * 1.3, near[1] + reach * 1.3),
    )
    found = {}
    for listing in rows.select_related("place"):
        at: Any = listing.place  # has coordinates: it was found by them
        metres = distance_m(*near, at.lat, at.lng)
        if metres <= edge_m + 0.2 and _is_free(listing, span, moment):
            found[listing.pk] = metres
    return found


def _is_free(listing: Any, span: Interval, moment: Moment) -> bool:
    terms = terms_of([listing.pk]).get(listing.pk)
    if terms is None or not permits(moment.rules[terms.policy_id], span):
        return False
    if not any(opened.contains(span) for opened in availability(listing, span, moment.now).open):
        return False
    return place(stock_of(listing, span, moment.now), span.starts_at, span.ends_at) is not None


@dataclass(slots=True)
class _Scan:
    """One question of words, answered by looking at every listing."""

    text: str
    tokens: list[str]
    words: list[str]
    count: int = 0
    best: list[tuple[int, int]] = field(default_factory=list)

    def look(self, rank: int, marked: str) -> None:
        if not _holds(marked, self.tokens, (TITLE, PLACE, BODY)):
            return
        self.count += 1
        scopes = ((self.words, (TITLE,)), (self.tokens, (TITLE,)), (self.tokens, (TITLE, PLACE)))
        tier = next((tier for tier, (wanted, marks) in enumerate(scopes) if _holds(marked, wanted, marks)), len(scopes))
        heapq.heappush(self.best, (-tier, -rank))
        if len(self.best) > PAGE:
            heapq.heappop(self.best)

    def differs(self, now: datetime) -> bool:
        page = search(Question(q=self.text), now)
        expected = [listing_at(-rank) for _tier, rank in sorted(self.best, reverse=True)]
        is_counted = page.count.value == min(self.count, COUNTED) and page.count.is_exact == (self.count <= COUNTED)
        return not is_counted or [one.listing.pk for one in page.results] != expected


def _by_words(draw: random.Random, now: datetime, sample: int) -> list[str]:
    """The first page and the count are those of a scan."""
    texts = {" ".join(drawn_words(draw, draw.choice((1, 2)))) for _number in range(sample // 4)}
    scans = [_Scan(text, query_tokens(text), query_words(text)) for text in sorted(texts)]
    for rank, marked in kept_words():
        for scan in scans:
            scan.look(rank, f" {marked} ")
    return [f"words {scan.text}" for scan in scans if scan.differs(now)]


def _holds(marked: str, wanted: list[str], marks: tuple[str, ...]) -> bool:
    return all(any(f" {mark}{token} " in marked for mark in marks) for token in wanted)
