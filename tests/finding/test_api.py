"""Finding over the API: the contract's parameters, shapes and errors."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from sharingcity.booking.operations.request import request_reservation
from sharingcity.kernel.city import zone
from sharingcity.kernel.intervals import Interval
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharingcity.finding.api.clock_now", lambda: NOW)


def ask(client: Client, **parameters: Any) -> dict[str, Any]:
    response = client.get("/api/v1/listings", parameters)
    assert response.status_code == 200, response.content
    return dict(response.json())


def local(span: Interval) -> dict[str, str]:
    return {name: getattr(span, name).astimezone(zone()).isoformat() for name in ("starts_at", "ends_at")}


def test_listings_have_the_shape_of_the_contract(client: Client) -> None:
    room = make.make_room("Meeting room", hour_fee_minor=10_000, access=3, capacity=12)
    wish = make.wish(12, 19, 2).interval

    found = ask(client, **local(wish), party_size=12, near="37.5563,126.9106")

    assert found["count"] == {"value": 1, "is_exact": True}
    assert found["next"] is None
    (result,) = found["results"]
    assert result == {
        "id": room.code,
        "kind": "space",
        "title": "Meeting room",
        "booking": "here",
        "category": None,
        "place": {"name": "주민센터", "district": "마포구", "lat": 37.5563, "lng": 126.9106},
        "organisation": {
            "id": room.organisation.code,
            "slug": room.organisation.slug,
            "name": "Mapo District Office",
        },
        "fee": {"amount_minor": 10_000, "currency": "KRW", "per_minutes": 60},
        "capacity": 12,
        "spots": None,
        "first_date": None,
        "last_date": None,
        "access": ["step_free", "lift"],
        "unit_count": 1,
        "first_slot": local(wish),
        "distance_m": 0,
        "live": None,
        "url": f"http://testserver/listings/{room.code}/meeting-room",
    }


def test_listings_flexible_time_crosses_midnight(client: Client) -> None:
    make.make_room(hours="Mo-Su 20:00-03:00")

    found = ask(
        client, date_from="2026-11-12", date_to="2026-11-12", time_from="23:00", time_to="02:00", duration_minutes=180
    )

    assert found["results"][0]["first_slot"] == {
        "starts_at": "2026-11-12T23:00:00+09:00",
        "ends_at": "2026-11-13T02:00:00+09:00",
    }


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"limit": "201"}, "limit"),
        ({"limit": "0"}, "limit"),
        ({"kind": "boat"}, "kind"),
        ({"near": "here"}, "near"),
        ({"near": "137.5,26.9"}, "near"),
        ({"bbox": "1,2,3"}, "bbox"),
        ({"district": "atlantis"}, "district"),
        ({"access": "wings"}, "access"),
        ({"sort": "distance"}, "near"),
        ({"starts_at": "2026-11-12T19:00:00+09:00"}, "ends_at"),
        ({"starts_at": "2026-11-12T19:00:00+09:00", "ends_at": "2026-11-12T18:00:00+09:00"}, "ends_at"),
        ({"date_from": "2026-11-12", "date_to": "2026-11-11"}, "date_to"),
        ({"date_from": "2026-11-31"}, "date_from"),
        ({"q": "a\x00b"}, "q"),
        ({"district": "\x00"}, "district"),
        ({"date_from": "0001-01-01"}, "date_from"),
        ({"starts_at": "9999-12-31T23:00:00Z", "ends_at": "9999-12-31T23:30:00Z"}, "ends_at"),
        ({"starts_at": "0001-01-01T00:00:00+09:00", "ends_at": "2026-12-31T23:30:00Z"}, "ends_at"),
        ({"cursor": "???"}, "cursor"),
        ({"cursor": "WyJ4IiwwLDFd"}, "cursor"),
    ],
)
def test_listings_refuse_what_they_cannot_read(client: Client, parameters: dict[str, str], field: str) -> None:
    response = client.get("/api/v1/listings", parameters)

    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["code"] == "request.invalid"
    assert [error["field"].split(".")[-1] for error in problem["errors"]] == [field]


def test_listings_forgive_an_unescaped_plus(client: Client) -> None:
    make.make_room()

    response = client.get("/api/v1/listings?starts_at=2026-11-12T19:00:00+09:00&ends_at=2026-11-12T21:00:00+09:00")

    assert response.json()["count"]["value"] == 1


def test_listing_detail_tells_hours_and_next_free_time(client: Client) -> None:
    room = make.make_room(hours="Mo-Su 09:00-22:00")

    found = client.get(f"/api/v1/listings/{room.code}").json()

    assert found["hours"] == [
        {"rule": "Mo-Su 09:00-22:00", "closed_on": [], "valid_from": "2020-01-01", "valid_until": None}
    ]
    assert found["first_slot"] == local(Interval(NOW, NOW + timedelta(hours=1)))


def test_listing_unknown_is_a_problem(client: Client) -> None:
    response = client.get("/api/v1/listings/NOSUCHCODE/availability")

    assert (response.status_code, response.json()["code"]) == (404, "listing.unknown")


def test_availability_tells_times_and_nobody(client: Client) -> None:
    room = make.make_room(hours="Mo-Su 09:00-22:00", turnaround_minutes=30)
    person = make.make_person("Kim Secret")
    for hour in (12, 15):
        request_reservation(order=make.order(room, make.wish(12, hour, 2)), person=person, by=person, now=NOW)

    response = client.get(
        f"/api/v1/listings/{room.code}/availability",
        {"from": "2026-11-12T00:00:00+09:00", "to": "2026-11-13T00:00:00+09:00"},
    )

    hours = {
        name: [(span["starts_at"][11:16], span["ends_at"][11:16]) for span in spans]
        for name, spans in response.json().items()
    }
    assert hours == {
        "open": [("09:00", "22:00")],
        "busy": [("12:00", "14:00"), ("15:00", "17:00")],
        "free": [("09:00", "11:30"), ("17:30", "22:00")],
    }
    assert "Secret" not in response.content.decode()


@pytest.mark.parametrize("rooms", [1, 3])
def test_listings_cost_the_same_queries_for_one_and_three(
    client: Client, rooms: int, django_assert_num_queries: Any
) -> None:
    policy = make.make_policy()
    for number in range(rooms):
        make.make_room(f"Room {number}", policy=policy)

    with django_assert_num_queries(6):  # calendar, policies, hours, candidates, listings, units
        ask(client, **local(make.wish().interval))


@pytest.mark.parametrize("path", ["a%00b", "a%00b/availability", "x/availability?from=9999-12-31T23:59:59Z"])
def test_strange_addresses_are_refused_not_broken(client: Client, path: str) -> None:
    assert client.get(f"/api/v1/listings/{path}").status_code in (404, 422)
