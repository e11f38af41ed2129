"""The five kinds of sharing as people see them: an icon and a word, never a colour alone."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

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
        KindLook("space", "door-open", _("Space"), _("Spaces"), _("Rooms and halls after hours")),
        KindLook("thing", "hammer", _("Thing"), _("Things"), _("Tools, toys, suits")),
        KindLook("vehicle", "car-front", _("Vehicle"), _("Vehicles"), _("Cars by the half hour")),
        KindLook("home", "house-heart", _("Home"), _("Homes"), _("A room with a senior")),
        KindLook("event", "presentation", _("Event"), _("Events"), _("Lectures, repair cafés, walks")),
    )
}


def kind_look(kind: str) -> KindLook:
    """The look of a kind.

    Raises:
        KeyError: not one of the five kinds.
    """
    return KINDS[kind]
