"""Python's own bookkeeping of memory, where it costs more than it gives."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Nothing is looked through for garbage meanwhile.

    For work of seconds that makes hundreds of thousands of rows and keeps them all: the collector would walk over every
    one again and again, and find nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
