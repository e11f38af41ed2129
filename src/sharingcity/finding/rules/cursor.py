"""The opaque cursor: the place of the last result in the order, and which question it belongs to."""

import base64
import json
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TypeAlias

from django.utils.translation import gettext_lazy as _

from sharingcity.finding.rules.question import Question, invalid
from sharingcity.kernel.errors import Refusal

LARGEST = 2**53
"""Beyond it a number is none of ours; not-a-number is not below it either."""

Key: TypeAlias = tuple[float, ...]
"""Where a result stands in its order; the listing's row number comes last, so that no two are equal."""


def _mark(question: Question) -> str:
    """Tells questions apart; how many results are wanted and from where on does not matter."""
    asked = repr(replace(question, limit=1, cursor="", sort=question.order))
    return blake2b(asked.encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Place:
    """Behind which key a page begins, and how many results the pages before it showed."""

    key: Key
    seen: int


def write_cursor(question: Question, place: Place) -> str:
    packed = json.dumps([_mark(question), place.seen, *place.key], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def read_cursor(question: Question) -> Place | None:
    """The place after which the page begins; None for the first page.

    Raises: `request.invalid` when it is no cursor of this question.
    """
    if not question.cursor:
        return None
    try:
        padded = question.cursor + "=" * (-len(question.cursor) % 4)
        mark, seen, *key = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        place = Place(tuple(float(part) for part in key), max(0, int(seen)))
        if mark == _mark(question) and place.key and all(abs(part) <= LARGEST for part in place.key):
            return place
    except (ValueError, TypeError, OverflowError):
        pass
    raise foreign_cursor()


def foreign_cursor() -> Refusal:
    return invalid("cursor", _("This page belongs to another search. Start again from its first page."))
