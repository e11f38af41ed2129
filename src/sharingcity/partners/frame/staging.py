"""Read and map everything before anything is written: a file is imported as a whole or not at all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final, Generic, TypeVar

from sharingcity.kernel.records import changed
from sharingcity.partners.frame.connector import Connector
from sharingcity.partners.frame.problems import RowProblem, Severity, warning
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.source import Source
from sharingcity.partners.mapped import MappedItem

T = TypeVar("T", bound=MappedItem)
VALUES_TOLD: Final = 3
LONGEST_VALUE: Final = 60


@dataclass(frozen=True)
class Staged(Generic[T]):
    """Everything a source holds, ready to be applied: `len(items) + rejected + skipped = rows`."""

    items: tuple[T, ...]
    problems: tuple[RowProblem, ...]
    rows: int
    rejected: int
    skipped: int
    rejected_keys: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Counts:
    rows: int = 0
    rejected: int = 0
    skipped: int = 0


def stage(connector: Connector[T], source: Source) -> Staged[T]:
    """Every row of `source` as an item, a rejection or a skip.

    Items whose key repeats get an ordinal in the order of the file; none is merged into another.

    Raises: whatever the connector raises when the source as a whole cannot be trusted.
    """
    items: list[T] = []
    problems: list[RowProblem] = []
    counts = _Counts()
    rejected_keys: set[str] = set()
    for raw in connector.read(source):
        counts.rows += 1
        outcome = _outcome(connector, raw)
        if isinstance(outcome, Rejected):
            counts.rejected += 1
            problems += _told_of_rejected(raw, outcome)
            rejected_keys.add(outcome.key)
            continue
        problems += raw.problems
        if isinstance(outcome, Skipped):
            counts.skipped += 1
            problems += outcome.problems
        else:
            items.append(outcome.item)
            problems += outcome.warnings
    numbered, repeats = _with_ordinals(items)
    problems += repeats
    problems.sort(key=lambda found: found.row)
    return Staged(
        tuple(numbered),
        tuple(problems),
        counts.rows,
        counts.rejected,
        counts.skipped,
        frozenset(filter(None, rejected_keys)),
    )


def _told_of_rejected(raw: RawRow, outcome: Rejected) -> Iterator[RowProblem]:
    """With how the row begins: its identifier and its name, in most sources."""
    values = sorted(_plain_values(raw.values), key=lambda value: isinstance(value, int))
    texts = (str(value).strip()[:LONGEST_VALUE] for value in values)
    begins = " · ".join(islice(filter(None, texts), VALUES_TOLD))
    for found in (*raw.problems, *outcome.problems):
        yield replace(found, entry=begins)


def _plain_values(values: Mapping[str, Any]) -> Iterator[str | int]:
    for value in values.values():
        if isinstance(value, dict):
            yield from _plain_values(value)
        elif isinstance(value, str | int) and not isinstance(value, bool):
            yield value


def _outcome(connector: Connector[T], raw: RawRow) -> Mapped[T] | Rejected | Skipped:
    severities = {found.severity for found in raw.problems}
    if Severity.REJECTED in severities:
        return Rejected()
    if Severity.SKIPPED in severities:
        return Skipped()
    return connector.map(raw)


def _with_ordinals(items: Iterable[T]) -> tuple[list[T], list[RowProblem]]:
    first_rows: dict[str, int] = {}
    seen: dict[str, int] = {}
    numbered: list[T] = []
    repeats: list[RowProblem] = []
    for item in items:
        ordinal = seen[item.key] = seen.get(item.key, 0) + 1
        first = first_rows.setdefault(item.key, item.row)
        if ordinal > 1:
            repeats.append(warning("key_repeated", item.row, "", item.label, first=first, ordinal=ordinal))
        numbered.append(item if ordinal == 1 else changed(item, key=f"{item.key}#{ordinal}"))
    return numbered, repeats
