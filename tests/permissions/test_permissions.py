"""Every address and every event, for every role, answers as docs/permissions.md says."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests.factories import NOW
from tests.permissions import matrix

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ADDRESSES = matrix.names()
EVENTS = [f"{event} while {state}" for event, state in matrix.EVENTS]
WORDS = {"yes", "not now", "login", "no", "hidden", "–"}


@pytest.fixture
def city(settings: Any) -> Iterator[matrix.City]:
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(NOW, tick=False):
        yield matrix.City.found()


def test_table_names_every_address_and_nothing_else() -> None:
    rows = matrix.documented()

    assert sorted(set(ADDRESSES) | set(EVENTS)) == sorted(rows), "see docs/permissions.md: how to add a row"
    assert {word for words in rows.values() for word in words} <= WORDS


@pytest.mark.parametrize("room", sorted({name.split()[1].split("/")[0] for name in ADDRESSES}))
def test_addresses_answer_each_role_as_the_table_says(city: matrix.City, room: str) -> None:
    table = matrix.documented()
    mine = [name for name in ADDRESSES if name.split()[1].split("/")[0] == room]
    measured = {name: matrix.measure(city, name) for name in mine}

    assert [matrix.as_line(name, words) for name, words in measured.items() if table.get(name) != words] == []


def test_events_answer_each_role_as_the_table_says(city: matrix.City) -> None:
    table = matrix.documented()
    measured = {f"{e} while {state}": matrix.measure_event(city, e, state) for e, state in matrix.EVENTS}

    assert [matrix.as_line(name, words) for name, words in measured.items() if table.get(name) != words] == []


def test_nobody_who_is_not_signed_in_reaches_what_belongs_to_somebody() -> None:
    """The table itself is held against what it must say, whatever was measured."""
    for name, words in matrix.documented().items():
        room = name.split(" ")[1].split("/")[0]
        if room in {"me", "host", "city"}:
            assert words[0] in {"login", "–", "hidden"}, name
        if room in {"host", "city"}:
            assert words[matrix.ROLES.index("resident")] in {"no", "hidden", "–", "login"}, name


def test_no_bookings_of_others_are_open_to_residents_or_to_managers_elsewhere() -> None:
    for name, words in matrix.documented().items():
        if "reservations/<" in name and "permit" not in name:
            for role in ("resident", "other manager"):
                assert words[matrix.ROLES.index(role)] != "yes", (name, role)
