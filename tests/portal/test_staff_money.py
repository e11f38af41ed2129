"""Money at the desk when all is over: a late payment, a refund beyond the rules."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.booking.acts import book
from tests.factories import NOW, make_fees, make_manager, make_room
from tests.portal.staff import at, sign_in

from sharingcity.booking.models import Payment
from sharingcity.booking.operations import cancel_reservation

pytestmark = pytest.mark.django_db


def test_late_payment_and_a_refund_beyond_the_rules_are_written_down(client: Client) -> None:
    room = make_room(fees=make_fees())
    made, manager = book(room, day=4), make_manager(room)
    cancel_reservation(reservation=made, by=made.person, now=made.starts_at - timedelta(days=2, minutes=1))
    page = f"/city/reservations/{made.code}"

    with at(NOW + timedelta(days=3)):
        sign_in(client, manager)
        assert "still open" not in client.get(page).content.decode()
        client.post(page, {"do": "pay", "amount_minor": "20000", "method": "transfer"})
        more = {"do": "refund", "refund-amount_minor": "2001", "refund-ground": "Ill", "refund-method": "none"}
        wrong = client.post(page, more)
        assert (wrong.status_code, 'value="2001"' in wrong.content.decode()) == (422, True)
        client.post(page, more | {"refund-amount_minor": "2000"})
        shown = client.get(page).content.decode()

    assert list(Payment.objects.filter(kind="refund").values_list("amount_minor", flat=True)) == [18_000, 2_000]
    assert "Give back more" not in shown


def test_refund_beyond_the_rules_is_not_offered_while_the_reservation_stands(client: Client) -> None:
    room = make_room(fees=make_fees())
    made, manager = book(room), make_manager(room)

    with at(NOW):
        sign_in(client, manager)
        page = f"/city/reservations/{made.code}"
        client.post(page, {"do": "pay", "amount_minor": "20000", "method": "transfer"})
        shown = client.get(page).content.decode()

    assert "Give back more" not in shown
