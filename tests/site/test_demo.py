"""The demo city: whole, plausible, alive around any instant, and made by the real operations."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from shapely.geometry import Point, shape

from sharingcity.booking.models import PolicyVersion, Reservation, Terms, WaitingEntry
from sharingcity.booking.operations.judge import ineligible
from sharingcity.directory.models import District
from sharingcity.directory.queries import designated_organisations, organisations_of
from sharingcity.kernel import city, journal
from sharingcity.kernel.calendar import is_open_throughout
from sharingcity.kernel.errors import Conflict
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.models import JournalEntry
from sharingcity.listings.models import Listing, Place
from sharingcity.partners.models import ImportRun
from sharingcity.partners.queries import freshness_of
from sharingcity.people.models import Notice, Person
from sharingcity.people.permissions import CITY, Scope, has_ability
from sharingcity.site.demo import DOMAIN, PASSWORD, DemoReport, build_demo, has_city
from sharingcity.site.demo.organisations import COMPANY, NON_PROFIT
from sharingcity.site.demo.shapes import district_shapes
from sharingcity.spaces.models import Shift
from sharingcity.spaces.queries import incidents_in, rota_gaps

# Each test's own transaction lies within the one that holds the city.
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MANAGED = "망원동주민센터"
SIGN_INS = (
    "resident", *(f"resident{n}" for n in range(2, 21)), "manager", "steward", "host", "organisation", "officer",
    "committee", "reviewer", "editor", "moderator", "admin",
)  # fmt: skip


@pytest.fixture(scope="module")
def report(django_db_setup: None, django_db_blocker: object) -> Iterator[DemoReport]:
    """One city for all tests of this module, gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield build_demo(now=NOW)
        transaction.set_rollback(True)


def _person(code: str) -> Person:
    return Person.objects.get(email=f"{code}@{DOMAIN}")


def test_build_demo_makes_a_city_of_the_size_promised(report: DemoReport) -> None:
    assert report.districts == 25
    assert 110 <= report.places <= 130
    assert 280 <= report.rooms <= 340
    assert 200 <= sum(report.reservations.values()) <= 700
    assert city.is_demo()
    assert has_city()


def test_build_demo_shows_every_state(report: DemoReport) -> None:
    assert {"held", "requested", "confirmed", "done", "declined", "cancelled", "no_show"} <= set(report.reservations)
    assert report.waiting >= 3
    assert report.closures == 3
    assert sum(report.refusals.values()) <= 12


def test_build_demo_leaves_a_journal_without_fault(report: DemoReport) -> None:
    assert list(journal.verify()) == []


def test_build_demo_tells_its_story_in_the_order_of_time(report: DemoReport) -> None:
    told: dict[str, datetime] = {}
    backwards = []
    for stream, at, event in JournalEntry.objects.order_by("stream", "number").values_list("stream", "at", "event"):
        if at < told.get(stream, at):
            backwards.append((stream, event))
        told[stream] = at

    assert backwards == []


def test_build_demo_twice_is_refused(report: DemoReport) -> None:
    with pytest.raises(Conflict) as refused:
        build_demo(now=NOW)

    assert refused.value.code == "demo.city_exists"


@pytest.mark.parametrize("code", SIGN_INS)
def test_build_demo_lets_everybody_sign_in(report: DemoReport, code: str) -> None:
    person = _person(code)

    assert person.check_password(PASSWORD)
    assert person.is_demo
    assert authenticate(None, email=person.email, password=PASSWORD) == person


def test_build_demo_gives_the_staff_their_roles(report: DemoReport) -> None:
    building = [Scope("building", Place.objects.get(names__ko=MANAGED).pk)]

    assert has_ability(_person("manager"), "decide_requests", building, NOW)
    assert not has_ability(_person("manager"), "decide_requests", [CITY], NOW)
    assert has_ability(_person("steward"), "check_in", building, NOW)
    assert has_ability(_person("officer"), "manage_listings", [CITY], NOW)
    assert has_ability(_person("admin"), "grant_roles", [CITY], NOW)
    assert not has_ability(_person("resident"), "check_in", building, NOW)


def test_build_demo_leaves_requests_for_the_manager(report: DemoReport) -> None:
    waiting = Reservation.objects.filter(state="requested", listing__place__names__ko=MANAGED)

    assert waiting.count() >= 4
    assert all(row.approval_due_at and row.approval_due_at > NOW for row in waiting)


def test_build_demo_gives_the_resident_bookings_to_come(report: DemoReport) -> None:
    states = set(_person("resident").reservations.filter(starts_at__gt=NOW).values_list("state", flat=True))

    assert {"confirmed", "requested"} <= states


def test_build_demo_leaves_nothing_that_has_run_out(report: DemoReport) -> None:
    over = Reservation.objects.filter(ends_at__lte=NOW, state__in=["held", "requested", "confirmed"])
    late = Reservation.objects.filter(state="requested", approval_due_at__lte=NOW)

    assert not over.exists()
    assert not late.exists()


def test_build_demo_leaves_evenings_partly_free(report: DemoReport) -> None:
    """Of the evenings of rooms that are booked at all, some are taken and some are left."""
    evenings = [datetime(2026, 11, 24, 10, tzinfo=UTC) + timedelta(days=n) for n in range(10)]
    coming = Reservation.objects.filter(state__in=["confirmed", "requested"], starts_at__gt=NOW)
    rooms = Listing.objects.filter(pk__in=coming.values("listing_id")).prefetch_related("hours_versions__hours")
    busy = [room for room in rooms if coming.filter(listing=room).count() >= 4]
    assert len(busy) >= 12
    open_ones = taken = 0
    for room in busy:
        for at in evenings:
            evening = Interval(at, at + timedelta(hours=1))
            rule = room.hours_versions.all()[0].hours.rule
            if is_open_throughout(rule, evening, city.zone(), city.city_calendar().holidays):
                open_ones += 1
                taken += coming.filter(listing=room, starts_at__lt=evening.ends_at, ends_at__gt=at).exists()

    assert 0.3 <= taken / open_ones <= 0.8


def test_build_demo_has_the_programmes_rules(report: DemoReport) -> None:
    rooms = Terms.objects.filter(listing__is_extra=False)
    versions = [terms.policy.versions.get() for terms in rooms.select_related("policy")]
    fees = [terms.fees.versions.get().base_minor for terms in rooms.select_related("fees") if terms.fees]

    share = lambda test: sum(map(test, versions)) / len(versions)
    assert 0.25 <= share(lambda version: version.closes_days_before == 0) <= 0.4
    assert 0.25 <= share(lambda version: version.needs_approval) <= 0.42
    assert {version.eligibility for version in versions} == {"anyone", "resident", "group", "designated"}
    assert all(version.refund_ladder == [[3, 100], [2, 90], [1, 80], [0, 0]] for version in versions)
    assert (min(fees), max(fees)) == (5_000, 280_000)
    assert 12 <= len({version.policy_id for version in versions}) <= 20


def test_build_demo_speaks_three_languages_everywhere(report: DemoReport) -> None:
    # What a partner's table brings has its own language only.
    rows = Listing.objects.filter(connector="").values_list("titles", "descriptions")
    words = [texts for titles, descriptions in rows for texts in (titles, descriptions) if texts]
    words += [names for (names,) in Place.objects.exclude(listings__connector="csv").values_list("names")]
    words += [names for (names,) in District.objects.values_list("names")]

    assert all(set(texts) == {"ko", "en", "ar"} and all(texts.values()) for texts in words)
    descriptions = [texts["ko"] for _, texts in rows if texts]
    assert len(set(descriptions)) > len(descriptions) / 2


def test_build_demo_has_a_partner_whose_table_was_brought_with_one_row_rejected(report: DemoReport) -> None:
    run = ImportRun.objects.get()

    assert (run.rows, run.created, run.rejected) == (4, 3, 1)
    assert run.feed is not None
    assert (run.feed.state, run.feed.organisation.slug) == ("by_hand", COMPANY)
    assert freshness_of(run.feed, NOW).is_fresh
    assert Listing.objects.filter(connector="csv", organisation__slug=COMPANY, state="published").count() == 3


def test_build_demo_names_rooms_without_repeating_their_building(report: DemoReport) -> None:
    rows = Listing.objects.filter(is_extra=False).select_related("place")

    assert [one.titles["ko"] for one in rows if one.place.names["ko"] in one.titles["ko"]] == []
    assert {"회의실", "다목적실"} & {one.titles["ko"] for one in rows if one.place.names["ko"] == MANAGED}


def test_build_demo_marks_organisations_so_that_rooms_for_designated_ones_can_be_asked_for(report: DemoReport) -> None:
    person = _person("organisation")
    (own,) = organisations_of(person, NOW)
    assert {one.slug for one in designated_organisations(NOW)} == {COMPANY, NON_PROFIT}
    assert own.slug == COMPANY
    version = PolicyVersion.objects.get(eligibility="designated")
    assert Listing.objects.filter(terms__policy=version.policy, state="published").count() >= 3
    assert list(ineligible(version, person, own, NOW)) == []
    assert [one.code for one in ineligible(version, person, None, NOW)] == ["booking.not_eligible"]


def test_build_demo_has_halls_of_halves_pools_and_extras(report: DemoReport) -> None:
    rooms = Listing.objects.filter(is_extra=False)
    pools = [room for room in rooms.filter(books="any") if room.units.count() == 3]
    halls = [room for room in rooms.filter(category__slug="hall") if room.units.count() == 2]

    assert len(pools) >= 3
    assert len(halls) >= 3
    assert all(unit.listings.count() == 2 for hall in halls for unit in hall.units.all())
    assert Listing.objects.filter(is_extra=True, extra_of__isnull=False).count() >= 100


def test_build_demo_puts_every_building_into_its_district(report: DemoReport) -> None:
    shapes = {row.pk: shape(row.geometry) for row in District.objects.all()}

    assert all(shapes[place.district_id].covers(Point(place.lng, place.lat)) for place in Place.objects.all())


def test_build_demo_mails_nobody(report: DemoReport) -> None:
    assert Notice.objects.exists()
    assert not Notice.objects.exclude(state="sent").exists()
    assert not DBTaskResult.objects.filter(task_path__contains="deliver_notice").exists()


def test_build_demo_keeps_a_rota_with_gaps(report: DemoReport) -> None:
    building = [Scope("building", Place.objects.get(names__ko=MANAGED).pk)]

    assert Shift.objects.filter(steward=_person("steward"), state="confirmed").count() == 3
    assert rota_gaps(building, NOW).exists()
    assert incidents_in(building).count() == 1


def test_build_demo_lets_people_wait_only_for_times_that_are_taken(report: DemoReport) -> None:
    for entry in WaitingEntry.objects.filter(state="waiting"):
        assert Reservation.objects.filter(
            listing=entry.listing,
            state__in=["confirmed", "requested"],
            starts_at__lt=entry.ends_at,
            ends_at__gt=entry.starts_at,
        ).exists()


def test_district_shapes_touch_and_never_overlap() -> None:
    shapes = list(district_shapes().values())

    overlaps = [a.intersection(b).area for i, a in enumerate(shapes) for b in shapes[i + 1 :]]
    assert max(overlaps) < 1e-6
    assert all(area.is_valid and area.geom_type == "Polygon" for area in shapes)
