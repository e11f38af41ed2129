"""The sheet on which a listing's picture is drawn, and the chance that is always the same for one listing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

T = TypeVar("T")

Box = tuple[float, float, float, float]
"""x, y, width, height."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Size of the picture, how many units there are and how many are free, and the listing's own chance."""

    width: float
    height: float
    total: int
    free: int
    chance: Random
    form: str = ""

    def pick(self, forms: Mapping[str, T], usual: Sequence[str]) -> T:
        """The form that is asked for, else one of the usual ones by chance."""
        return forms.get(self.form) or forms[self.chance.choice(usual)]

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the sheet."""
        return self.width / 2, self.height / 2

    def share_of(self, places: int) -> int:
        """How many of the drawn places are lit: the free share, at least one while anything is free."""
        if self.free <= 0:
            return 0
        return max(1, round(places * self.free / max(1, self.total)))


def chance_of(kind: str, number: str) -> Random:
    """The chance of one listing: the same each time, on every machine."""
    return Random(f"{kind}-{number}")


def centre(box: Box) -> tuple[float, float]:
    """The middle of a box."""
    x, y, width, height = box
    return x + width / 2, y + height / 2


def split(box: Box, parts: int, chance: Random, *, across: bool = True) -> list[Box]:
    """A box cut into parts of uneven size, beside each other or one below the other."""
    x, y, width, height = box
    weights = [chance.uniform(0.75, 1.3) for _ in range(parts)]
    boxes, start = [], 0.0
    for weight in weights:
        step = (width if across else height) * weight / sum(weights)
        boxes.append((x + start, y, step, height) if across else (x, y + start, width, step))
        start += step
    return boxes
