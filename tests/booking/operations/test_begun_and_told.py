"""What has begun, and what was told which door is its own, keeps its unit: for repacks, closures and extensions."""

import pytest
from tests.booking.acts import MINUTE, active_claims, book, fresh, refused, units_of_claims
from tests.factories import NOW, make_fees, make_manager, make_room, wish

from sharingcity.booking.models import Payment
from sharingcity.booking.operations import (
    cancel_reservation,
    close_listing,
    extend_reservation,
    preview_closure,
    record_payment,
)
from sharingcity.booking.queries.claims import ENTRY_SHOWN_BEFORE
from sharingcity.listings.models import Listing, ListingUnit, Unit

pytestmark = pytest.mark.django_db

EVENING = wish().interval


def pool_and_its_first() -> tuple[Listing, Listing]:
    pool = make_room("Pool", units=2, books="any")
    single = make_room("Single", units=0, place=pool.place)
    ListingUnit.objects.create(listing=single, unit=Unit.objects.filter(listing_units__listing=pool).earliest("id"))
    return pool, single


def test_use_that_has_begun_is_not_moved_by_a_closure_but_ended_as_the_preview_says() -> None:
    pool, single = pool_and_its_first()
    manager, made = make_manager(pool), book(pool)
    own, begun = units_of_claims(made), made.starts_at + 30 * MINUTE

    hits = preview_closure(single, EVENING, begun)
    assert [(hit.can_move, hit.has_begun) for hit in hits] == [(False, True)]
    with refused("booking.closure_hits_bookings"):
        close_listing(listing=single, window=EVENING, kind="repair", reason={"en": "Pipe"}, by=manager, now=begun)
    assert (fresh(made).state, units_of_claims(made)) == ("confirmed", own)
    close_listing(
        listing=single,
        window=EVENING,
        kind="repair",
        reason={"en": "Pipe"},
        by=manager,
        now=begun,
        on_hit="cancel",
    )

    assert (fresh(made).state, active_claims(made)) == ("cancelled", [])


def test_use_that_has_begun_gets_everything_back_when_it_is_ended() -> None:
    room = make_room(fees=make_fees())
    manager, made = make_manager(room), book(room)
    record_payment(reservation=made, amount_minor=20_000, method="on_site", by=manager, now=NOW)

    close_listing(
        listing=room,
        window=EVENING,
        kind="repair",
        reason={"en": "Pipe"},
        by=manager,
        now=made.starts_at + MINUTE,
        on_hit="cancel",
    )

    assert Payment.objects.get(kind="refund").amount_minor == 20_000


@pytest.mark.parametrize(("before", "can_move"), [(ENTRY_SHOWN_BEFORE, False), (ENTRY_SHOWN_BEFORE + MINUTE, True)])
def test_closure_moves_until_the_door_code_is_shown(before: object, can_move: bool) -> None:
    pool, single = pool_and_its_first()
    made = book(pool)

    hits = preview_closure(single, EVENING, made.starts_at - before)

    assert [(hit.can_move, hit.has_begun) for hit in hits] == [(can_move, False)]


def test_unit_whose_door_code_is_shown_is_not_repacked_for_somebody_else() -> None:
    pool = make_room(units=2, books="any")
    early, last = book(pool, hour=10), book(pool, hour=10)
    after = book(pool, hour=12)
    cancel_reservation(reservation=early, by=early.person, now=NOW)
    assert units_of_claims(after) != units_of_claims(last)
    told = after.starts_at - ENTRY_SHOWN_BEFORE

    # From 11 to 13 the free unit is taken at 12 by whoever knows its door code since 11.
    with refused("booking.slot_taken"):
        book(pool, hour=11, now=told)
    assert book(pool, hour=11, now=told - MINUTE).state == "confirmed"
    assert units_of_claims(after) == units_of_claims(last)


def test_extension_keeps_the_unit_whose_door_code_is_shown() -> None:
    pool = make_room(units=3, books="any")
    first, made = book(pool, hour=10), book(pool, hour=10)
    own = units_of_claims(made)
    cancel_reservation(reservation=first, by=first.person, now=NOW)

    longer = extend_reservation(
        reservation=made, ends_at=wish(12, 10, 3).ends_at, by=made.person, now=made.starts_at - 30 * MINUTE
    )

    assert units_of_claims(longer) == own
