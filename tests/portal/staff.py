"""What the tests of the staff's pages share: another now, signing in, roles."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.test import Client
from tests.factories import NOW

from sharingcity.people.models import Grant, Person


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The clock stands at `moment`."""
    with time_machine.travel(moment, tick=False):
        yield


def sign_in(client: Client, person: Person) -> None:
    client.force_login(person)


def grant(person: Person, role: str, scope: str = "city", scope_id: int = 0, **fields: Any) -> Person:
    """`person` with a role."""
    Grant.objects.create(
        person=person, role=role, scope=scope, scope_id=scope_id, valid_from=NOW - timedelta(days=400), **fields
    )
    return person
