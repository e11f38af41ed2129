"""The generated picture of a listing without a photo: a plan with its free part lit.

A pure function of its arguments, so that a listing keeps its picture; what is lit counts what is free.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString

from sharingcity.ui.drawings import event, home, space, thing, vehicle
from sharingcity.ui.drawings.canvas import Sheet, chance_of
from sharingcity.ui.drawings.svg import finished, number

Shape = Literal["square", "card", "wide"]

SIZES: dict[str, tuple[float, float]] = {"square": (200, 200), "card": (320, 240), "wide": (640, 272)}
"""Rows of results, cards, and the head of a listing's page."""

DRAW: dict[str, Callable[[Sheet], list[str]]] = {
    "space": space.draw,
    "thing": thing.draw,
    "vehicle": vehicle.draw,
    "home": home.draw,
    "event": event.draw,
}


@lru_cache(maxsize=2048)
def pattern(
    kind: str,
    listing: str,
    *,
    total: int = 6,
    free: int = 1,
    form: str = "",
    shape: Shape = "card",
    label: str = "",
) -> SafeString:
    """The picture of a listing of a kind.

    `listing` is its number; `total` and `free` count its units (places, for an event). `form` says what it is where
    that is known (space: hall, corridor, court, blocks, bays; vehicle: car, van, bicycle; event: talk, circle, tables,
    class, walk; home and thing: see there); else chance decides. Of one listing only what is lit changes.
    With a label it is heard as an image, else it is hidden.

    Raises:
        KeyError: not one of the five kinds, or no such shape.
    """
    width, height = SIZES[shape]
    sheet = Sheet(width, height, max(1, total), max(0, min(free, total)), chance_of(kind, listing), form)
    role, title = ('role="img"', f"<title>{escape(label)}</title>") if label else ('aria-hidden="true"', "")
    return finished(
        f'<svg class="pattern k-{kind}" viewBox="0 0 {number(width)} {number(height)}"'
        f' preserveAspectRatio="xMidYMid slice" {role}>{title}'
        f'<rect class="p-ground" width="{number(width)}" height="{number(height)}"/>{"".join(_draw(kind, sheet))}</svg>'
    )


def _draw(kind: str, sheet: Sheet) -> list[str]:
    """A car park is a space, and drawn with its bays."""
    return vehicle.draw(sheet) if (kind, sheet.form) == ("space", "bays") else DRAW[kind](sheet)
