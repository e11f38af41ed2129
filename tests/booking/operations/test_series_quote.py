"""A series is priced and judged date by date before it is booked, on the page and in the API."""

import json
from datetime import date

import pytest
import time_machine
from django.test import Client
from tests.booking.acts import book, refused
from tests.factories import NOW, make_fees, make_person, make_policy, make_room, order, wish

from sharingcity.booking.models import FeeSchedule, FeeVersion, Reservation
from sharingcity.booking.operations import quote_series, request_series

pytestmark = pytest.mark.django_db

THURSDAYS = [date(2026, 11, day) for day in (12, 19, 26)]


def dearer_from(schedule: FeeSchedule, day: date) -> None:
    FeeVersion.objects.filter(schedule=schedule).update(valid_until=day)
    FeeVersion.objects.create(
        schedule=schedule,
        base_minor=50_000,
        extra_minor=0,
        base_minutes=120,
        extra_minutes=60,
        currency="KRW",
        valid_from=day,
    )


def test_series_quote_prices_every_date_by_its_own_fees_as_booking_does() -> None:
    fees = make_fees()
    dearer_from(fees, THURSDAYS[2])
    room, person = make_room(fees=fees), make_person()

    found = quote_series(order=order(room), dates=THURSDAYS, now=NOW, person=person)
    made = request_series(order=order(room), dates=THURSDAYS, person=person, by=person, now=NOW)

    assert [(one.day, one.quote.total_minor) for one in found.dates] == list(
        zip(THURSDAYS, (20_000, 20_000, 50_000), strict=True)
    )
    assert found.total_minor == sum(one.total_minor for one in made.reservations) == 90_000


def test_series_quote_totals_only_what_can_be_had_and_names_the_rest() -> None:
    room = make_room(fees=make_fees())
    book(room, day=19)

    found = quote_series(order=order(room), dates=THURSDAYS, now=NOW)

    assert [[rule.code for rule in one.quote.broken] for one in found.dates] == [[], ["booking.slot_taken"], []]
    assert (found.total_minor, [one.day.day for one in found.bookable]) == (40_000, [12, 26])


def test_series_quote_does_not_mind_dates_beyond_the_window_but_keeps_the_series_own_limits() -> None:
    room = make_room(policy=make_policy(opens_days_before=7, series_max_dates=3))

    assert len(quote_series(order=order(room, wish(5)), dates=THURSDAYS, now=NOW).bookable) == 3
    with refused("booking.series_too_long"):
        quote_series(order=order(room), dates=[*THURSDAYS, date(2026, 12, 3)], now=NOW)
    with refused("booking.series_empty"):
        quote_series(order=order(room), dates=[], now=NOW)


def test_series_quote_writes_nothing() -> None:
    quote_series(order=order(make_room()), dates=THURSDAYS, now=NOW, person=make_person())

    assert not Reservation.objects.exists()


def ask(client: Client, **more: object) -> tuple[int, dict[str, object]]:
    room = make_room(fees=make_fees())
    body = {"listing": room.code, "starts_at": "2026-11-12T19:00:00+09:00", "ends_at": "2026-11-12T21:00:00+09:00"}
    with time_machine.travel(NOW, tick=False):
        answer = client.post("/api/v1/quotes", json.dumps(body | more), content_type="application/json")
    return answer.status_code, answer.json()


@pytest.mark.parametrize("asked", [{"rrule": "FREQ=WEEKLY;COUNT=3"}, {"dates": [day.isoformat() for day in THURSDAYS]}])
def test_api_quotes_a_series_by_rule_or_by_dates(client: Client, asked: dict[str, object]) -> None:
    status, found = ask(client, **asked)

    assert (status, found["total"]) == (200, {"amount_minor": 20_000, "currency": "KRW"})
    series = found["series"]
    assert isinstance(series, dict)
    assert series["total"] == {"amount_minor": 60_000, "currency": "KRW"}
    assert [one["date"] for one in series["dates"]] == [day.isoformat() for day in THURSDAYS]


def test_api_quotes_a_single_time_as_before_and_refuses_an_endless_rule(client: Client) -> None:
    assert ask(client)[1]["series"] is None
    status, found = ask(client, rrule="FREQ=DAILY")
    assert (status, found["code"]) == (422, "booking.series_too_long")
