"""Every address and every event, for every role, answers as docs/permissions.md says."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from tests.factories import NOW
from tests.permissions import acts, matrix

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ADDRESSES = matrix.names()
EVENTS = [f"{event} while {state}" for event, state in matrix.EVENTS]
ACTS = [act.name for act in acts.ACTS]
# There is no such address, on purpose: the API's own first page.
NOTHING_THERE = {"GET api/v1/", "POST api/v1/"}
WORDS = {"yes", "not now", "turned away", "login", "no", "hidden", "–"}


@pytest.fixture
def city(settings: Any) -> Iterator[matrix.City]:
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(NOW, tick=False):
        yield matrix.City.found()


def test_table_names_every_address_and_nothing_else() -> None:
    rows = matrix.documented()

    assert sorted([*ADDRESSES, *EVENTS, *ACTS, *acts.SHOWN]) == sorted(rows), (
        "see docs/permissions.md: how to add a row"
    )
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


def test_acts_answer_each_role_as_the_table_says(city: matrix.City) -> None:
    table = matrix.documented()
    measured = {act.name: acts.measure_act(city, act) for act in acts.ACTS}

    assert [matrix.as_line(name, words) for name, words in measured.items() if table.get(name) != words] == []


@pytest.mark.parametrize("state", acts.STATES)
def test_pages_of_a_reservation_answer_each_role_as_the_table_says(city: matrix.City, state: str) -> None:
    table = matrix.documented()
    measured = {name: acts.measure_page(city, name) for name, page in acts.SHOWN.items() if page[1] == state}

    assert [matrix.as_line(name, words) for name, words in measured.items() if table.get(name) != words] == []


def test_every_row_is_about_something_that_is_there() -> None:
    """A row that says `hidden` to all would hold for a code that nobody has, whatever the code checks."""
    of_addresses = {name: words for name, words in matrix.documented().items() if name not in {*EVENTS, *acts.SHOWN}}
    empty = {name for name, words in of_addresses.items() if "yes" not in words and "not now" not in words}
    asks_to_sign_in = {"POST me/tokens", "GET me/data/file", "POST me/data/file", "POST me/data/delete"}

    without_such_method = {name for name in empty if set(matrix.documented()[name]) <= {"–", "login", "no"}}
    assert empty - without_such_method == NOTHING_THERE
    assert {name for name in without_such_method if "–" not in of_addresses[name]} == asks_to_sign_in


ON_THE_DEVICE = "GET me/favourites"
"""Without an account a page of nobody's: the browser fills it with what it keeps itself."""


def test_nobody_who_is_not_signed_in_reaches_what_belongs_to_somebody() -> None:
    """The table itself is held against what it must say, whatever was measured."""
    for name, words in matrix.documented().items():
        room = name.split(" ")[1].split("/")[0]
        if room in {"me", "host", "city"} and name != ON_THE_DEVICE:
            assert words[0] in {"login", "–", "hidden"}, name
        if room in {"host", "city"}:
            assert words[matrix.ROLES.index("resident")] in {"no", "hidden", "–", "login"}, name


def test_acts_of_staff_are_done_by_no_resident_and_no_manager_elsewhere() -> None:
    table = matrix.documented()
    of_all = {"answer as the guardian", "claim an entry", "report an error", "suggest what is missing"}
    of_all |= {"accept an invitation to an entry", "say that an entry is still true", "stop the letters about an entry"}
    about_people = {act.name for act in acts.ACTS if act.address.startswith("/city/people/claims")}
    for act in acts.ACTS:
        assert table[act.name][matrix.ROLES.index("resident")] != "yes" or act.name in of_all, act.name
        if act.name not in of_all | about_people:
            assert table[act.name][matrix.ROLES.index("other manager")] != "yes", act.name


def test_no_bookings_of_others_are_open_to_residents_or_to_managers_elsewhere() -> None:
    for name, words in matrix.documented().items():
        if "reservations/<" in name and "permit" not in name:
            for role in ("resident", "other manager"):
                assert words[matrix.ROLES.index(role)] != "yes", (name, role)
