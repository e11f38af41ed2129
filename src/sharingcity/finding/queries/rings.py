"""Candidates by distance: rings round a place grow until they hold enough, as wide as the city is dense there."""

import math

from sharingcity.finding.queries.along import count_facts
from sharingcity.finding.queries.candidate import COLUMNS, UNKNOWN, Batch, Candidate, Terms
from sharingcity.finding.rules.cursor import Key, foreign_cursor
from sharingcity.finding.rules.nearness import FARTHEST_M, around, in_cells, in_ring, radius_for
from sharingcity.kernel.db import Condition, among_numbers, every, read_rows, read_rows_planned_anew

ENOUGH = 250
"""Listings that the first ring should hold."""
GROWTH, WIDEST, FULLER = 1.6, 2.56, 4
"""A ring that held a quarter of what is wanted is followed by one two and a half times as large, and by one more; one
that held less, by both at once. Then the reader says how far it has looked."""
SPARSE = 3.0
"""Where next to nothing was found so far, the next look goes so many times as far."""
NARROWEST_M = 120.0
LOOKED_ROUND_M = 700.0
SMALL_CITY = 2_000
"""Not more listings than this are read and sorted at once."""
AT_LEAST_READ, AT_ONCE = 120, 2_500
"""Rows of a ring that are read, though fewer are wanted: distances are sure only up to nearly the last; and all."""
METRES_OF_A_DEGREE = 113_000.0
ROUNDING = 0.99
"""The engine sorts on a plane, we on a sphere: so much of a ring that was cut off is surely in order."""

_SIZES = """
    SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM finding_listingfacts LIMIT {most}) AS known),
        (SELECT COALESCE(SUM(places), 0) FROM finding_cellcount WHERE {round})
"""
_SQUARE = "(facts.lat - %s) * (facts.lat - %s) + (facts.lng - %s) * (facts.lng - %s) * %s"
_ROWS = "SELECT {columns}, 1 FROM finding_listingfacts AS facts WHERE {where} ORDER BY {square} LIMIT {most}"


class ByDistance:
    """The nearest first, within the radius if there is one; what lies nowhere comes last.

    Only what fits the fixed time is read: a ring is judged by its width, not by how many candidates it holds.
    """

    counts = False

    def __init__(self, terms: Terms, radius_m: float | None, matching: Condition) -> None:
        if terms.near is None:
            raise ValueError("a distance needs a place")
        self.terms, self.near, self.matching = terms, terms.near, matching
        self.radius_m = math.inf if radius_m is None else float(radius_m)
        self._first_m = 0.0

    def key(self, row: Candidate) -> Key:
        return (self.terms.part_of(row), UNKNOWN if row.metres is None else round(row.metres, 1), row.rank)

    def count(self, most: int) -> int:
        """Where the circle surely holds more than `most` it is not read to its edge."""
        if self.radius_m == math.inf:
            return count_facts(self.terms, [self.matching], most)
        sure = _plane(self.near, self.radius_m * ROUNDING)
        found = count_facts(self.terms, [self.matching, in_cells(self.near, self.radius_m), sure], most)
        return found if found >= most else len(self._all())

    def _all(self) -> list[Candidate]:
        rows: list[Candidate] = []
        batch = self.read(None, AT_ONCE)
        rows += batch.rows
        while not batch.is_end:
            batch = self.read(batch.upto, AT_ONCE)
            rows += batch.rows
        return rows

    def read(self, after: Key | None, most: int) -> Batch:
        """Rings until `most` are found or all was looked at, which is said."""
        if after and len(after) != 3:
            raise foreign_cursor()
        self._first_m = self._first_m or self._width()
        rows: list[Candidate] = []
        for part, within in self.terms.parts():
            if after and part < after[0]:
                continue
            behind = after if after and after[0] == part else None
            found, looked_m = self._part(within, behind, most - len(rows))
            rows += found
            if looked_m < self.radius_m:
                widths = (looked_m / self._first_m) ** 2
                return Batch(rows, is_end=False, upto=(part, looked_m, UNKNOWN), passed=int(ENOUGH * widths))
        return Batch(rows, is_end=True)

    def _part(self, within: Condition, after: Key | None, most: int) -> tuple[list[Candidate], float]:
        """Behind `after`, sorted, and how far was looked."""
        found: list[Candidate] = []
        looked_m = after[1] if after else 0.0
        is_sparse = after is not None and after[2] == UNKNOWN
        first_m = looked_m * SPARSE if is_sparse else max(self._first_m, looked_m * 1.2)
        reach_m, end_m = self._at_most(first_m, looked_m), self._at_most(first_m * WIDEST, looked_m)
        while True:
            rows, sure_m = self._ring(within, looked_m, reach_m, max(most, AT_LEAST_READ))
            found += [row for row in rows if after is None or self.key(row) > after]
            after, looked_m = (self.key(found[-1]) if found else after), sure_m
            if sure_m < reach_m or len(found) >= most or reach_m >= end_m:
                return found, looked_m
            reach_m = min(reach_m * GROWTH, end_m) if len(found) * FULLER > most else end_m

    def _at_most(self, reach_m: float, looked_m: float) -> float:
        """Not beyond the radius; and first as far as cells tell, then everything."""
        if reach_m >= self.radius_m or looked_m >= FARTHEST_M:
            return self.radius_m
        return min(reach_m, FARTHEST_M)

    def _width(self) -> float:
        """The first ring's, by what the kept counts say of the density here; a small city is read at once."""
        round_m = min(self.radius_m, LOOKED_ROUND_M)
        cells = among_numbers("cell", around(self.near, round_m))
        total, found = read_rows(_SIZES.format(round=cells.text, most=SMALL_CITY + 1), cells.parameters)[0]
        if total <= SMALL_CITY:
            return self.radius_m
        wide = radius_for(ENOUGH, int(found), round_m * 1.25)
        return min(max(wide, NARROWEST_M), self.radius_m, FARTHEST_M)

    def _ring(self, within: Condition, begun_m: float, reach_m: float, most: int) -> tuple[list[Candidate], float]:
        """What fits between `begun_m` and `reach_m`, sorted, at most `most`, and how far that is sure to be all."""
        where = every(
            [self.terms.fitting.anywhere, within, self.matching, self.terms.at, self._place(begun_m, reach_m)]
        )
        text = _ROWS.format(columns=COLUMNS, where=where.text, square=_SQUARE, most=most)
        lat, lng = self.near
        plane = (lat, lat, lng, lng, _narrowing(lat))
        make = self.terms.maker()
        # A wide ring pays for a plan of its own: with known values, lists of rules are looked up and not run through.
        read = read_rows_planned_anew if begun_m else read_rows
        rows = [make(row) for row in read(text, (*where.parameters, *plane))]
        sure_m = reach_m
        if len(rows) == most:
            sure_m = max((row.metres for row in rows if row.metres is not None), default=reach_m) * ROUNDING
        if sure_m < math.inf:
            rows = [row for row in rows if row.metres is not None and begun_m <= row.metres <= sure_m]
        rows.sort(key=self.key)
        return rows, sure_m

    def _place(self, begun_m: float, reach_m: float) -> Condition:
        if reach_m == math.inf:
            return Condition("TRUE")
        near = in_ring(self.near, begun_m, reach_m)
        side = begun_m / math.sqrt(2) / METRES_OF_A_DEGREE
        if side == 0:
            return near
        # A square inside what was looked at before: its listings are not asked for again.
        lat, lng = self.near
        wide = side / math.cos(math.radians(lat))
        seen = "facts.lat BETWEEN %s AND %s AND facts.lng BETWEEN %s AND %s"
        bounds = (lat - side, lat + side, lng - wide, lng + wide)
        return Condition(f"({near.text}) AND NOT ({seen})", (*near.parameters, *bounds))


def _plane(near: tuple[float, float], radius_m: float) -> Condition:
    """Within a circle, as the engine reckons on a plane."""
    lat, lng = near
    return Condition(f"{_SQUARE} <= %s", (lat, lat, lng, lng, _narrowing(lat), (radius_m / METRES_OF_A_DEGREE) ** 2))


def _narrowing(lat: float) -> float:
    """How much shorter a degree of longitude is than one of latitude, squared."""
    return math.cos(math.radians(lat)) ** 2
