"""People and what they need, for the tests of their room."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from sharingcity.kernel.states import SYSTEM
from sharingcity.people import operations
from sharingcity.people.channels import CHANNELS, DeliveryFailed, Letter
from sharingcity.people.models import Person
from sharingcity.people.permissions import CITY, Scope

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
PASSWORD = "seven blue kettles"


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def make_person(db: None) -> Callable[..., Person]:
    """Somebody with a verified address and the password `PASSWORD`."""
    numbers = iter(range(1, 1000))

    def make(name: str = "Kim Minji", **fields: object) -> Person:
        given = {"email": f"{next(numbers)}@people.example", "language": "en", "password": PASSWORD, "now": NOW}
        return operations.create_person(name=name, **(given | fields))  # type: ignore[arg-type]

    return make


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    return make_person()


@pytest.fixture
def with_role(make_person: Callable[..., Person]) -> Callable[..., Person]:
    def make(role: str, scope: Scope = CITY) -> Person:
        found = make_person(f"The {role}")
        operations.give_role(person=found, role=role, scope=scope, by=SYSTEM, now=NOW - timedelta(days=1))
        return found

    return make


@pytest.fixture
def signed_in(client: Client) -> Callable[[Person], Client]:
    """A browser in which the person has just given their password."""

    def sign_in(person: Person) -> Client:
        answer = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return sign_in


class Gateway:
    """A real channel of the tests' own: keeps what was sent, fails as often as it is told."""

    def __init__(self) -> None:
        self.sent: list[Letter] = []
        self.failures = 0
        self.is_final = False

    def send(self, letter: Letter) -> None:
        if self.failures:
            self.failures -= 1
            raise DeliveryFailed("line busy", is_final=self.is_final)
        self.sent.append(letter)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """An SMS gateway, configured for one test."""
    found = Gateway()
    CHANNELS.register("sms", found)
    yield found
    CHANNELS._entries.pop("sms")


@pytest.fixture(autouse=True)
def outbox(settings: object, tmp_path: Path) -> Path:
    settings.EMAIL_FILE_PATH = str(tmp_path)  # type: ignore[attr-defined]
    return tmp_path
