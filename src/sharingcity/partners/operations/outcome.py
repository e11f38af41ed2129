"""What applying a source came to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Applied:
    """Items by what became of them; `retired` are listings that the source lacks."""

    created: int
    updated: int
    unchanged: int
    retired: int = 0
