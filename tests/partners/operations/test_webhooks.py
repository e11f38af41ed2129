"""Webhooks from a change to the call and back: signed, in order, at least once, never with a booking in it."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from tests.booking.acts import book
from tests.directory.people_of import make_officer, make_owned, make_owner
from tests.factories import (
    NOW,
    make_member,
    make_person,
    make_place,
    make_policy,
    make_room,
    make_service,
)
from tests.partners.partner_server import Page, PartnerServer, closed_port, serving

from sharingcity.directory.models import Organisation
from sharingcity.directory.operations import merge_organisations, retire_service
from sharingcity.kernel.db import write
from sharingcity.kernel.projections import projection_faults
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.drafts import Source
from sharingcity.listings.models import Listing
from sharingcity.listings.operations import change_listing
from sharingcity.listings.operations.recording import record_batch
from sharingcity.partners.models import Webhook, WebhookMessage
from sharingcity.partners.operations.webhook_delivery import deliver
from sharingcity.partners.operations.webhook_gathering import gather_changes
from sharingcity.partners.operations.webhooks import (
    add_webhook,
    delete_webhook,
    pause_webhook,
    resume_webhook,
    rotate_secret,
    send_test,
)
from sharingcity.people.models import Notice, Person

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def partner(settings: Settings) -> Iterator[PartnerServer]:
    settings.FEED_NETWORKS = ["127.0.0.1/32"]
    with serving() as server:
        server.pages["/hook"] = Page(body=b"{}", status=204)
        yield server


class Hooked:
    """An organisation with a room, an owner, a webhook and the clock of its worker."""

    def __init__(self, partner: PartnerServer) -> None:
        self.organisation, self.owner = make_owned("O'Brien's <tools>", slug="obrien")
        self.room = make_room("방 & room", place=make_place(self.organisation))
        self.partner, self.now = partner, NOW
        added = add_webhook(organisation=self.organisation, address=f"{partner.url}/hook", by=self.owner, now=NOW)
        self.webhook, self.secret = added.webhook, added.secret

    def change(self, **changes: Any) -> None:
        self.now += MINUTE
        change_listing(listing=Listing.objects.get(pk=self.room.pk), changes=changes, by=SYSTEM, now=self.now)

    def work(self, at: datetime | None = None) -> int:
        self.now = at or self.now + MINUTE
        gather_changes(self.now)
        arrived = deliver(self.webhook.pk, lambda: self.now)
        self.webhook.refresh_from_db()
        return arrived

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _headers, body in self.partner.posted]

    @property
    def changes(self) -> list[tuple[str, str]]:
        return [(line["type"], line["id"]) for said in self.told for line in said["data"]["changes"]]


@pytest.fixture
def hooked(partner: PartnerServer) -> Hooked:
    return Hooked(partner)


def _holds(headers: dict[str, str], body: bytes, secret: str) -> bool:
    """The check of the Standard Webhooks specification, written from its text."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mark = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return mark in headers["webhook-signature"].split(" ")


def test_change_is_told_once_signed_and_without_content(hooked: Hooked) -> None:
    hooked.change(capacity=12)
    hooked.change(capacity=13)

    assert hooked.work() == 1
    sent_at = hooked.now
    assert hooked.work() == 0

    headers, body = hooked.partner.posted[0]
    assert hooked.told[0]["type"] == "entries.changed"
    assert hooked.changes == [("listing.changed", hooked.room.code)]
    assert hooked.told[0]["data"]["organisation"] == hooked.organisation.code
    assert _holds(headers, body, hooked.secret)
    assert not _holds(headers, body + b" ", hooked.secret)
    assert int(headers["webhook-timestamp"]) == int(sent_at.timestamp())
    assert headers["content-type"].startswith("application/json")
    assert set(hooked.told[0]["data"]["changes"][0]) == {"type", "id", "at", "page", "api"}


def test_what_was_before_the_webhook_is_not_told(hooked: Hooked) -> None:
    assert hooked.work() == 0
    assert hooked.partner.posted == []


def test_services_and_retirements_are_told(hooked: Hooked) -> None:
    service = make_service("Tools", hooked.organisation)
    retire_service(service=service, by=hooked.owner, now=NOW, reason="No more tools, says Kim Minji.")

    hooked.work()

    assert hooked.changes == [("service.retired", service.code)]
    assert "Kim Minji" not in str(hooked.told)


def test_bookings_members_and_other_organisations_are_never_in_it(hooked: Hooked) -> None:
    other = make_room("Elsewhere", policy=make_policy())
    booker: Person = make_person("Booker")
    book(make_room("Bookable", place=hooked.room.place, policy=make_policy(hooked.organisation)), booker)
    book(other, booker)
    make_member(hooked.organisation)

    hooked.work()

    assert hooked.told == []


def test_drafts_stay_unknown(hooked: Hooked) -> None:
    Listing.objects.filter(pk=hooked.room.pk).update(state="draft")
    hooked.change(capacity=3)
    hooked.work()
    assert hooked.told == []


def test_many_changes_are_one_call_for_five_hundred(hooked: Hooked) -> None:
    rooms = Listing.objects.bulk_create(
        Listing(
            kind="space",
            titles={"en": str(number)},
            organisation=hooked.organisation,
            place=hooked.room.place,
            created_at=NOW,
            changed_at=NOW,
            state="published",
        )
        for number in range(1201)
    )
    with write():
        record_batch(rooms, "create", SYSTEM, NOW, Source(name="a feed"))

    assert hooked.work() == 3
    assert [len(said["data"]["changes"]) for said in hooked.told] == [500, 500, 201]
    assert {what for what, _code in hooked.changes} == {"listing.created"}


def test_failing_server_is_called_again_with_the_same_id_and_a_new_signature(hooked: Hooked) -> None:
    hooked.partner.pages["/hook"] = Page(status=500)
    hooked.change(capacity=12)
    assert hooked.work() == 0
    assert hooked.webhook.failures == 1
    assert hooked.work(hooked.now) == 0, "its time has not come"
    assert len(hooked.partner.posted) == 1

    hooked.partner.pages["/hook"] = Page(status=200)
    assert hooked.work(hooked.now + MINUTE) == 1

    (first, body), (second, again) = hooked.partner.posted
    assert first["webhook-id"] == second["webhook-id"]
    assert body == again
    assert first["webhook-timestamp"] != second["webhook-timestamp"]
    assert _holds(second, again, hooked.secret)
    assert hooked.webhook.failures == 0


@pytest.mark.parametrize("status", [301, 302, 400, 404, 500])
def test_only_two_hundreds_count_and_no_redirect_is_followed(hooked: Hooked, status: int) -> None:
    hooked.partner.pages["/hook"] = Page(status=status, headers={"Location": f"{hooked.partner.url}/elsewhere"})
    hooked.change(capacity=12)
    assert hooked.work() == 0
    assert len(hooked.partner.posted) == 1
    assert WebhookMessage.objects.get().status == status


def test_order_is_kept_while_one_fails(hooked: Hooked) -> None:
    hooked.partner.pages["/hook"] = Page(status=503, headers={"Retry-After": "1800"})
    hooked.change(capacity=12)
    hooked.work()
    assert hooked.webhook.next_try_at is not None
    assert hooked.webhook.next_try_at - hooked.now == timedelta(minutes=30)
    make_service("Tools", hooked.organisation)
    hooked.change(capacity=14)
    hooked.work()

    hooked.partner.pages["/hook"] = Page(status=200)
    assert hooked.work(hooked.now + timedelta(hours=1)) == 2
    names = [headers["webhook-id"] for headers, _body in hooked.partner.posted]
    assert names[0] == names[1]
    assert names[2] != names[1]


def test_after_three_days_it_is_off_and_its_owners_are_told(hooked: Hooked) -> None:
    second_owner = make_owner(hooked.organisation)
    make_owner(hooked.organisation, "editor")
    hooked.partner.pages["/hook"] = Page(status=500)
    hooked.change(capacity=12)
    began = hooked.now
    hooked.work()
    while hooked.webhook.state == "active":
        assert hooked.webhook.next_try_at is not None
        hooked.work(hooked.webhook.next_try_at)

    assert timedelta(days=2.5) < hooked.now - began < timedelta(days=4)
    assert hooked.webhook.state == "off"
    assert set(Notice.objects.filter(code="partners.webhook_off").values_list("person_id", flat=True)) == {
        hooked.owner.pk,
        second_owner.pk,
    }

    hooked.change(capacity=15)
    calls = len(hooked.partner.posted)
    hooked.work()
    assert len(hooked.partner.posted) == calls
    hooked.partner.pages["/hook"] = Page(status=200)
    resume_webhook(webhook=hooked.webhook, by=hooked.owner, now=hooked.now)
    assert hooked.work() == 2, "what waited, and what changed while it was off"
    assert list(projection_faults()) == []


def test_gone_switches_off_at_once(hooked: Hooked) -> None:
    hooked.partner.pages["/hook"] = Page(status=410)
    hooked.change(capacity=12)
    hooked.work()
    assert hooked.webhook.state == "off"


def test_private_networks_are_not_called(hooked: Hooked, settings: Settings) -> None:
    settings.FEED_NETWORKS = []
    hooked.change(capacity=12)
    assert hooked.work() == 0
    assert hooked.partner.posted == []
    assert WebhookMessage.objects.get().problem_code == "import.address_private"


def test_server_that_is_down_is_a_failure_like_any(hooked: Hooked) -> None:
    Webhook.objects.update(address=f"http://127.0.0.1:{closed_port()}/")
    hooked.change(capacity=12)
    assert hooked.work() == 0
    assert WebhookMessage.objects.get().problem_code == "import.unreachable"


def test_two_workers_send_nothing_twice_and_a_dead_one_blocks_nothing(hooked: Hooked) -> None:
    hooked.change(capacity=12)
    gather_changes(hooked.now)
    Webhook.objects.update(leased_until=hooked.now + MINUTE)
    assert deliver(hooked.webhook.pk, lambda: hooked.now) == 0
    assert deliver(hooked.webhook.pk, lambda: hooked.now + 2 * MINUTE) == 1


def test_lost_task_is_planned_anew_once(hooked: Hooked) -> None:
    hooked.change(capacity=12)
    gather_changes(hooked.now)
    DBTaskResult.objects.all().delete()
    gather_changes(hooked.now)
    gather_changes(hooked.now)
    assert DBTaskResult.objects.filter(task_path__endswith="deliver_changes").count() == 1


def test_pause_keeps_what_changes_for_later(hooked: Hooked) -> None:
    pause_webhook(webhook=hooked.webhook, by=hooked.owner, now=NOW)
    hooked.change(capacity=12)
    hooked.change(capacity=13)
    assert hooked.work() == 0
    resume_webhook(webhook=hooked.webhook, by=hooked.owner, now=hooked.now)
    assert hooked.work() == 1
    assert hooked.changes == [("listing.changed", hooked.room.code)]


def test_both_secrets_sign_for_a_day_after_a_change(hooked: Hooked) -> None:
    new = rotate_secret(webhook=hooked.webhook, by=hooked.owner, now=NOW)
    hooked.change(capacity=12)
    hooked.work()
    hooked.change(capacity=13)
    hooked.work(NOW + timedelta(hours=25))

    (during, body), (after, later) = hooked.partner.posted
    assert _holds(during, body, hooked.secret)
    assert _holds(during, body, new)
    assert not _holds(after, later, hooked.secret)
    assert _holds(after, later, new)
    assert new != hooked.secret


def test_no_table_holds_the_secret(hooked: Hooked) -> None:
    rows = [str(value) for row in Webhook.objects.values() for value in row.values()]
    assert not any(hooked.secret.removeprefix("whsec_") in value for value in rows)


def test_test_goes_first_says_so_and_is_tried_once(hooked: Hooked) -> None:
    hooked.partner.pages["/hook"] = Page(status=500)
    hooked.change(capacity=12)
    hooked.work()
    send_test(webhook=hooked.webhook, by=hooked.owner, now=hooked.now)
    hooked.work()

    assert [said["type"] for said in hooked.told] == ["entries.changed", "webhook.test"]
    assert WebhookMessage.objects.get(is_test=True).state == "dropped"
    assert hooked.webhook.failures == 1


def test_last_fifty_calls_are_kept(hooked: Hooked) -> None:
    for number in range(53):
        send_test(webhook=hooked.webhook, by=hooked.owner, now=hooked.now)
        assert hooked.work() == 1, number
    assert WebhookMessage.objects.count() == 50


def test_deleted_webhook_leaves_no_address_and_no_calls(hooked: Hooked) -> None:
    hooked.change(capacity=12)
    hooked.work()
    delete_webhook(webhook=hooked.webhook, by=hooked.owner, now=hooked.now)

    hooked.change(capacity=13)
    calls = len(hooked.partner.posted)
    assert hooked.work() == 0
    assert len(hooked.partner.posted) == calls
    assert Webhook.objects.get().address == ""
    assert not WebhookMessage.objects.exists()
    assert list(projection_faults()) == []
    again = add_webhook(
        organisation=hooked.organisation, address=f"{hooked.partner.url}/hook", by=hooked.owner, now=NOW
    )
    assert again.webhook.state == "active"


def test_merged_organisations_webhooks_go_on_with_the_winner(hooked: Hooked) -> None:
    winner: Organisation = make_owned("Winner", slug="winner")[0]
    merge_organisations(loser=hooked.organisation, winner=winner, by=make_officer(), now=NOW)
    hooked.webhook.refresh_from_db()
    assert hooked.webhook.organisation_id == winner.pk
    assert list(projection_faults()) == []
