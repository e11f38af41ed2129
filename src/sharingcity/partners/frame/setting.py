"""How a connector is to read one certain source, as far as somebody has said so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.web import Answer, Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """`language`: which of the source's languages is meant where it has several. `is_anywhere`: places far from the
    city are meant as they are. `now`: the instant from which a calendar is read.
    """

    language: str = ""
    is_anywhere: bool = False
    now: datetime | None = None


PLAIN: Final = Setting()

Ask = Callable[[str, Validators], Answer | None]
"""Asks an address; None where nothing has changed since the validators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A source with what its addresses said about their versions."""

    source: Source
    validators: dict[str, Validators]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which one of a connector's sources it is, whom to name beside what comes from it, and under which licence."""

    scope: str
    attribution: str
    licence: str
