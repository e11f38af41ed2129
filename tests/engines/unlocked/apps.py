"""Takes transactions and locks away when the program starts, and lets two requests meet between check and write."""

import random
import time
from contextlib import AbstractContextManager, nullcontext
from types import SimpleNamespace
from typing import Any

from django.apps import AppConfig

# Drawn anew each time, so that two who take different ways to the write meet there sooner or later.
LONGEST_PAUSE_SECONDS = 0.06


def take_locks_away() -> None:
    """For this process, for good."""
    from django.db import connection

    from sharingcity.booking.operations import close, joining, placing, waiting
    from sharingcity.kernel.db import locks, transactions

    def no_transaction(*_: Any, **__: Any) -> AbstractContextManager[None]:
        return nullcontext()

    transactions.transaction = SimpleNamespace(atomic=no_transaction)  # type: ignore[assignment]
    locks.is_postgresql = lambda: False
    locks.connection = SimpleNamespace(in_atomic_block=True)  # type: ignore[assignment]
    locks.transaction = SimpleNamespace(  # type: ignore[assignment]
        get_connection=lambda: SimpleNamespace(needs_rollback=False)
    )
    type(connection.features).has_select_for_update = False  # for the connections of every thread
    for module, name in ((placing, "place"), (joining, "place"), (waiting, "place"), (close, "lapse_claims")):
        setattr(module, name, _slowly(getattr(module, name)))


def _slowly(function: Any) -> Any:
    def slow(*args: Any, **kwargs: Any) -> Any:
        answer = function(*args, **kwargs)
        time.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS))
        return answer

    return slow


class UnlockedConfig(AppConfig):
    name = "tests.engines.unlocked"
    label = "unlocked"

    def ready(self) -> None:
        take_locks_away()
