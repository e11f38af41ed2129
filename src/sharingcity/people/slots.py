"""What higher rooms register here: kinds of notice, ways to send them, personal data, places of roles, menu links."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sharingcity.kernel.registry import Slot
from sharingcity.ui.components import MenuEntry

if TYPE_CHECKING:
    from sharingcity.people.models import Person
    from sharingcity.people.permissions import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """What one room keeps of a person: how to hand it over, forget it, and whether it may be forgotten now.

    `export` returns plain JSON. `guard` raises a Refusal while something open stands against leaving.
    """

    export: "Callable[[Person], Any]"
    erase: "Callable[[Person, datetime], None]"
    guard: "Callable[[Person, datetime], None] | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeRows:
    """The rows of one kind of scope (district, organisation, building): their names, and which can be chosen.

    `district_of` tells in which district a row lies, for kinds whose rows lie in one: whoever gives roles in the
    district gives them there, too.
    """

    titles: Callable[[Collection[int]], Mapping[int, str]]
    choices: Callable[[], list[tuple[int, str]]]
    district_of: Callable[[Collection[int]], Mapping[int, int]] | None = None


PERSONAL_DATA: Slot[PersonalData] = Slot("personal data")
"""By room. Erased in the opposite order of registration: the rooms above before `people` itself."""

SCOPES: Slot[ScopeRows] = Slot("scopes of roles")
"""By scope kind: `district`, `organisation`, `building`."""

NOTICES_WITHIN: "Slot[Callable[[Collection[str], Collection[Scope]], set[str]]]" = Slot("notices within scopes")
"""By the first word of a notice's code (`booking`): which of the `code`s that notices tell of lie in the scopes."""

ME_MENU: Slot[MenuEntry] = Slot("my pages")
"""Links in the signed-in person's menu and beside `/me` pages, by `order`."""
