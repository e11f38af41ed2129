"""What the desk draws: tabs, tables, queues, the rail."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A part of a page, with how much is in it."""

    title: str
    url: str
    count: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table; numbers stand at the end of their column."""

    words: str
    url: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """What waits: for whom and since, until when, and the next step as a verb.

    `percent_gone` is the share of the time that has passed; `due_state` says in which words and colour it is shown.
    """

    title: str
    url: str
    note: str = ""
    icon: str = "inbox"
    kind: str = ""
    who: str = ""
    who_short: str = ""
    is_mine: bool = False
    since: str = ""
    due: str = ""
    due_state: Literal["", "soon", "today", "late"] = ""
    percent_gone: int = 0
    action: str = ""
    action_url: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RailGroup:
    """Links of the desk under one heading; each has an icon and a count."""

    title: str
    links: list["RailLink"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RailLink:
    """A link at the side of the desk."""

    title: str
    url: str
    icon: str
    count: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key and what it does."""

    keys: list[str]
    does: str
