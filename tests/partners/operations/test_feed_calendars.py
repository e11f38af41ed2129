from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import make_room
from tests.partners.feeding import NOW, make_feed, officer, run
from tests.partners.partner_server import Page, PartnerServer

from sharingcity.booking.models import Closure
from sharingcity.partners.models import BusyTime, Feed
from sharingcity.partners.operations import accept_feed, retire_feed, what_goes
from sharingcity.partners.operations.apply_busy import forget_past_times

pytestmark = pytest.mark.django_db


def event(uid: str, *lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"))


def at(day: int, hour: int, hours: int = 2) -> tuple[str, str]:
    """On the city's clock, in December 2026."""
    return (
        f"DTSTART;TZID=Asia/Seoul:202612{day:02d}T{hour:02d}0000",
        f"DTEND;TZID=Asia/Seoul:202612{day:02d}T{hour + hours:02d}0000",
    )


def publish(partner: PartnerServer, *events: str, whole: bool = True) -> str:
    text = "\r\n".join(
        ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//partner", *events, "END:VCALENDAR" if whole else "")
    )
    partner.pages["/room.ics"] = Page(body=text.encode(), kind="text/calendar")
    return f"{partner.url}/room.ics"


def ten() -> list[str]:
    return [event(f"u{day}", *at(day, 10)) for day in range(1, 11)]


@pytest.fixture
def feed(partner: PartnerServer) -> Feed:
    made = make_feed(publish(partner, *ten()), connector="icalendar", listing=make_room())
    assert run(made) == "good"
    return made


def taken() -> list[tuple[datetime, datetime]]:
    rows = Closure.objects.filter(kind="busy_elsewhere", lifted_at=None)
    return list(rows.order_by("starts_at").values_list("starts_at", "ends_at"))


def test_events_take_the_time_of_the_room(feed: Feed) -> None:
    assert len(taken()) == 10
    assert taken()[0] == (datetime(2026, 12, 1, 1, tzinfo=UTC), datetime(2026, 12, 1, 3, tzinfo=UTC))
    run_again = run(feed)
    assert run_again == "unchanged"
    assert Closure.objects.count() == 10


def test_series_days_and_zones_are_unrolled(partner: PartnerServer) -> None:
    weekly = event("w", *at(1, 10), "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Asia/Seoul:20261208T100000")
    moved = event("w", "RECURRENCE-ID;TZID=Asia/Seoul:20261215T100000", *at(16, 14))
    day = event("d", "DTSTART;VALUE=DATE:20261224")
    floating = event("f", "DTSTART:20261203T090000", "DURATION:PT1H")
    utc = event("z", "DTSTART:20261204T000000Z", "DTEND:20261204T010000Z")
    feed = make_feed(publish(partner, weekly, moved, day, floating, utc), connector="icalendar", listing=make_room())

    assert run(feed) == "good"

    assert taken() == [
        (datetime(2026, 12, 1, 1, tzinfo=UTC), datetime(2026, 12, 1, 3, tzinfo=UTC)),
        (datetime(2026, 12, 3, 0, tzinfo=UTC), datetime(2026, 12, 3, 1, tzinfo=UTC)),
        (datetime(2026, 12, 4, 0, tzinfo=UTC), datetime(2026, 12, 4, 1, tzinfo=UTC)),
        (datetime(2026, 12, 16, 5, tzinfo=UTC), datetime(2026, 12, 16, 7, tzinfo=UTC)),
        (datetime(2026, 12, 23, 15, tzinfo=UTC), datetime(2026, 12, 24, 15, tzinfo=UTC)),
    ]


def test_series_ends_at_the_horizon(partner: PartnerServer) -> None:
    daily = event("w", *at(1, 10), "RRULE:FREQ=DAILY")
    feed = make_feed(publish(partner, daily), connector="icalendar", listing=make_room())
    run(feed)
    assert 355 < len(taken()) <= 366


def test_cancelled_events_are_lifted_however_many_they_are(feed: Feed, partner: PartnerServer) -> None:
    publish(partner, *(event(f"u{day}", *at(day, 10), "STATUS:CANCELLED") for day in range(1, 11)))
    assert run(feed) == "good"
    assert taken() == []


def test_free_and_broken_events_take_nothing_and_are_told(partner: PartnerServer) -> None:
    feed = make_feed(
        publish(
            partner,
            event("a", *at(1, 10), "TRANSP:TRANSPARENT"),
            event("b", "DTSTART:nonsense"),
            event("c", "SUMMARY:no start"),
            event("d", *at(2, 10), "RRULE:FREQ=SECONDLY"),
            event("e", *at(3, 10), "RRULE:FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(60)))),
            event("f", "DTSTART:00010101T000000Z", "DTEND:00010101T010000Z", "RRULE:FREQ=DAILY"),
            event("g", "DTSTART:20261205T000000Z", "DTEND:20261205T000000Z"),
            event("h", *at(4, 10)),
        ),
        connector="icalendar",
        listing=make_room(),
    )
    assert run(feed) == "good"
    assert len(taken()) == 1
    last = feed.runs.get()
    assert (last.rows, last.created, last.rejected, last.skipped) == (8, 1, 6, 1)


def test_moved_event_moves(feed: Feed, partner: PartnerServer) -> None:
    publish(partner, event("u1", *at(1, 15)), *ten()[1:])
    assert run(feed) == "good"
    assert (datetime(2026, 12, 1, 6, tzinfo=UTC), datetime(2026, 12, 1, 8, tzinfo=UTC)) in taken()
    assert len(taken()) == 10


def test_one_event_that_is_gone_is_given_back(feed: Feed, partner: PartnerServer) -> None:
    publish(partner, *ten()[1:])
    assert run(feed) == "good"
    assert len(taken()) == 9


@pytest.mark.parametrize("left", [0, 3, 7])
def test_calendar_that_lacks_much_frees_nothing(feed: Feed, partner: PartnerServer, left: int) -> None:
    publish(partner, *ten()[:left])
    assert run(feed) == "held_back"
    assert len(taken()) == 10
    assert (feed.state, feed.quarantine["vanished"]) == ("quarantined", 10 - left)

    accept_feed(feed=feed, vanished=10 - left, by=officer("Officer Han"), now=NOW)
    assert run(feed) == "good"
    assert len(taken()) == left


def test_calendar_that_breaks_off_frees_nothing(feed: Feed, partner: PartnerServer) -> None:
    publish(partner, *ten()[:9], whole=False)
    assert run(feed) == "failed"
    assert (feed.problem_code, len(taken())) == ("import.not_a_calendar", 10)


def test_times_that_are_over_count_for_nothing(feed: Feed, partner: PartnerServer) -> None:
    later = datetime(2026, 12, 9, tzinfo=UTC)
    publish(partner, *ten()[8:])
    assert run(feed, later) == "good"
    assert len(taken()) == 10
    assert forget_past_times(later) == 8


def test_giving_up_frees_what_the_calendar_had_taken(feed: Feed) -> None:
    assert what_goes(feed, NOW).times == 10
    retire_feed(feed=feed, by=officer("Officer Han"), now=NOW)
    assert taken() == []
    assert not BusyTime.objects.exists()


def test_worker_that_dies_half_way_leaves_the_rest_for_the_next(partner: PartnerServer) -> None:
    feed = make_feed(publish(partner, *ten()), connector="icalendar", listing=make_room())
    run(feed)
    BusyTime.objects.filter(starts_at__gt=NOW + timedelta(days=12)).delete()
    Feed.objects.update(digest="")

    assert run(feed) == "good"

    assert len(taken()) == 10
    assert BusyTime.objects.count() == 10
