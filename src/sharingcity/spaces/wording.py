"""Words of looking after rooms that several pages use."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import Promise

KIND_WORDS: dict[str, "str | Promise"] = {
    "damage": _("Something is broken"),
    "cleaning": _("It is dirty"),
    "lost": _("Something was lost or found"),
    "noise": _("Noise or a quarrel"),
    "access": _("The door or the way in"),
    "other": pgettext_lazy("an incident", "Something else"),
}
KIND_ICONS = {
    "damage": "hammer",
    "cleaning": "brush-cleaning",
    "lost": "search",
    "noise": "volume-2",
    "access": "key-round",
    "other": "circle-alert",
}
MOMENT_WORDS: dict[str, "str | Promise"] = {
    "in": _("When the group comes"),
    "out": _("When the group leaves"),
}
