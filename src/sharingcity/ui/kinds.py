"""The five kinds of sharing as people see them: an icon and a word, never a colour alone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class KindLook:
    """How one kind is shown."""

    kind: str
    icon: str
    one: "str | _StrPromise"
    many: "str | _StrPromise"
    note: "str | _StrPromise"


KINDS: dict[str, KindLook] = {
    look.kind: look
    for look in (
        KindLook(
            "space",
            "door-open",
            pgettext_lazy("kind", "Space"),
            pgettext_lazy("kind", "Spaces"),
            pgettext_lazy("kind", "Rooms and halls after hours"),
        ),
        KindLook(
            "thing",
            "hammer",
            pgettext_lazy("kind", "Thing"),
            pgettext_lazy("kind", "Things"),
            pgettext_lazy("kind", "Tools, toys, suits"),
        ),
        KindLook(
            "vehicle",
            "car-front",
            pgettext_lazy("kind", "Vehicle"),
            pgettext_lazy("kind", "Vehicles"),
            pgettext_lazy("kind", "Bikes and shared cars"),
        ),
        KindLook(
            "home",
            "house-heart",
            pgettext_lazy("kind", "Home"),
            pgettext_lazy("kind", "Homes"),
            pgettext_lazy("kind", "A room with a senior"),
        ),
        KindLook(
            "event",
            "presentation",
            pgettext_lazy("kind", "Event"),
            pgettext_lazy("kind", "Events"),
            pgettext_lazy("kind", "Lectures, repair cafés, walks"),
        ),
    )
}

ENTRIES: dict[str, KindLook] = {
    look.kind: look
    for look in (
        KindLook(
            "service",
            "hand-helping",
            pgettext_lazy("kind", "Service"),
            pgettext_lazy("kind", "Services"),
            pgettext_lazy("kind", "Sharing run by others"),
        ),
        KindLook(
            "organisation",
            "landmark",
            pgettext_lazy("kind", "Organisation"),
            pgettext_lazy("kind", "Organisations"),
            pgettext_lazy("kind", "Who shares"),
        ),
    )
}
"""What the directory adds to the five kinds of listings: shown in the city's own colour."""


def kind_look(kind: str) -> KindLook:
    """The look of a kind or an entry.

    Raises:
        KeyError: neither one of the five kinds nor an entry.
    """
    return KINDS[kind] if kind in KINDS else ENTRIES[kind]


@dataclass(frozen=True, slots=True)
class CategoryLook:
    """What of a kind it is, where an icon and a drawing of their own tell more: a bicycle is no car."""

    icon: str
    form: str


CATEGORIES: dict[str, CategoryLook] = {
    "parking": CategoryLook("square-parking", "bays"),
    "car-sharing": CategoryLook("car-front", "car"),
    "bike-station": CategoryLook("bike", "bicycle"),
    "course": CategoryLook("graduation-cap", "class"),
    "art-show": CategoryLook("palette", "circle"),
    "classical-music": CategoryLook("music", "talk"),
    "concert": CategoryLook("guitar", "talk"),
    "korean-music": CategoryLook("music-2", "talk"),
    "theatre": CategoryLook("drama", "talk"),
    "musical-opera": CategoryLook("drama", "talk"),
    "dance": CategoryLook("footprints", "talk"),
    "film": CategoryLook("clapperboard", "talk"),
    "festival": CategoryLook("party-popper", "walk"),
}


def category_look(slug: str) -> CategoryLook | None:
    """The look of a category; None where its kind says it all."""
    return CATEGORIES.get(slug)
