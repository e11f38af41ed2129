from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from sharingcity.partners.frame.problems import Severity, problem, warning
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.staging import stage
from sharingcity.partners.mapped import MappedListing


@dataclass(frozen=True)
class Letters:
    """Each byte is a row: `-` is rejected, `.` skipped, `?` unreadable, `+` part of another,
    any other a listing with that key.
    """

    name: str = "letters"
    title: str = "Letters"
    attribution: str = ""

    def read(self, source: Source) -> Sequence[RawRow]:
        return [_raw(number, letter) for number, letter in enumerate(source.data.decode(), start=1)]

    def map(self, raw: RawRow) -> Mapped[MappedListing] | Rejected | Skipped:
        letter = raw.values["letter"]
        if letter == "-":
            return Rejected((problem(Severity.REJECTED, "name_missing", raw.number),))
        if letter == ".":
            return Skipped((problem(Severity.SKIPPED, "other_provider", raw.number, city="Seoul"),))
        return Mapped(MappedListing(key=letter, row=raw.number, title=letter))


def _raw(number: int, letter: str) -> RawRow:
    unreadable = (problem(Severity.REJECTED, "field_count", number, found=1, expected=2),)
    broken = (warning("bytes_broken", number, "letter", letter),)
    part = (problem(Severity.SKIPPED, "part_of_row", number, first=1),)
    return RawRow(number, {"letter": letter}, {"?": unreadable, "!": broken, "+": part}.get(letter, ()))


@given(st.text("abc-.?!+", max_size=30))
def test_every_row_is_an_item_a_rejection_or_a_skip(letters: str) -> None:
    staged = stage(Letters(), Source("letters", letters.encode()))

    assert staged.rows == len(letters) == len(staged.items) + staged.rejected + staged.skipped
    assert len({item.key for item in staged.items}) == len(staged.items)
    assert staged.rejected == sum(found.severity is Severity.REJECTED for found in staged.problems)
    assert staged.skipped == sum(found.severity is Severity.SKIPPED for found in staged.problems)
    assert [found.row for found in staged.problems] == sorted(found.row for found in staged.problems)


def test_what_reading_brought_up_is_reported_whatever_becomes_of_the_row() -> None:
    staged = stage(Letters(), Source("letters", b"!?"))

    assert [(found.row, found.reason_code) for found in staged.problems] == [(1, "bytes_broken"), (2, "field_count")]
