"""A question of words, before an engine is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sharingcity.kernel.db import Condition

TIERS = (0, 1, 2, 3)
TRUE = Condition("TRUE")
TITLE, PLACE, BODY, FACET = "<", "-", "", "="
"""Marks of where a token stands, that no token has: these are letters and digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Tokens that a match holds, whole words that a better one has in its title, and what narrows beforehand.

    `facets` are tokens of `facet_tokens`: all must hold; of each inner group one.
    """

    tokens: tuple[str, ...]
    words: tuple[str, ...]
    facets: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is wanted of the matches: columns of `facts`, a condition on `facts`, and behind which place.

    `parts` cut the list: all of the first come before all of the second. `also` says once more in columns what the
    facets say, for engines that rather ask the columns. `after` is part, tier and rank.
    """

    asked: Asked
    select: str
    parameters: Sequence[object] = ()
    where: Condition = TRUE
    also: Condition = TRUE
    parts: Sequence[tuple[int, Condition]] = ((0, TRUE),)
    after: tuple[int, int, int] | None = None

    def runs(self) -> Iterator[tuple[int, int, int, Condition]]:
        """Part, tier, the rank behind which it goes on, and the part's condition: in the order of the results."""
        at_part, at_tier, at_rank = self.after or (0, TIERS[0], -1)
        for part, within in self.parts:
            for tier in TIERS:
                if (part, tier) >= (at_part, at_tier):
                    yield part, tier, at_rank if (part, tier) == (at_part, at_tier) else -1, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What of a listing's facts is in the word index too."""

    kind: str = ""
    district_id: int | None = None
    category_id: int | None = None
    booking: str = ""
    areas: tuple[int, ...] = field(default=())

    def tokens(self) -> tuple[str, ...]:
        """One token for each; letters and digits only."""
        named = (("k", self.kind), ("d", self.district_id), ("c", self.category_id), ("b", self.booking))
        found = [f"{mark}{value}" for mark, value in named if value not in ("", None)]
        return (*found, *(f"h{area:x}" for area in self.areas))
