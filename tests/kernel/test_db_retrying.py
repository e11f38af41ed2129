"""What PostgreSQL strikes to end a deadlock is done again; everything else is raised at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connection, connections

from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.db.retrying import TRIES, is_struck
from sharingcity.kernel.models import StreamHead

HASH = "0" * 64


class Struck(Exception):
    sqlstate = "40P01"


def strike() -> None:
    raise OperationalError("deadlock detected") from Struck()


def test_struck_operation_is_given_up_after_the_last_try() -> None:
    calls: list[int] = []

    @retried
    def operation() -> None:
        calls.append(1)
        strike()

    with pytest.raises(OperationalError):
        operation()
    assert len(calls) == TRIES


def test_other_errors_are_not_tried_again() -> None:
    calls: list[int] = []

    @retried
    def operation() -> None:
        calls.append(1)
        raise OperationalError("disk full")

    with pytest.raises(OperationalError):
        operation()
    assert len(calls) == 1


@pytest.mark.django_db
def test_inside_a_transaction_the_outermost_operation_begins_anew() -> None:
    calls: list[str] = []

    @retried
    def inner() -> None:
        calls.append("inner")
        if len(calls) == 2:
            strike()

    def outer() -> str:
        calls.append("outer")
        with write():
            inner()
        return "done"

    with pytest.raises(OperationalError):  # the test itself stands in a transaction: the error goes all the way
        retried(outer)()
    assert calls == ["outer", "inner"]


def crosswise(first: str, second: str, gate: Barrier) -> Callable[[], str]:
    """Takes two locks, waiting after the first one until somebody else has theirs; says at which try it was done."""
    tries: list[int] = []

    def operation() -> str:
        tries.append(1)
        with write():
            lock([first])
            if len(tries) == 1:
                gate.wait(10)
            lock([second])
            StreamHead.objects.create(stream=f"{first} {second}", number=len(tries), hash=HASH)
        return f"try {len(tries)}"

    return operation


def end_of(operation: Callable[[], str]) -> str:
    try:
        return operation()
    except OperationalError as error:
        return "struck" if is_struck(error) else str(error)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time: nothing to deadlock")
@pytest.mark.parametrize(
    ("make", "ends"),
    [(retried, ["try 1", "try 2"]), (lambda operation: operation, ["struck", "try 1"])],
    ids=["retried", "twin"],
)
def test_two_operations_that_deadlock_are_both_done(
    make: Callable[[Callable[[], str]], Callable[[], str]], ends: list[str]
) -> None:
    """Two connections take two locks crosswise. The twin, without the retry, loses one of them."""
    gate = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(end_of, [make(crosswise("a", "b", gate)), make(crosswise("b", "a", gate))])

    assert sorted(found) == ends
    assert StreamHead.objects.count() == len([end for end in ends if end != "struck"])
