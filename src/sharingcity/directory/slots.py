"""What higher rooms register here: who hears of changed entries, what can be reported, what moves in a merge."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.kernel.i18n import Words
from sharingcity.kernel.registry import Slot
from sharingcity.kernel.states import Actor

if TYPE_CHECKING:
    from django.utils.functional import Promise

ENTRY_CHANGED: Slot[Callable[[str, list[int]], None]] = Slot("entries changed")
"""Called with "organisation" or "service" and ids, inside the transaction of every operation that changes what is
found of them: keep it quick."""


def announce_entries(kind: str, ids: Iterable[int]) -> None:
    """Tells everybody registered, once, about these entries. Call it after the last write, before the journal."""
    if found := sorted(set(ids)):
        for listener in ENTRY_CHANGED:
            listener(kind, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reportable:
    """Something that anybody may report an error of: what it is called, where its page is, whose it is."""

    kind: str
    code: str
    names: Words
    path: str
    organisation_id: int


REPORTABLE: Slot[Callable[[str], Reportable | None]] = Slot("what errors can be reported of")
"""By kind ("organisation", "service"; "listing" from above): the thing of a public id, None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePart:
    """What hangs on an organisation in one room: how it is called, how much of it, and how it moves to another.

    `move` is called with the loser's and the winner's id inside the merge's transaction, both locked.
    """

    title: "str | Promise"
    count: Callable[[int], int]
    move: Callable[[int, int, datetime], None]


ORGANISATION_MERGED: Slot[MergePart] = Slot("what moves when organisations are merged")
"""By name; every room that points at organisations registers what it keeps of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetirePart:
    """What of an organisation stands in one room while it is shown, and goes when the city takes it off.

    `count`: how much of it stands. `take`, called inside the transaction with the organisation locked, takes it off and
    returns the ids of what it took; `give_back` shows just these again. A part without `take` is promised to somebody:
    while there is any, the organisation stays; `hold`, where there is one, keeps new ones from coming meanwhile.
    """

    title: "str | Promise"
    count: Callable[[int, datetime], int]
    take: Callable[[int, Actor, datetime, str], list[int]] | None = None
    give_back: Callable[[list[int], Actor, datetime], None] | None = None
    hold: Callable[[int], None] | None = None


ORGANISATION_RETIRED: Slot[RetirePart] = Slot("what goes when an organisation is taken off")
"""By name; every room that shows something of organisations registers it."""
