"""What higher rooms register here: who wants to know that an entry of the directory has changed."""

from collections.abc import Callable, Iterable

from sharingcity.kernel.registry import Slot

ENTRY_CHANGED: Slot[Callable[[str, list[int]], None]] = Slot("entries changed")
"""Called with "organisation" or "service" and ids, inside the transaction of every operation that changes what is
found of them: keep it quick."""


def announce_entries(kind: str, ids: Iterable[int]) -> None:
    """Tells everybody registered, once, about these entries. Call it after the last write, before the journal."""
    if found := sorted(set(ids)):
        for listener in ENTRY_CHANGED:
            listener(kind, found)
