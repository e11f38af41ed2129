"""Kinds of notice as code: what is said, with named places for what differs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from sharingcity.kernel.registry import Slot

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise

SHORT_LENGTH = 90
SHORTEST_VALUE = 6


def as_they_are(context: Mapping[str, Any]) -> Mapping[str, Any]:
    """The context itself fills the places."""
    return context


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKind:
    """One kind. `subject`, `body`, `short` and `link` hold places such as `{listing}`.

    `present` turns the stored context (plain JSON) into the values of the places, in the active language: dates and
    money are written there. `link` is a path of ours; `stop` an address that ends such letters by one POST, without a
    sign-in. `sample`: a context with long values, for tests and the gallery.
    """

    code: str
    subject: "Text"
    body: "Text"
    short: "Text"
    link: str = ""
    stop: str = ""
    present: Callable[[Mapping[str, Any]], Mapping[str, Any]] = as_they_are
    sample: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """A notice in one language."""

    subject: str
    body: str
    short: str
    link: str
    stop: str = ""


NOTICES: Slot[NoticeKind] = Slot("notices")
"""By code, such as `booking.confirmed`."""


def register_notices(*kinds: NoticeKind) -> None:
    """For `AppConfig.ready` of the room that sends them."""
    for kind in kinds:
        NOTICES.register(kind.code, kind)


def fit(pattern: str, values: Mapping[str, Any], length: int = SHORT_LENGTH) -> str:
    """The filled pattern in at most `length` characters: the longest value gives way first, then the end."""
    texts = {name: str(value) for name, value in values.items() if "{" + name + "}" in pattern}
    while len(filled := pattern.format_map(texts)) > length:
        longest = max(texts, key=lambda name: len(texts[name]), default="")
        if not longest or len(texts[longest]) <= SHORTEST_VALUE:
            return filled[: length - 1] + "…"
        keep = max(SHORTEST_VALUE - 1, len(texts[longest]) - (len(filled) - length) - 1)
        texts[longest] = texts[longest][:keep].rstrip() + "…"
    return filled


def words_for(kind: NoticeKind, context: Mapping[str, Any], language: str) -> NoticeWords:
    """The notice in `language`. Raises KeyError when the context lacks a value that the words ask for."""
    with override(language):
        values = kind.present(context)
        return NoticeWords(
            subject=" ".join(str(kind.subject).format_map(values).split()),
            body=str(kind.body).format_map(values).strip(),
            short=fit(str(kind.short), values),
            link=kind.link.format_map(values),
            stop=kind.stop.format_map(values),
        )
