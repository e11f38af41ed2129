"""What lies in a section of the map, gathered by cells: any zoom costs the same, however many listings there are.

The counts are kept by cell and kind. What else a question asks (words, a time, needs) is applied while at most 20,000
listings lie in the section; in a wider one the clusters say what is there, whether it fits or not, and that they do so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sharingcity.finding import listing_index
from sharingcity.finding.queries.candidates import fitting
from sharingcity.finding.queries.free_then import free_then
from sharingcity.finding.queries.moment import Moment, read_moment
from sharingcity.finding.queries.words import asked_words
from sharingcity.finding.rules.nearness import FARTHEST_M, STORED, in_cells
from sharingcity.finding.rules.question import Question, invalid
from sharingcity.kernel.db import Condition, every, read_rows
from sharingcity.kernel.geo import BoundingBox, distance_m
from sharingcity.kernel.intervals import Interval

if TYPE_CHECKING:
    from sharingcity.people.models import Person

MOST_FILTERED = 20_000
MOST_CLUSTERS = 90
"""More marks than this say less."""
MICRO = 1_000_000
_COARSEST = 3
_BITS_PER_DIGIT = 3
_FINEST = 15
# Square kilometres of a cell, by resolution (h3geo.org/docs/core-library/restable).
_AREA_KM2 = (4_357_449, 609_788, 86_802, 12_393, 1_770, 252.9, 36.13, 5.161, 0.7373, 0.1053)


@dataclass(slots=True)
class Cluster:
    """Listings of one cell, at their middle; `kinds` is how many of each kind."""

    lat: float
    lng: float
    count: int
    kinds: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MapSection:
    """`is_filtered`: the clusters count what answers the question; else what is there of its kind."""

    clusters: list[Cluster]
    count: int
    is_filtered: bool


def map_section(question: Question, now: datetime, viewer: "Person | None" = None) -> MapSection:
    """The clusters in the question's `bbox`; two queries, and four more where the question asks more than a kind.

    Raises: `request.invalid` without a section, or for an unknown district; `organisation.unknown`.
    """
    if question.bbox is None:
        raise invalid("bbox", "west,south,east,north")
    resolution = resolution_for(question.bbox)
    kept = _gathered(_kept(question, resolution), question.bbox)
    count = sum(one.count for one in kept)
    if not _asks_more(question):
        return MapSection(kept, count, is_filtered=True)
    if count > MOST_FILTERED:
        return MapSection(kept, count, is_filtered=False)
    found = _gathered(_filtered(question, resolution, read_moment(now, viewer)), question.bbox)
    return MapSection(found, sum(one.count for one in found), is_filtered=True)


def count_by_kind() -> dict[str, int]:
    """How many listings of each kind can be found; kinds without any are left out. One query over the kept counts."""
    rows = read_rows("SELECT kind, SUM(places) FROM finding_cellcount GROUP BY kind ORDER BY kind")
    return {str(kind): int(places) for kind, places in rows if places > 0}


def resolution_for(box: BoundingBox) -> int:
    """The finest cells of which a section holds no more than can be told apart."""
    middle = (box.south + box.north) / 2
    width = distance_m(middle, box.west, middle, box.east) / 1000
    height = distance_m(box.south, box.west, box.north, box.west) / 1000
    area = max(width * height, 1e-6)
    fitting_ones = (r for r in range(STORED, _COARSEST, -1) if area / _AREA_KM2[r] <= MOST_CLUSTERS)
    return next(fitting_ones, _COARSEST)


def _asks_more(question: Question) -> bool:
    """Whether anything but the kind and the section narrows."""
    return replace(question, kind="", bbox=None, sort=None, limit=20, cursor="") != Question()


def _shift(resolution: int) -> int:
    return (_FINEST - resolution) * _BITS_PER_DIGIT


Row = tuple[int, str, int, float, float]
"""Cell, kind, how many, and the sums of their latitudes and longitudes."""


def _kept(question: Question, resolution: int) -> list[Row]:
    conditions = [_cells_of(question.bbox)] if question.bbox else []
    if question.kind:
        conditions.append(Condition("facts.kind = %s", (question.kind,)))
    where = every(conditions)
    shift = _shift(resolution)
    text = (
        f"SELECT facts.cell >> {shift}, facts.kind, SUM(facts.places), SUM(facts.lat_micro), SUM(facts.lng_micro)"  # noqa: S608 - a number of ours
        f" FROM finding_cellcount AS facts WHERE {where.text} GROUP BY facts.cell >> {shift}, facts.kind"
    )
    return [_summed(row, MICRO) for row in read_rows(text, where.parameters)]


def _filtered(question: Question, resolution: int, moment: Moment) -> list[Row]:
    fits = fitting(question, moment)
    conditions = [fits.all]
    if (asked := asked_words(question.q, fits.facets)) is not None:
        conditions.append(listing_index.holds(asked))
    if isinstance(question.when, Interval):
        conditions.append(free_then(question.when, moment))
    where = every(conditions)
    shift = _shift(resolution)
    text = (
        f"SELECT facts.cell >> {shift}, facts.kind, COUNT(*), SUM(facts.lat), SUM(facts.lng)"  # noqa: S608 - as above
        f" FROM finding_listingfacts AS facts WHERE {where.text} GROUP BY facts.cell >> {shift}, facts.kind"
    )
    return [_summed(row, 1) for row in read_rows(text, where.parameters)]


def _summed(row: tuple[Any, ...], unit: int) -> Row:
    cell, kind, places, lat, lng = row
    return int(cell), str(kind), int(places), float(lat) / unit, float(lng) / unit


def _gathered(rows: Iterable[Row], box: BoundingBox) -> list[Cluster]:
    """One cluster a cell, those whose middle lies in the section, the fullest first."""
    cells: dict[int, list[Row]] = {}
    for row in rows:
        cells.setdefault(row[0], []).append(row)
    found = [cluster for part in cells.values() for cluster in _cluster(part) if box.contains(cluster.lat, cluster.lng)]
    return sorted(found, key=lambda one: (-one.count, one.lat, one.lng))


def _cluster(rows: list[Row]) -> Iterator[Cluster]:
    count = sum(row[2] for row in rows)
    if count > 0:
        lat, lng = sum(row[3] for row in rows) / count, sum(row[4] for row in rows) / count
        yield Cluster(lat, lng, count, {row[1]: row[2] for row in rows if row[2]})


def _cells_of(box: BoundingBox) -> Condition:
    """Cells that may lie in the section; all of them for a wide one."""
    if box.west > box.east:
        return Condition("facts.cell > 0")
    middle = ((box.south + box.north) / 2, (box.west + box.east) / 2)
    reach_m = max(distance_m(*middle, lat, lng) for lat in (box.south, box.north) for lng in (box.west, box.east))
    return in_cells(middle, reach_m) if reach_m <= FARTHEST_M else Condition("facts.cell > 0")
