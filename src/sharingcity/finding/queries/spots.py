"""Where a typed place lies, from our own data: districts, buildings by name or address, offices of organisations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sharingcity.directory.queries import districts, organisations_by_id
from sharingcity.finding.queries.answer import search
from sharingcity.finding.queries.asked import district_named
from sharingcity.finding.queries.entries import find_entries
from sharingcity.finding.rules.question import Question
from sharingcity.finding.rules.spelling import spelt
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.text import index_tokens, query_tokens

LOOKED_THROUGH = 100
MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A district, or a point with its name and address. `is_exact`: its whole name was typed."""

    name: str
    address: str = ""
    district: str = ""
    lat: float | None = None
    lng: float | None = None
    is_exact: bool = False


def spots(text: str, now: datetime) -> list[Spot]:
    """Up to eight places that hold every word of `text`, whole names first; nobody outside is asked."""
    wanted = set(query_tokens(text))
    if not wanted:
        return []
    district = district_named(text.strip(), districts())
    found = [Spot(name=localised(district.names), district=district.slug, is_exact=True)] if district else []
    found += dict.fromkeys([*_buildings(text, wanted, now), *_offices(text, wanted, now)])
    return sorted(found, key=lambda spot: not spot.is_exact)[:MOST]


def _buildings(text: str, wanted: set[str], now: datetime) -> Iterator[Spot]:
    for one in search(Question(q=text, limit=LOOKED_THROUGH), now).results:
        place = one.listing.place
        if place.lat is not None and _holds(wanted, *place.names.values(), place.address):
            yield Spot(
                name=localised(place.names),
                address=place.address,
                lat=place.lat,
                lng=place.lng,
                is_exact=spelt(text) in map(spelt, place.names.values()),
            )


def _offices(text: str, wanted: set[str], now: datetime) -> Iterator[Spot]:
    hits = find_entries(Question(q=text, kind="organisation"), now).hits[:LOOKED_THROUGH]
    for one in organisations_by_id(hit.entry_id for hit in hits).values():
        if one.lat is not None and "address" in one.shown_contacts and _holds(wanted, *one.names.values(), one.address):
            is_exact = spelt(text) in map(spelt, one.names.values())
            yield Spot(name=localised(one.names), address=one.address, lat=one.lat, lng=one.lng, is_exact=is_exact)


def _holds(wanted: set[str], *texts: str) -> bool:
    """Whether the place itself has the words, not only what is shared there."""
    return wanted <= {token for text in texts for token in index_tokens(text)}
