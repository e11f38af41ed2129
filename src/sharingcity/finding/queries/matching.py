"""Candidates whose words match, the best match first and among equal ones the best listing."""

from sharingcity.finding import listing_index
from sharingcity.finding.listing_index import Asked, Reading
from sharingcity.finding.queries.candidate import Batch, Candidate, Terms
from sharingcity.finding.queries.words import FEW, OTHER_KEYBOARD_TIER
from sharingcity.finding.rules.cursor import Key, foreign_cursor


class ByMatch:
    """Words as typed; where they find next to nothing, behind them what the other keyboard means."""

    counts = True

    def __init__(self, terms: Terms, asked: Asked, variants: list[Asked]) -> None:
        self.terms, self.asked, self.variants = terms, asked, variants

    def key(self, row: Candidate) -> Key:
        return (self.terms.part_of(row), row.tier, row.rank)

    def count(self, most: int) -> int:
        found = listing_index.count(self._reading(self.asked, None), most)
        if found >= FEW or not self.variants:
            return found
        return len(self.read(None, most).rows)

    def read(self, after: Key | None, most: int) -> Batch:
        if after and len(after) != 3:
            raise foreign_cursor()
        rows: list[Candidate] = []
        if after is None or after[1] < OTHER_KEYBOARD_TIER:
            rows = self._read(self.asked, after, most)
        is_end = len(rows) < most
        if self.variants and is_end and (after is None or after[1] >= OTHER_KEYBOARD_TIER) and len(rows) < FEW:
            rows += self._other_keyboard(rows, after, most - len(rows))
            is_end = len(rows) < most
        return Batch(rows, is_end)

    def _other_keyboard(self, found: list[Candidate], after: Key | None, most: int) -> list[Candidate]:
        known = {row.id for row in found}
        rows: list[Candidate] = []
        for asked in self.variants:
            for row in self._read(asked, None, most + len(known)):
                if row.id not in known:
                    known.add(row.id)
                    rows.append(row._replace(tier=row.tier + OTHER_KEYBOARD_TIER))
        rows.sort(key=self.key)
        return [row for row in rows if after is None or self.key(row) > after][:most]

    def _read(self, asked: Asked, after: Key | None, most: int) -> list[Candidate]:
        make = self.terms.maker()
        return [make(row[1:], row[0]) for row in listing_index.read(self._reading(asked, after), most)]

    def _reading(self, asked: Asked, after: Key | None) -> Reading:
        return Reading(
            asked=asked,
            select=self.terms.select,
            parameters=self.terms.parameters,
            where=self.terms.fitting.others,
            also=self.terms.fitting.named,
            parts=self.terms.parts(),
            after=(int(after[0]), int(after[1]), int(after[2])) if after else None,
        )
