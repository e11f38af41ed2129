import re
from collections.abc import Iterator

import pytest
from django.test import Client
from tests.directory.people_of import make_owner
from tests.factories import NOW
from time_machine import travel

from sharingcity.directory.models import Membership, Organisation
from sharingcity.people.models import ApiToken, Person
from sharingcity.people.queries import sandbox_key_of

pytestmark = pytest.mark.django_db
PAGE = "/host/entry/mapo-cars/keys"


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with travel(NOW, tick=False):
        yield


def test_key_is_shown_once(client: Client, cars: Organisation) -> None:
    made = client.post(PAGE, {"name": "<b>O'Neill's test", "days": "30"})

    shown = re.search(r"shc_try_[\w-]{40,}", made.content.decode())
    assert shown
    assert made["Cache-Control"] == "private, no-store"
    key = sandbox_key_of(shown[0], NOW)
    assert key
    assert key.organisation_id == cars.pk
    page = client.get(PAGE).content.decode()
    assert shown[0] not in page
    assert shown[0][:12] + "…" in page
    assert "&lt;b&gt;O&#x27;Neill" in page
    assert "last used" in page


def test_key_is_withdrawn(client: Client, cars: Organisation) -> None:
    client.post(PAGE, {"name": "x", "days": "30"})
    number = ApiToken.objects.get().pk
    assert "no longer works" in client.post(PAGE, {"do": "withdraw", "key": number}, follow=True).content.decode()
    for again in (number, "", "x", "9" * 40):
        page = client.post(PAGE, {"do": "withdraw", "key": again}, follow=True).content.decode()
        assert "There is no such key." in page


@pytest.mark.parametrize("days", ["0", "91", "x", ""])
def test_wrong_days_are_said_beside_the_field(client: Client, cars: Organisation, days: str) -> None:
    assert client.post(PAGE, {"name": "x", "days": days}).status_code == 422
    assert not ApiToken.objects.exists()


def test_editors_have_no_keys(client: Client, cars: Organisation) -> None:
    client.force_login(make_owner(cars, "editor"))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"name": "x", "days": "30"}).status_code == 403


def test_key_of_somebody_who_left_is_marked(client: Client, cars: Organisation) -> None:
    client.post(PAGE, {"name": "x", "days": "30"})
    maker = Person.objects.get(api_tokens__isnull=False)
    client.force_login(make_owner(cars))
    assert "no longer an owner" not in client.get(PAGE).content.decode()
    Membership.objects.filter(person=maker).update(valid_until=NOW)
    assert "no longer an owner" in client.get(PAGE).content.decode()
