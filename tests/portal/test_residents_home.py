from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.factories import (
    NOW,
    make_fees,
    make_organisation,
    make_person,
    make_place,
    make_policy,
    make_room,
    order,
    wish,
)
from tests.portal.residents import LANGUAGES, check_whole, text

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations import request_reservation
from sharingcity.directory.models import Recognition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def english(client: Client, path: str = "/") -> Any:
    return client.get(path, headers={"Accept-Language": "en"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_is_drawn_in_every_language(client: Client, language: str) -> None:
    make_room()
    check_whole(client.get("/", headers={"Accept-Language": language}), language)


def test_home_counts_what_is_there_and_leads_nowhere_else(client: Client) -> None:
    make_room()

    page = english(client).content.decode()

    assert 'href="/find?kind=space"' in page
    assert 'href="/find?kind=thing"' not in page
    assert "coming" in page


def test_empty_city_says_so(client: Client) -> None:
    page = text(english(client))
    assert "Nothing is shared here yet" in page
    assert "Who opens their doors" not in page
    assert "Dividing adds up" not in page


def test_home_shows_what_is_free_this_evening_with_its_time(client: Client) -> None:
    room = make_room("Lecture room", policy=make_policy(), fees=make_fees())
    taken = make_room("Taken room")
    person = make_person()
    request_reservation(order=order(taken, wish(day=2, hour=18, hours=4)), person=person, by=person, now=NOW)

    page = english(client).content.decode()

    assert f"/listings/{room.code}/lecture-room?day=2026-11-02&amp;from=18:00&amp;until=20:00" in page
    assert "Taken room" not in page


def test_evening_is_tomorrows_once_today_is_late(client: Client) -> None:
    make_room()
    with time_machine.travel(NOW + timedelta(hours=11), tick=False):
        assert "Free tomorrow evening" in text(english(client))


def test_figures_count_only_what_took_place(client: Client) -> None:
    room, person = make_room(policy=make_policy()), make_person()
    for day in (3, 4, 5):
        made = request_reservation(order=order(room, wish(day=day, party_size=4)), person=person, by=person, now=NOW)
    Reservation.objects.exclude(pk=made.pk).update(state="done")
    Reservation.objects.filter(pk=made.pk).update(state="no_show")

    with time_machine.travel(NOW + timedelta(days=10), tick=False):
        page = text(english(client))

    assert "+ 2 uses of rooms that stood empty" in page or "uses of rooms that stood empty + 2" in page
    assert "people who came + 8" in page


def test_designated_organisations_come_first(client: Client) -> None:
    marked = make_organisation("One Roof")
    Recognition.objects.create(organisation=marked, source="test", status="valid", valid_from=NOW - timedelta(days=9))
    make_room(place=make_place(marked))
    make_room()

    page = text(english(client))

    assert "1 organisation bears the mark" in page
    assert "One Roof" in page
    assert "Mapo District Office shares" not in page


def test_home_asks_the_same_number_of_questions_for_one_room_and_for_three(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    policy, counts = make_policy(), []
    for more in (1, 2):
        for _ in range(more):
            make_room(policy=policy)
        english(client)
        with django_assert_max_num_queries(20) as asked:
            english(client)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_organisation_shows_what_it_shares(client: Client) -> None:
    room = make_room("Lecture room")
    page = text(english(client, f"/organisations/{room.organisation.slug}"))
    assert "Mapo District Office" in page
    assert "Lecture room" in page
    assert english(client, "/organisations/nobody").status_code == 404
