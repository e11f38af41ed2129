"""Rows written behind are there for whoever asks, in order; all are taken back when one cannot be written."""

from collections.abc import Iterator
from functools import partial
from threading import Event, Timer

import pytest
from django.db import IntegrityError, connection, transaction

from sharingcity.kernel.db import load_rows, writing_behind
from sharingcity.kernel.db.behind import WAITING, hand_over
from sharingcity.kernel.db.loading import BY_STATEMENT
from sharingcity.listings.models import OpeningHours

pytestmark = pytest.mark.django_db

COLUMNS = ("id", "rule", "closed_groups")
MANY = BY_STATEMENT * 3 + 1


def _rows(first: int, count: int, rule: str = "a") -> Iterator[tuple[object, ...]]:
    return ((number, rule, str(number)) for number in range(first, first + count))


def _pages_at_hand() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        return int(cursor.fetchone()[0])


def test_who_asks_meanwhile_finds_every_row() -> None:
    with writing_behind():
        load_rows(OpeningHours, COLUMNS, _rows(1, MANY))
        assert OpeningHours.objects.count() == MANY
        load_rows(OpeningHours, COLUMNS, _rows(1, MANY, "b"), over=["id"])

    assert OpeningHours.objects.filter(rule="b").count() == MANY


def test_the_engine_works_while_the_next_rows_are_prepared() -> None:
    begun, is_prepared, in_time = Event(), Event(), []

    def write() -> None:
        begun.set()
        in_time.append(is_prepared.wait(20))

    with writing_behind():
        hand_over(write)
        assert begun.wait(20)
        is_prepared.set()

    assert in_time == [True]


def test_what_is_handed_over_is_written_in_its_order() -> None:
    written: list[int] = []

    with writing_behind(), writing_behind():
        for number in range(WAITING * 3):
            hand_over(partial(written.append, number))

    assert written == list(range(WAITING * 3))


def test_a_row_that_cannot_be_written_takes_all_back() -> None:
    load_rows(OpeningHours, COLUMNS, _rows(MANY, 1, "stands"))

    with pytest.raises(IntegrityError), transaction.atomic(), writing_behind():
        load_rows(OpeningHours, COLUMNS, _rows(1, MANY))

    assert [row.rule for row in OpeningHours.objects.all()] == ["stands"]


def test_a_row_that_cannot_be_written_is_told_to_whoever_asks_next() -> None:
    load_rows(OpeningHours, COLUMNS, _rows(1, 1))

    with transaction.atomic(), writing_behind():
        load_rows(OpeningHours, COLUMNS, _rows(1, 1))
        with pytest.raises(IntegrityError):
            OpeningHours.objects.count()
        transaction.set_rollback(True)


def test_a_failure_of_the_asker_is_what_is_raised_and_what_waits_is_let_go() -> None:
    begun, goes_on, written = Event(), Event(), []

    def first() -> None:
        begun.set()
        goes_on.wait(20)

    def fail() -> None:
        with transaction.atomic(), writing_behind():
            hand_over(first)
            for number in range(WAITING - 1):
                hand_over(partial(written.append, number))
            begun.wait(20)
            Timer(1, goes_on.set).start()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert (goes_on.is_set(), written) == (True, [])
    load_rows(OpeningHours, COLUMNS, _rows(1, 1))
    assert OpeningHours.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has its memory for itself")
def test_the_memory_that_a_run_may_use_is_given_back_even_after_a_failure() -> None:
    usual = _pages_at_hand()

    with writing_behind():
        assert _pages_at_hand() != usual
    with pytest.raises(IntegrityError), transaction.atomic(), writing_behind():
        load_rows(OpeningHours, COLUMNS, [*_rows(1, 1), *_rows(1, 1)])

    assert _pages_at_hand() == usual
