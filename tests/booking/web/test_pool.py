"""Several of a pool, booked together on the pages."""

from typing import Any

import pytest
from django.test import Client
from tests.booking.web.conftest import WHEN
from tests.booking.web.flow import book, check_page, text
from tests.factories import make_fees, make_room

from sharingcity.booking.models import Claim, Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool() -> Any:
    return make_room("Practice booths", units=3, books="any", fees=make_fees())


def test_two_of_a_pool_are_booked_together(resident: Client, pool: Any) -> None:
    step_three = check_page(resident, pool, when=f"{WHEN}&number=2")
    shown = text(step_three)
    done = book(resident, step_three)

    assert "₩40,000" in shown
    assert "How many 2" in shown
    assert Item.objects.get().quantity == 2
    assert Claim.objects.filter(active=True).count() == 2
    assert "How many 2" in text(done)


def test_more_than_there_are_are_no_choice(resident: Client, pool: Any) -> None:
    step_three = check_page(resident, pool, when=f"{WHEN}&number=50")
    book(resident, step_three)

    assert Item.objects.get().quantity == 3


def test_way_back_keeps_how_many(resident: Client, pool: Any) -> None:
    step_three = check_page(resident, pool, when=f"{WHEN}&number=2")

    assert "number=2" in step_three.context["when_url"]
