"""Many dates in one go."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings
from tests.booking.acts import book, refused
from tests.factories import NOW, make_person, make_policy, make_room, order, wish

from sharingcity.booking.models import Attempt, Reservation, Series
from sharingcity.booking.operations import dates_of_rule, request_series
from sharingcity.booking.operations.series import MadeSeries, OnConflict
from sharingcity.booking.rules.wish import Wish
from sharingcity.kernel.models import JournalEntry
from sharingcity.listings.models import Listing
from sharingcity.people.models import Person

pytestmark = pytest.mark.django_db

THURSDAYS = [date(2026, 11, 12) + timedelta(days=7 * week) for week in range(20)]


def ask(
    room: Listing,
    dates: list[date],
    *,
    person: Person | None = None,
    on_conflict: OnConflict = "fail",
    the_wish: Wish | None = None,
    now: datetime = NOW,
) -> MadeSeries:
    person = person or make_person()
    return request_series(
        order=order(room, the_wish), dates=dates, person=person, by=person, now=now, on_conflict=on_conflict
    )


def test_series_of_sixteen_dates_beyond_the_booking_window_is_booked() -> None:
    made = ask(make_room(), THURSDAYS[:16])

    assert [r.state for r in made.reservations] == ["confirmed"] * 16
    assert made.reservations[-1].starts_at == wish().starts_at + timedelta(days=7 * 15)
    assert {r.series_id for r in made.reservations} == {made.series.pk}


def test_series_has_at_most_the_dates_and_months_of_the_policy() -> None:
    with refused("booking.series_too_long") as long:
        ask(make_room(), THURSDAYS[:17])
    assert long["limit"] == 16
    with refused("booking.series_too_far") as far:
        ask(make_room(), [date(2026, 11, 12), date(2027, 3, 13)])
    assert far["limit_months"] == 4
    assert len(ask(make_room(), [date(2026, 11, 12), date(2027, 3, 12)]).reservations) == 2
    with refused("booking.series_empty"):
        ask(make_room(), [])


def test_series_still_keeps_the_other_end_of_the_window() -> None:
    with refused("booking.series_conflicts") as found:
        ask(make_room(policy=make_policy(closes_days_before=5)), [date(2026, 11, 5), date(2026, 11, 12)])
    assert [(c["date"], c["code"]) for c in found["conflicts"]] == [("2026-11-05", "booking.too_late")]


def test_series_with_conflicts_tells_them_all_and_books_nothing() -> None:
    room = make_room()
    book(room, day=19)
    book(room, day=26, hour=20)
    before = (Reservation.objects.count(), JournalEntry.objects.count())

    with refused("booking.series_conflicts") as found:
        ask(room, THURSDAYS[:4])

    assert found["status"] == 409
    assert [(c["date"], c["code"]) for c in found["conflicts"]] == [
        ("2026-11-19", "booking.slot_taken"),
        ("2026-11-26", "booking.slot_taken"),
    ]
    assert (Reservation.objects.count(), JournalEntry.objects.count()) == before
    assert not Series.objects.exists()
    assert Attempt.objects.get().code == "booking.series_conflicts"


def test_series_skips_conflicts_when_told_to_and_remembers_them() -> None:
    room = make_room()
    book(room, day=19)

    made = ask(room, THURSDAYS[:3], on_conflict="skip")

    assert [r.starts_at.day for r in made.reservations] == [12, 26]
    assert made.series.skipped_dates == ["2026-11-19"]
    assert [s["code"] for s in made.skipped] == ["booking.slot_taken"]


def test_series_of_which_nothing_is_left_is_refused() -> None:
    room = make_room()
    book(room, day=12)

    with refused("booking.series_conflicts"):
        ask(room, [date(2026, 11, 12)], on_conflict="skip")
    assert not Series.objects.exists()


def test_series_stops_at_the_month_s_quota() -> None:
    room = make_room(policy=make_policy(person_uses_per_month=2))

    made = ask(room, THURSDAYS[:4], on_conflict="skip")

    assert [r.starts_at.month for r in made.reservations] == [11, 11, 12]
    assert [(s["date"], s["code"]) for s in made.skipped] == [("2026-11-26", "booking.quota_exceeded")]


def test_series_names_a_date_twice_and_gets_it_once() -> None:
    assert len(ask(make_room(), [THURSDAYS[0], THURSDAYS[0]]).reservations) == 1


def test_series_keeps_the_clock_on_the_wall_over_a_clock_change(settings: Settings) -> None:
    settings.CITY_ZONE = "Europe/Berlin"
    room = make_room()
    starts_at = datetime(2027, 3, 22, 18, tzinfo=UTC)  # 19:00 in winter
    monday = Wish(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))

    made = ask(room, [date(2027, 3, 22), date(2027, 3, 29)], the_wish=monday, now=datetime(2027, 3, 1, tzinfo=UTC))

    assert [r.starts_at.hour for r in made.reservations] == [18, 17]
    assert {r.ends_at - r.starts_at for r in made.reservations} == {timedelta(hours=2)}


def test_dates_of_a_rule_are_read_and_nonsense_is_refused() -> None:
    assert dates_of_rule("FREQ=WEEKLY;COUNT=3", date(2026, 11, 12)) == THURSDAYS[:3]
    assert dates_of_rule("FREQ=MONTHLY;BYDAY=2TH;COUNT=2", date(2026, 11, 12)) == [
        date(2026, 11, 12),
        date(2026, 12, 10),
    ]
    for wrong in ("", "EVERY THURSDAY", "FREQ=SOMETIMES", "FREQ=WEEKLY;COUNT=x", "FREQ=WEEKLY;UNTIL=20261301"):
        with refused("booking.bad_recurrence"):
            dates_of_rule(wrong, date(2026, 11, 12))


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"]
)
def test_rule_without_end_is_read_only_so_far_and_quickly(rule: str) -> None:
    began = datetime.now(tz=UTC)

    assert len(dates_of_rule(rule, date(2026, 11, 12))) <= 400
    assert datetime.now(tz=UTC) - began < timedelta(seconds=5)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY",
        "FREQ=MONTHLY;BYMONTHDAY=30;INTERVAL=0",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=99999999999",
        "FREQ=DAILY;UNTIL=X",
        "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=YEARLY;WKST=MO\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ",
        "",
    ],
)
def test_rule_that_is_none_of_days_is_refused_at_once(rule: str) -> None:
    with refused("booking.bad_recurrence"):
        dates_of_rule(rule, date(2026, 11, 12))


def test_rule_may_come_in_small_letters_and_with_its_name() -> None:
    assert dates_of_rule("RRULE:freq=weekly;until=20261120", date(2026, 11, 12)) == THURSDAYS[:2]


def test_series_at_the_ends_of_the_calendar_is_refused() -> None:
    for day in (date.min, date.max):
        with refused("booking.too_far"):
            ask(make_room(), [date(2026, 11, 12), day])
