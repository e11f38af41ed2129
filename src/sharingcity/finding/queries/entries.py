"""Organisations and services that answer a question: words, district, nearness, the mark."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sharingcity.directory.queries import designated_organisations, organisations_by_id, services_by_id
from sharingcity.finding import text_index
from sharingcity.finding.models import EntryText
from sharingcity.finding.queries.answer import COUNTED, Count
from sharingcity.finding.queries.words import FEW, OTHER_KEYBOARD_TIER
from sharingcity.finding.rules.question import Question
from sharingcity.finding.rules.spelling import spelt
from sharingcity.kernel.geo import distance_m
from sharingcity.kernel.text import layout_variants, query_tokens, query_words

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation, Service

ENTRY_KINDS = ("service", "organisation")
EXACT_ORGANISATION, EXACT_SERVICE, OF_EXACT, OTHERS = 0, 1, 2, 4
"""Bands: a whole name comes first, then what that organisation runs, then (3) what it shares, then everything else."""
LISTINGS_OF_EXACT = 3

_FIELDS = ("id", "kind", "entry_id", "organisation_id", "code", "exact", "quality", "districts", "lat", "lng")
MOST_RANKED = 20_000
"""Districts and the mark are looked at after the words: a cut before would lose what fits both. Entries are few."""

Key = tuple[float, ...]
Match = tuple[int, float]
"""Tier and score; smaller is better in both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryHit:
    """One entry. `band` and `tier` tell how well the words match; smaller is better."""

    kind: str
    entry_id: int
    organisation_id: int
    code: str
    band: int
    tier: int
    quality: int
    score: float
    changed_at: datetime
    distance_m: float | None = None

    @property
    def key(self) -> Key:
        """Band, then tier, then quality in steps of ten as listings have it, then the words themselves."""
        return (self.band, self.tier, -(self.quality // 10), self.score, self.entry_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Hits in order. `exact_organisations`: those whose whole name was asked for."""

    hits: list[EntryHit] = field(default_factory=list)
    exact_organisations: frozenset[int] = frozenset()

    def count(self, kind: str) -> Count:
        """Exact up to 1,000, as everywhere."""
        value = sum(hit.kind == kind for hit in self.hits)
        return Count(min(value, COUNTED), value <= COUNTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The rows behind some hits, and which organisations bear the mark."""

    services: "dict[int, Service]"
    organisations: "dict[int, Organisation]"
    designated: frozenset[int]


def find_entries(question: Question, now: datetime) -> Entries:
    """Entries that hold every word of the question and lie where it asks; without words all of its kind, or of both.

    Needs, prices and times are a listing's; an entry does not answer them and is not hidden by them. Two queries, up to
    two more when the words as typed find little, one for the mark.
    """
    if question.organisation:
        return Entries()
    found = _matches(question.q)
    if question.q.strip() and not found:
        return Entries()
    if question.kind and question.kind not in ENTRY_KINDS:
        return Entries()
    rows = EntryText.objects.all() if found is None else EntryText.objects.filter(pk__in=found)
    if question.kind:
        rows = rows.filter(kind=question.kind)
    if question.designated:
        rows = rows.filter(organisation_id__in=list(designated_organisations(now).values_list("pk", flat=True)))
    return _ranked(question, list(rows.values(*_FIELDS, "changed_at")), found or {})


def entries_shown(hits: Sequence[EntryHit], now: datetime) -> Shown:
    """What cards say of these hits; a fixed number of queries."""
    services = services_by_id(hit.entry_id for hit in hits if hit.kind == "service")
    organisations = organisations_by_id(hit.entry_id for hit in hits if hit.kind == "organisation")
    owners = {*organisations, *(one.organisation_id for one in services.values())}
    bearers = designated_organisations(now).filter(pk__in=owners).values_list("pk", flat=True) if owners else ()
    return Shown(services=services, organisations=organisations, designated=frozenset(bearers))


def _matches(text: str) -> dict[int, Match] | None:
    """Rows by how well they match; None when no words were asked for."""
    tokens = query_tokens(text)
    if not tokens:
        return None
    found = {hit.row_id: (hit.tier, hit.score) for hit in _find(tokens, text)}
    if len(found) < FEW:
        for variant in layout_variants(text):
            for hit in _find(query_tokens(variant), variant):
                found.setdefault(hit.row_id, (hit.tier + OTHER_KEYBOARD_TIER, hit.score))
    return found


def _find(tokens: list[str], text: str) -> list[text_index.Hit]:
    return text_index.find(tokens, query_words(text), MOST_RANKED, table=text_index.ENTRIES)


def _ranked(question: Question, rows: list[dict[str, Any]], found: dict[int, Match]) -> Entries:
    asked = f"\n{spelt(question.q)}\n"
    exact = frozenset(
        int(row["entry_id"])
        for row in rows
        if row["kind"] == "organisation" and len(asked) > 2 and asked in row["exact"]
    )
    hits = [hit for row in rows if (hit := _hit(question, row, found, exact, asked)) is not None]
    return Entries(hits=sorted(hits, key=lambda hit: _order(question, hit)), exact_organisations=exact)


def _order(question: Question, hit: EntryHit) -> Key:
    if question.near and not question.q.strip():
        return (float("inf") if hit.distance_m is None else hit.distance_m, *hit.key)
    return hit.key


def _hit(
    question: Question, row: dict[str, Any], found: dict[int, Match], exact: frozenset[int], asked: str
) -> EntryHit | None:
    if question.district and row["districts"] and question.district not in row["districts"]:
        return None
    metres = None
    if question.near and row["lat"] is not None:
        metres = distance_m(*question.near, row["lat"], row["lng"])
    if question.radius_m is not None and metres is not None and metres > question.radius_m:
        return None
    tier, score = found.get(row["id"], (0, 0.0))
    return EntryHit(
        kind=row["kind"],
        entry_id=row["entry_id"],
        organisation_id=row["organisation_id"],
        code=row["code"],
        band=_band(row, exact, asked),
        tier=tier,
        quality=row["quality"],
        score=score,
        changed_at=row["changed_at"],
        distance_m=metres,
    )


def _band(row: dict[str, Any], exact: frozenset[int], asked: str) -> int:
    is_exact = len(asked) > 2 and asked in row["exact"]
    if row["kind"] == "organisation":
        return EXACT_ORGANISATION if is_exact else OTHERS
    if is_exact:
        return EXACT_SERVICE
    return OF_EXACT if row["organisation_id"] in exact else OTHERS
