"""What the frame of every page draws: links, the city, the person."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise


def for_everybody(request: "HttpRequest") -> bool:
    """The audience of most links."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place to go."""

    title: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """A link that a room offers to the frame; `url_name` is reversed, `url` is taken as it is."""

    title: "Text"
    url_name: str = ""
    url: str = ""
    order: int = 100
    is_for: "Callable[[HttpRequest], bool]" = for_everybody


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """What the frame says of the city. `own_district` is the place of the reader's district in the line."""

    name: str
    is_demo: bool = False
    authority: str = ""
    phone: str = ""
    phone_note: str = ""
    district_count: int = 25
    own_district: int | None = None
    source_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMenu:
    """The signed-in person's menu."""

    name: str
    links: list[Link] = field(default_factory=list)
    sign_out_url: str = ""

    @property
    def initials(self) -> str:
        """Two letters at most; one for scripts that write a syllable in a sign."""
        words = self.name.split()
        letters = words[0][:1] + (words[-1][:1] if len(words) > 1 else "") if words else "?"
        return letters.upper() if letters.isascii() else letters[:1]


@dataclass(frozen=True, slots=True, kw_only=True)
class FooterColumn:
    """Links under one heading at the foot."""

    title: str
    links: list[Link]
