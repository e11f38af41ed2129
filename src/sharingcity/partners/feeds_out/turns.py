"""How many long files one process sends at once: whoever reads slowly must not keep everybody else from the pages."""

import threading
from collections.abc import Iterator
from typing import Final

from django.conf import settings

WAIT_SECONDS: Final = 30
"""After which to ask again."""


def make_turns() -> threading.BoundedSemaphore:
    """All threads of the process but one; the only one where there is no other."""
    return threading.BoundedSemaphore(max(1, settings.WEB_THREADS - 1))


TURNS: Final = make_turns()


class Turn(Iterator[bytes]):
    """Pieces that are sent in a turn; it ends with the last piece, or when the reader has gone.

    An object and not a generator: one that was never begun would never give its turn back.
    """

    def __init__(self, pieces: Iterator[bytes], turns: threading.BoundedSemaphore) -> None:
        self._pieces = pieces
        self._turns: threading.BoundedSemaphore | None = turns

    @classmethod
    def take(cls, pieces: Iterator[bytes], turns: threading.BoundedSemaphore | None = None) -> "Turn | None":
        """None when all turns are taken."""
        chosen = turns or TURNS
        return cls(pieces, chosen) if chosen.acquire(blocking=False) else None

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except BaseException:  # whatever ends it, its last piece too, ends the turn
            self.close()
            raise

    def close(self) -> None:
        """Gives the turn back, once."""
        turns, self._turns = self._turns, None
        if turns is not None:
            turns.release()

    def __del__(self) -> None:
        self.close()
