"""The plain values that components draw. No models: presenters make these, templates take them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise

Tone = Literal["info", "ok", "warn", "stop", "now"]
MarkStatus = Literal["", "valid", "suspended", "ended"]
HourState = Literal["free", "chosen", "busy", "closed", "late", "gone"]


# ── the frame ──


def for_everybody(request: "HttpRequest") -> bool:  # noqa: ARG001 - the plainest of the audiences, which all get a request
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
