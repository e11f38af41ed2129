from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.factories import NOW, make_person, make_policy, make_room, order, wish
from tests.partners.published_table import room, rooms, write_csv

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations import Order, request_reservation
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import Listing
from sharingcity.partners.operations import claim_imported, run_import
from sharingcity.partners.queries import retired_with_bookings, waiting_counts
from sharingcity.people.models import Person

pytestmark = pytest.mark.django_db


def bring(location: str, days: int = 0) -> None:
    now = NOW + timedelta(days=days)
    run_import(
        connector_name="kr-open-facilities", location=location, by=SYSTEM, now=now, today=local_date(now), force=True
    )


def book(asked: Order) -> Reservation:
    person = make_person()
    return request_reservation(order=asked, person=person, by=person, now=NOW)


def listing(number: int) -> Listing:
    return Listing.objects.select_related("place").get(titles__ko=f"당산2동주민센터 {number}호")


@pytest.fixture
def body(tmp_path: Path) -> Person:
    """Somebody of the managing body of six imported rooms."""
    bring(write_csv(tmp_path, *rooms(6)))
    person = make_person("Manager Han")
    person.grants.create(
        role="manager", scope="organisation", scope_id=listing(1).organisation_id, valid_from=NOW - timedelta(days=9)
    )
    return person


def test_claimed_listing_is_booked_here(body: Person) -> None:
    policy = make_policy(listing(1).organisation)

    claimed = claim_imported(listing=listing(1), policy=policy, by=body, now=NOW)

    assert (claimed.booking, claimed.units.count(), claimed.terms.policy) == ("here", 1, policy)
    reservation = book(order(claimed, wish(hour=10)))
    assert reservation.state in ("held", "requested", "confirmed")


def test_claimed_listing_stays_bookable_through_the_next_import(body: Person, tmp_path: Path) -> None:
    claim_imported(listing=listing(1), policy=make_policy(), by=body, now=NOW)

    bring(write_csv(tmp_path, room(1, 수용가능인원수="50"), *rooms(6)[1:]), days=1)

    assert (listing(1).booking, listing(1).capacity) == ("here", 50)


def test_claim_by_a_stranger_is_refused(body: Person) -> None:
    with pytest.raises(NotAllowed):
        claim_imported(listing=listing(1), policy=make_policy(), by=make_person(), now=NOW)
    assert listing(1).booking == "elsewhere"


def test_claim_without_hours_is_refused(body: Person, tmp_path: Path) -> None:
    bring(write_csv(tmp_path, room(1, 휴관일="달이 차는 날"), *rooms(6)[1:]), days=1)

    with pytest.raises(Refusal) as refused:
        claim_imported(listing=listing(1), policy=make_policy(), by=body, now=NOW + timedelta(days=2))
    assert refused.value.code == "claim.hours_missing"


def test_second_claim_is_refused(body: Person) -> None:
    claim_imported(listing=listing(1), policy=make_policy(), by=body, now=NOW)

    with pytest.raises(Conflict) as refused:
        claim_imported(listing=listing(1), policy=make_policy(), by=body, now=NOW)
    assert refused.value.code == "claim.taken"


def test_what_was_entered_here_is_not_claimed() -> None:
    with pytest.raises(Conflict) as refused:
        claim_imported(listing=make_room(), policy=make_policy(), by=SYSTEM, now=NOW)
    assert refused.value.code == "claim.not_imported"


def test_retired_listing_with_bookings_waits_until_they_have_ended(body: Person, tmp_path: Path) -> None:
    claimed = claim_imported(listing=listing(1), policy=make_policy(), by=body, now=NOW)
    reservation = book(order(claimed, wish(day=12, hour=10)))
    assert retired_with_bookings(NOW) == []

    bring(write_csv(tmp_path, *rooms(6)[1:]), days=1)

    assert listing(1).state == "retired"
    assert Reservation.objects.get(pk=reservation.pk).state == reservation.state
    assert [(found.listing, found.bookings) for found in retired_with_bookings(NOW + timedelta(days=1))] == [
        (claimed, 1)
    ]
    assert waiting_counts(NOW + timedelta(days=1)) == {"differences": 0, "retired_with_bookings": 1, "feeds": 0}
    assert retired_with_bookings(datetime(2026, 11, 20, tzinfo=UTC)) == []
