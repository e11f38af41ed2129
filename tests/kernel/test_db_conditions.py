"""Conditions written by hand mean the same on both engines."""

from datetime import UTC, datetime

import pytest

from sharingcity.kernel.db import (
    Condition,
    among,
    among_numbers,
    as_instant,
    every,
    instant_column,
    read_instant,
    read_rows,
    within,
)
from sharingcity.kernel.models import Fact, PeriodicRun

AT = datetime(2026, 11, 22, 9, 30, 0, 250_000, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def found(condition: Condition) -> list[str]:
    text = f"SELECT name FROM kernel_fact WHERE {condition.text} ORDER BY name"
    return [name for (name,) in read_rows(text, condition.parameters)]


@pytest.fixture(autouse=True)
def facts() -> None:
    for name in ("a", "b", "c"):
        Fact.objects.create(name=name, value=1)


def test_among_finds_the_values_and_nothing_for_none() -> None:
    assert found(among("name", ("a", "c", "z"))) == ["a", "c"]
    assert found(among("name", ())) == []


def test_every_joins_whole_conditions() -> None:
    either = Condition("name = %s OR name = %s", ("a", "b"))

    assert found(every([either, among("name", ("b", "c"))])) == ["b"]
    assert found(every([])) == ["a", "b", "c"]


def test_within_takes_what_the_orm_finds() -> None:
    assert found(within("name", Fact.objects.filter(name__gt="a").values("name"))) == ["b", "c"]


@pytest.mark.parametrize("asked", [[], [2], list(range(500))])
def test_among_numbers_takes_any_number_of_them(asked: list[int]) -> None:
    condition = among_numbers("2", asked)

    assert bool(found(condition)) == (2 in asked)


@pytest.mark.parametrize("at", [AT, AT.replace(microsecond=0)])
def test_instants_come_back_as_they_were_stored(at: datetime) -> None:
    PeriodicRun.objects.create(job="seal", period="1", enqueued_at=at)
    text = f"SELECT {instant_column('enqueued_at')} FROM kernel_periodicrun WHERE enqueued_at = %s"

    (stored,) = read_rows(text, [as_instant(at)])

    assert read_instant(stored[0]) == at
    assert read_instant(stored[0]).tzinfo is UTC
