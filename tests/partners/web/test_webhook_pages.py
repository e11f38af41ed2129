from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings
from tests.directory.people_of import make_owned, make_owner
from tests.factories import NOW, make_organisation, make_person
from tests.partners.partner_server import Page, PartnerServer, serving
from time_machine import travel

from sharingcity.directory.models import Organisation
from sharingcity.partners.models import Webhook
from sharingcity.partners.operations.webhook_delivery import deliver
from sharingcity.partners.operations.webhooks import add_webhook

pytestmark = pytest.mark.django_db
LIST = "/host/entry/mapo-cars/webhooks"


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def partner(settings: Settings) -> Iterator[PartnerServer]:
    settings.FEED_NETWORKS = ["127.0.0.1/32"]
    with serving() as server:
        server.pages["/hook"] = Page(status=200)
        yield server


@pytest.fixture
def hook(client: Client, cars: Organisation, partner: PartnerServer) -> Webhook:
    assert client.post(LIST, {"address": f"{partner.url}/hook"}).status_code == 200
    return Webhook.objects.get()


def test_secret_is_shown_once(client: Client, cars: Organisation) -> None:
    added = client.post(LIST, {"address": "https://partner.example/hook?key='<b>"})

    assert "whsec_" in added.content.decode()
    assert added["Cache-Control"] == "private, no-store"
    hook = Webhook.objects.get()
    for path in (LIST, f"{LIST}/{hook.code}"):
        page = client.get(path).content.decode()
        assert "whsec_" not in page
        assert "&#x27;&lt;b&gt;" in page


def test_second_click_on_add_is_told_apart(client: Client, cars: Organisation) -> None:
    client.post(LIST, {"address": "https://partner.example/hook"})
    again = client.post(LIST, {"address": "https://partner.example/hook"})
    assert again.status_code == 422
    assert "This address is told already." in again.content.decode()
    assert Webhook.objects.count() == 1


def test_wrong_address_is_said_beside_the_field(client: Client, cars: Organisation) -> None:
    answer = client.post(LIST, {"address": "http://partner.example/"})
    assert answer.status_code == 422
    assert "begins with https://" in answer.content.decode()


def test_test_call_and_its_outcome_are_shown(client: Client, hook: Webhook, partner: PartnerServer) -> None:
    path = f"{LIST}/{hook.code}"
    assert "on its way" in client.post(path, {"do": "test"}, follow=True).content.decode()
    assert "Waits" in client.get(path).content.decode()
    deliver(hook.pk, lambda: NOW)
    assert "It answered 200." in client.get(path).content.decode()

    partner.pages["/hook"] = Page(status=418)
    client.post(path, {"do": "test"})
    deliver(hook.pk, lambda: NOW)
    page = client.get(path).content.decode()
    assert "Not taken" in page
    assert "It answered 418." in page


def test_pause_resume_rotate_and_delete(client: Client, hook: Webhook) -> None:
    path = f"{LIST}/{hook.code}"
    assert "Paused" in client.post(path, {"do": "pause"}, follow=True).content.decode()
    assert "has changed in the meantime" in client.post(path, {"do": "pause"}, follow=True).content.decode()
    assert "It is on again." in client.post(path, {"do": "resume"}, follow=True).content.decode()
    rotated = client.post(path, {"do": "rotate"}).content.decode()
    assert "whsec_" in rotated
    assert "The old secret signs until" in rotated
    assert client.post(path, {"do": "delete"})["Location"] == LIST
    assert client.get(path).status_code == 404


def test_webhooks_are_for_owners(client: Client, cars: Organisation, hook: Webhook) -> None:
    for person in (make_person(), make_owner(cars, "editor"), make_owner(make_organisation("Else"))):
        client.force_login(person)
        for path in (LIST, f"{LIST}/{hook.code}"):
            assert client.get(path).status_code == 403
            assert client.post(path, {"do": "delete"}).status_code == 403
    assert Webhook.objects.get().state == "active"


def test_webhook_of_another_organisation_is_not_there(client: Client, cars: Organisation) -> None:
    other, owner = make_owned("Else", slug="else")
    made = add_webhook(organisation=other, address="https://else.example/", by=owner, now=NOW).webhook
    assert client.get(f"{LIST}/{made.code}").status_code == 404
    assert client.post(f"{LIST}/{made.code}", {"do": "delete"}).status_code == 404
    assert client.post(f"{LIST}/{made.code}", {"do": "explode"}).status_code == 404


def test_editor_is_shown_no_way_to_webhooks(client: Client, cars: Organisation) -> None:
    assert LIST in client.get("/host/entry/mapo-cars/feeds").content.decode()
    client.force_login(make_owner(cars, "editor"))
    assert LIST not in client.get("/host/entry/mapo-cars/feeds").content.decode()


def test_switched_off_webhook_says_so(client: Client, hook: Webhook) -> None:
    Webhook.objects.update(state="off", last_good_at=NOW - timedelta(days=4))
    page = client.get(f"{LIST}/{hook.code}").content.decode()
    assert "nobody took our calls" in page
    assert 'value="resume"' in page
