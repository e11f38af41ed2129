"""A resident in a browser without script, on a Monday morning."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.factories import NOW, make_fees, make_person, make_policy, make_room

DAY = "2026-11-12"  # a Thursday, ten days ahead
WHEN = f"day={DAY}&from=19:00&until=21:00&people=12"


@pytest.fixture(autouse=True)
def _monday(settings: Any) -> Iterator[None]:
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def at() -> datetime:
    return NOW


@pytest.fixture
def person(db: None) -> Any:
    return make_person()


@pytest.fixture
def resident(client: Client, person: Any) -> Client:
    client.force_login(person)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def room(db: None) -> Any:
    return make_room("Lecture room", policy=make_policy(), fees=make_fees())
