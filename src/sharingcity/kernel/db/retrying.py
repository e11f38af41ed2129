"""An operation that PostgreSQL strikes to end a deadlock or a serialisation conflict is run again from its start."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection

P = ParamSpec("P")
T = TypeVar("T")

# 40P01 deadlock_detected, 40001 serialization_failure: "run the whole transaction again", says PostgreSQL's manual.
STRUCK = ("40P01", "40001")
TRIES = 4
FIRST_PAUSE_SECONDS = 0.02


def is_struck(error: BaseException) -> bool:
    """Whether PostgreSQL rolled the transaction back only because of what others did at the same time."""
    return getattr(error.__cause__, "sqlstate", "") in STRUCK


def retried(operation: Callable[P, T]) -> Callable[P, T]:
    """For an operation that writes in one transaction: at most four tries, with growing random pauses between them.

    Safe because a struck transaction has left nothing, effects included: they are tasks in the same transaction.
    Inside another write transaction it passes the error on, for the outermost operation to begin anew. The operation
    must read afresh, under its locks, what it changes of the objects it was given.
    """

    @wraps(operation)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        for attempt in range(1, TRIES):
            try:
                return operation(*args, **kwargs)
            except OperationalError as error:
                if connection.in_atomic_block or not is_struck(error):
                    raise
            time.sleep(random.uniform(0.5, 1.0) * FIRST_PAUSE_SECONDS * 2**attempt)
        return operation(*args, **kwargs)

    return run
