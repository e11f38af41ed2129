"""What must reach upward is registered from above when the program starts.

A lower room offers a named slot (`Slot`), a higher room registers into it in its `AppConfig.ready`. The lower room
then asks everything registered, without knowing whom.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Slot(Generic[T]):
    """An ordered list of registered things under unique names."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._entries: dict[str, T] = {}

    def register(self, name: str, entry: T) -> T:
        """Adds `entry` under `name`; the same name twice is a programming error."""
        if self._entries.get(name, entry) is not entry:
            raise ValueError(f"{self.title}: “{name}” is registered already")
        self._entries[name] = entry
        return entry

    def get(self, name: str) -> T | None:
        return self._entries.get(name)

    def items(self) -> Iterator[tuple[str, T]]:
        yield from self._entries.items()

    def __iter__(self) -> Iterator[T]:
        yield from self._entries.values()
