"""Step one tells the signed-in reader what stands in their own way, before they have typed anything."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.factories import NOW, make_person, make_policy, make_room, order, wish
from tests.portal.residents import text

from sharingcity.booking.operations import request_reservation

pytestmark = pytest.mark.django_db
NEXT = "Next: who and what for"
USED_UP = "one use a day is the rule"


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def show(client: Client, room: Any, day: int) -> str:
    query = f"day=2026-11-{day}&from=10:00&until=12:00"
    return text(client.get(f"/listings/{room.code}?{query}", headers={"Accept-Language": "en"}, follow=True))


def test_used_up_day_is_said_on_step_one_and_there_is_no_next_step(client: Client) -> None:
    policy = make_policy(uses_per_day=1)
    room, person = make_room(policy=policy), make_person()
    client.force_login(person)
    request_reservation(order=order(make_room(policy=policy)), person=person, by=person, now=NOW)

    on_that_day, on_another = show(client, room, 12), show(client, room, 13)

    assert (USED_UP in on_that_day, NEXT in on_that_day) == (True, False)
    assert (USED_UP in on_another, NEXT in on_another) == (False, True)


def test_used_up_month_is_said_on_step_one(client: Client) -> None:
    room, person = make_room(policy=make_policy(person_uses_per_month=1)), make_person()
    client.force_login(person)
    request_reservation(order=order(room, wish(12)), person=person, by=person, now=NOW)

    assert "the month's quota would be exceeded" in show(client, room, 20)


def test_own_rules_are_not_told_to_others_nor_to_nobody(client: Client) -> None:
    room, person = make_room(policy=make_policy(uses_per_day=1)), make_person()
    request_reservation(order=order(room), person=person, by=person, now=NOW)

    assert NEXT in show(client, room, 12)
    client.force_login(make_person())
    assert NEXT in show(client, room, 12)


def test_group_room_is_not_refused_before_the_group_could_be_named(client: Client) -> None:
    room = make_room(policy=make_policy(eligibility="group"))
    client.force_login(make_person())

    assert NEXT in show(client, room, 12)
