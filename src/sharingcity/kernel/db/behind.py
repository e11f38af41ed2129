"""Rows are written behind: while the engine works on some, the interpreter prepares the next ones.

SQLite lets go of the interpreter while it runs a statement, PostgreSQL is another process: on two cores an import takes
as long as the slower of the two, not as long as both.
"""

import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

from sharingcity.kernel.db.transactions import is_postgresql, join

WAITING = 8
"""Batches that may wait to be written: what is ready is kept in memory."""
PAGES_AT_HAND = -128 * 1024
"""KiB, as SQLite counts with a minus."""
BETWEEN_TURNS = 0.0005
"""Seconds after which the worker, its statement done, gets the interpreter for the next one: an eighth more rows."""
_USUALLY_BETWEEN_TURNS = sys.getswitchinterval()


@contextmanager
def writing_behind() -> Iterator[None]:
    """Inside, `load_rows` and `save_rows` return before the engine has their rows.

    Whoever asks the database anything waits for them first, so that nothing is missing from an answer; what went wrong
    is raised there, or at the end. Takes part in the caller's transaction; a block within a block is part of it.
    """
    if _BEHIND.get() is not None:
        yield
        return
    engine = connections[DEFAULT_DB_ALIAS]
    with join(), ThreadPoolExecutor(max_workers=1, thread_name_prefix="writing-behind") as worker:
        behind = _Behind(worker)
        token = _BEHIND.set(behind)
        engine.inc_thread_sharing()
        sys.setswitchinterval(BETWEEN_TURNS)
        try:
            with _more_memory(), engine.execute_wrapper(behind.before_statement):
                yield
                behind.settle()
        finally:
            behind.give_up()
            sys.setswitchinterval(_USUALLY_BETWEEN_TURNS)
            engine.dec_thread_sharing()
            _BEHIND.reset(token)


@contextmanager
def _more_memory() -> Iterator[None]:
    """SQLite keeps pages of many indexes at hand; with what is enough for answers it would write them over and over.

    PostgreSQL looks at references while it writes, from here to the end of the transaction: left to the end, nothing
    would be done beside it.
    """
    if is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
        return
    # Its own connection: Django's runs nothing in a transaction that has failed.
    engine = connection.connection
    (usual,) = engine.execute("PRAGMA cache_size").fetchone()
    engine.execute(f"PRAGMA cache_size = {PAGES_AT_HAND}")
    try:
        yield
    finally:
        engine.execute(f"PRAGMA cache_size = {usual}")


def hand_over(write: Callable[[], object]) -> None:
    """Writes now, or behind inside `writing_behind`; by the connection that `write` was made for."""
    behind = _BEHIND.get()
    if behind is None:
        write()
    else:
        behind.add(write)


class _Behind:
    """What waits to be written, in its order, by one worker."""

    def __init__(self, worker: ThreadPoolExecutor) -> None:
        self._worker = worker
        self._asker = threading.get_ident()
        self._waiting: deque[Future[object]] = deque()

    def add(self, write: Callable[[], object]) -> None:
        if len(self._waiting) >= WAITING:
            self._waiting.popleft().result()
        self._waiting.append(self._worker.submit(write))

    def settle(self) -> None:
        """All that waits is written. Raises what went wrong with the first that could not be."""
        while self._waiting:
            self._waiting.popleft().result()

    def give_up(self) -> None:
        """After a failure nothing more is written: the transaction is taken back."""
        while self._waiting:
            last = self._waiting.pop()
            if not last.cancel():
                last.exception()

    def before_statement(self, execute: Callable[..., Any], *what: Any) -> Any:
        """Statements of the asker wait; those of the worker are what is waited for."""
        if threading.get_ident() == self._asker:
            self.settle()
        return execute(*what)


_BEHIND: ContextVar[_Behind | None] = ContextVar("writing_behind", default=None)
