"""A sentence apart from what fills it: kept as both, worded in the language of whoever reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, override


@dataclass(frozen=True, slots=True)
class Told:
    """`facts` are numbers, texts, sentences of the same sort, and lists of those."""

    sentence: str | Promise
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        words = str(self.sentence)
        return words % {name: _worded(value) for name, value in self.facts.items()} if self.facts else words

    def as_json(self) -> dict[str, Any]:
        """The sentence as it stands in the program, and the facts."""
        with override(None):
            source = str(self.sentence)
        return {"sentence": source, "facts": {name: _plain(value) for name, value in self.facts.items()}}


def _worded(value: object) -> object:
    if isinstance(value, list | tuple):
        return "; ".join(str(_worded(part)) for part in value)
    return str(value) if isinstance(value, Told | Promise) else value


def _plain(value: object) -> Any:
    if isinstance(value, Told):
        return value.as_json()
    if isinstance(value, Promise):
        return Told(value).as_json()
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, int | float) else str(value)


def told_words(kept: Mapping[str, Any], otherwise: str = "") -> str:
    """What was kept, in the reader's language; `otherwise` where nothing was, or its sentence wants other facts now."""
    source = kept.get("sentence")
    if not isinstance(source, str) or not source:
        return otherwise
    facts = kept.get("facts") or {}
    words = gettext(source)
    try:
        return words % {name: _said(value) for name, value in facts.items()} if facts else words
    except (KeyError, TypeError, ValueError):
        return otherwise


def _said(value: Any) -> Any:
    if isinstance(value, Mapping):
        return told_words(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(str(_said(part)) for part in value)
    return value
