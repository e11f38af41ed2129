"""What can be kept, and how a page or a device names it: `listing.8FZK2M9QWT`."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from sharingcity.kernel.ids import ALPHABET, LENGTH

TARGETS = ("listing", "service", "organisation")
MOST_KEPT = 1000
MOST_SEARCHES = 50

_NAMED = re.compile(rf"({'|'.join(TARGETS)})\.([{ALPHABET}]{{{LENGTH}}})")


class Kept(NamedTuple):
    """One thing by what it is and its public id."""

    target: str
    code: str

    def __str__(self) -> str:
        return f"{self.target}.{self.code}"


def read_kept(texts: Iterable[object], most: int = MOST_KEPT) -> list[Kept]:
    """The things named, each once, in their order; what names nothing is left out."""
    matches = (_NAMED.fullmatch(text) for text in texts if isinstance(text, str))
    found = dict.fromkeys(Kept(match[1], match[2]) for match in matches if match)
    return list(found)[:most]
