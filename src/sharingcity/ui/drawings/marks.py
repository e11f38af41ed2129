"""Drawings of the identity: sign, line, ring and the small disc. Each returns one SVG element as text."""

import math
from functools import lru_cache
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString

from sharingcity.ui.drawings.svg import finished, number

MarkStatus = Literal["valid", "suspended", "ended"]

SMALL_SIGN_PX = 28
"""Up to this size the sign is drawn with heavier parts, so that it still reads as a person."""


def _heard(label: str) -> tuple[str, str]:
    """The attributes and the title that make a drawing heard, or hide it."""
    if not label:
        return 'aria-hidden="true"', ""
    return 'role="img"', f"<title>{escape(label)}</title>"


@lru_cache(maxsize=64)
def sign(size: int = 40, *, label: str = "") -> SafeString:
    """One person with open arms: the dot of ÷, the stem of +, one bar between them."""
    role, title = _heard(label)
    if size <= SMALL_SIGN_PX:
        head, css, arms = (
            '<circle class="sign-dot" cx="24" cy="8.5" r="8"/>',
            "sign sign-small",
            "M6 27h36M24 27v16",
        )
    else:
        head, css, arms = '<circle class="sign-dot" cx="24" cy="9" r="6"/>', "sign", "M6.5 24h35M24 24v17.5"
    return finished(
        f'<svg class="{css}" viewBox="0 0 48 48" width="{size}" height="{size}" {role}>{title}'
        f'{head}<path class="sign-plus" d="{arms}"/></svg>'
    )


@lru_cache(maxsize=64)
def hands(people: int = 25, *, lit: int | None = None, missing: int | None = None, pitch: int = 46) -> SafeString:
    """Hand in hand: people hold one bar. `lit` is the reader's own district, `missing` an open place."""
    width = people * pitch
    classes = {lit: ' class="lit"', missing: ' class="missing"'}
    heads = "".join(
        f'<circle{classes.get(i, "")} cx="{number(pitch * (i + 0.5))}" cy="9" r="6"/>' for i in range(people)
    )
    stems = "".join(f"M{number(pitch * (i + 0.5))} 24v17.5" for i in range(people))
    return finished(
        f'<svg class="hands" viewBox="0 0 {width} 48" width="{width}" height="48" aria-hidden="true"'
        f' preserveAspectRatio="xMidYMid slice"><g class="hands-dots">{heads}</g>'
        f'<path class="hands-bar" d="M0 24h{width}{stems}"/></svg>'
    )


RING_MIDDLE: dict[str, str] = {
    "valid": ('<circle class="ring-head" cx="100" cy="77" r="8"/><path class="ring-sign" d="M77 97h46M100 97v24"/>'),
    "suspended": '<path class="ring-sign" d="M90 84v32M110 84v32"/>',
    "ended": '<path class="ring-sign" d="M86 86l28 28M114 86l-28 28"/>',
}
RING_RADIUS = 70


def _on_circle(radius: float, angle: float) -> str:
    return f"{number(100 + radius * math.cos(angle))} {number(100 + radius * math.sin(angle))}"


def _ring_bar(people: int, *, closed: bool) -> str:
    """The bar they hold: closed, or open between them where they have let go."""
    if closed:
        return f'<circle class="ring-bar" cx="100" cy="100" r="{RING_RADIUS}"/>'
    step, arcs = 2 * math.pi / people, []
    for i in range(people):
        start, end = (step * (i + side) - math.pi / 2 for side in (-0.26, 0.26))
        turn = f"A{RING_RADIUS} {RING_RADIUS} 0 0 1 "
        arcs.append(f"M{_on_circle(RING_RADIUS, start)}{turn}{_on_circle(RING_RADIUS, end)}")
    return f'<path class="ring-bar" d="{"".join(arcs)}"/>'


@lru_cache(maxsize=32)
def ring(size: int = 160, *, status: MarkStatus = "valid", people: int = 25, label: str = "") -> SafeString:
    """The line bent round: the mark of designation, with as many people as the city has districts."""
    role, title = _heard(label)
    angles = [2 * math.pi * i / people - math.pi / 2 for i in range(people)]
    heads = "".join(
        f'<circle cx="{number(100 + math.cos(a) * 84)}" cy="{number(100 + math.sin(a) * 84)}" r="5.4"/>' for a in angles
    )
    stems = "".join(f"M{_on_circle(RING_RADIUS, a)}L{_on_circle(56, a)}" for a in angles)
    walker = '<circle class="ring-walk" cx="100" cy="16" r="7.4"/>' if status == "valid" else ""
    return finished(
        f'<svg class="ring ring-{status}" viewBox="0 0 200 200" width="{size}" height="{size}" {role}>{title}'
        f'<g class="ring-dots">{heads}</g>{_ring_bar(people, closed=status == "valid")}'
        f'<path class="ring-stems" d="{stems}"/>{RING_MIDDLE[status]}{walker}</svg>'
    )


BADGE_MIDDLE: dict[str, str] = {
    "valid": '<circle cx="12" cy="6.6" r="2.3"/><path d="M6 12h12M12 12v6.2"/>',
    "suspended": '<path d="M9.3 8v8M14.7 8v8"/>',
    "ended": '<path d="M8.5 8.5l7 7M15.5 8.5l-7 7"/>',
}


@lru_cache(maxsize=32)
def badge(size: int = 20, *, status: MarkStatus = "valid", label: str = "") -> SafeString:
    """The mark below 40 px, for lists: the sign on a disc."""
    role, title = _heard(label)
    return finished(
        f'<svg class="badge badge-{status}" viewBox="0 0 24 24" width="{size}" height="{size}" {role}>{title}'
        f'<circle class="badge-disc" cx="12" cy="12" r="12"/>{BADGE_MIDDLE[status]}</svg>'
    )
