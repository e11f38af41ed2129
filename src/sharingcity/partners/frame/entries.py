"""Entries in JSON: a list of objects somewhere in an envelope, each as a row with its names in small letters."""

import json
from collections.abc import Callable, Iterable

from django.utils.functional import Promise

from sharingcity.partners.frame.decode import REPLACEMENT, decode
from sharingcity.partners.frame.problems import Severity, problem, warning
from sharingcity.partners.frame.rows import RawRow
from sharingcity.partners.frame.source import Source, SourceRefused, not_json


def read_entries(source: Source, fields: Iterable[str], missing: str | Promise) -> list[RawRow]:
    """Every entry of the list whose entries have `fields`; numbered from 1, since there is no header row.

    `missing` is what to say when there is no such list. Raises: `import.json_invalid`, `import.entries_missing`.
    """
    try:
        document = json.loads(decode(source.data).text)
    except (ValueError, RecursionError) as error:
        raise not_json(source.name, error) from error
    entries = _list_with(document, _has(frozenset(fields)))
    if entries is None:
        raise SourceRefused("entries_missing", missing, name=source.name)
    return [_raw(number, entry) for number, entry in enumerate(entries, start=1)]


def _has(fields: frozenset[str]) -> Callable[[object], bool]:
    return lambda entry: isinstance(entry, dict) and {str(name).lower() for name in entry} >= fields


def _list_with(document: object, is_entry: Callable[[object], bool]) -> list[object] | None:
    """The list, wherever the envelope keeps it (`DATA` in a file, `row` in an answer of an API)."""
    pending = [document]
    while pending:
        part = pending.pop(0)
        if isinstance(part, list) and any(is_entry(entry) for entry in part):
            return part
        if isinstance(part, dict):
            pending.extend(part.values())
    return None


def _raw(number: int, entry: object) -> RawRow:
    if not isinstance(entry, dict):
        refused = problem(Severity.REJECTED, "entry_not_object", number, "", str(entry)[:200])
        return RawRow(number, {}, (refused,))
    values = {str(name).lower(): value for name, value in entry.items()}
    broken = (
        warning("bytes_broken", number, name, value)
        for name, value in values.items()
        if isinstance(value, str) and REPLACEMENT in value
    )
    return RawRow(number, values, tuple(broken))
