"""What booking draws: hours, sums, steps, other ways out."""

from dataclasses import dataclass, field
from typing import Literal

from sharingcity.ui.components.finding import HourState, Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCell:
    """One hour of a day strip: what it is (`label`), when it starts, where a click leads."""

    state: HourState
    starts: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDay:
    """The head of a column of the week."""

    name: str
    short: str
    number: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCell:
    """One hour of one day; a run of the same state joins, its first hour carries the span in words."""

    state: HourState
    label: str
    url: str = ""
    run: str = ""
    starts: bool = True
    ends: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """One hour across the week."""

    hour: str
    cells: list[WeekCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekGrid:
    """Seven days by the hour."""

    caption: str
    days: list[WeekDay]
    rows: list[WeekRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class SumLine:
    """One line of a sum."""

    label: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What a booking costs, ending in what each person pays. `each` is empty for one person or for nothing."""

    total: str
    lines: list[SumLine] = field(default_factory=list)
    people: str = ""
    each: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a form of several pages."""

    title: str
    state: Literal["done", "now", "next"] = "next"
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundStep:
    """What comes back when plans change by then."""

    when: str
    percent: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapChoice:
    """Another time or another place instead of the one that somebody else took."""

    value: str
    title: str
    note: str
    price: str = ""
    price_note: str = ""
    picture: Picture | None = None
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A term and what it is."""

    term: str
    value: str
    note: str = ""
