"""A closing unit of a pool: whoever is on it goes to a unit that is free, past closures and fixed claims."""

import pytest
from tests.factories import NOW, make_manager, make_person, make_room, order, wish

from sharingcity.booking.models import Claim
from sharingcity.booking.operations import close_listing, request_reservation
from sharingcity.kernel.errors import Refusal
from sharingcity.listings.models import Listing, ListingUnit

pytestmark = pytest.mark.django_db


def single_of(pool: Listing, position: int) -> Listing:
    """A listing that books one unit of the pool alone, as the manager closes it."""
    unit = ListingUnit.objects.filter(listing=pool).order_by("unit_id")[position].unit
    single = make_room(place=pool.place, units=0)
    ListingUnit.objects.create(listing=single, unit=unit)
    return single


def test_claim_is_not_moved_onto_a_unit_that_is_closed() -> None:
    pool = make_room(units=2, books="any")
    manager, person = make_manager(pool), make_person()
    request_reservation(order=order(pool), person=person, by=person, now=NOW)
    taken = Claim.objects.get()
    first, other = (single_of(pool, place) for place in (0, 1))
    window = wish().interval
    close_listing(listing=other, window=window, kind="repair", reason={"en": "Lamp"}, by=manager, now=NOW)

    with pytest.raises(Refusal) as refused:
        close_listing(listing=first, window=window, kind="repair", reason={"en": "Lamp"}, by=manager, now=NOW)

    assert refused.value.code == "booking.closure_hits_bookings"
    taken.refresh_from_db()
    assert taken.active


def test_claim_moves_to_the_free_unit() -> None:
    pool = make_room(units=2, books="any")
    manager, person = make_manager(pool), make_person()
    reservation = request_reservation(order=order(pool), person=person, by=person, now=NOW)
    before = Claim.objects.get()
    first = single_of(pool, 0)

    close_listing(listing=first, window=wish().interval, kind="repair", reason={"en": "Lamp"}, by=manager, now=NOW)

    after = Claim.objects.get(item__reservation=reservation)
    assert (after.unit_id != before.unit_id, after.active) == (True, True)
