"""The desk counts what waits in the rooms below: key-holders, reports, imports, notices, appeals."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.factories import NOW, make_manager, make_person, make_room, order, wish
from tests.portal.staff import at, grant, sign_in

from sharingcity.booking.operations.request import request_reservation
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import FieldDifference, Listing
from sharingcity.people.models import Notice, Person, Restriction
from sharingcity.spaces.operations import plan_shifts, report_incident, set_caretaking

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


def gap(room: Listing) -> None:
    person = make_person()
    request_reservation(order=order(room, wish(day=12)), person=person, by=person, now=NOW)
    set_caretaking(place=room.place, staffed_hours="Mo-Fr 09:00-18:00", by=SYSTEM, now=NOW)
    plan_shifts(place=room.place, window=Interval(NOW, NOW + timedelta(days=14)), by=SYSTEM, now=NOW)


def unreachable(person: Person) -> None:
    Notice.objects.create(
        person=person, code="booking.confirmed", key=f"k{person.pk}", language="en", channel="email",
        state="unreachable", due_at=NOW, created_at=NOW, problem="No such mailbox",
    )  # fmt: skip


def appealed(person: Person) -> None:
    Restriction.objects.create(
        person=person, kind="booking", reason_code="staff", starts_at=NOW, ends_at=NOW + timedelta(days=30),
        imposed_at=NOW, state="appealed", appeal_words="It was not me", appealed_at=NOW,
    )  # fmt: skip


def tabs(client: Client, address: str = "/city") -> dict[str, str]:
    return {tab.title: tab.count for tab in client.get(address).context["tabs"]}


def test_manager_sees_gaps_and_reports_of_the_own_building(client: Client) -> None:
    room, elsewhere = make_room(), make_room()
    steward = make_manager(room, "steward")
    gap(room)
    gap(elsewhere)
    report_incident(place=room.place, kind="damage", words="A broken chair", by=steward, now=NOW)
    unreachable(steward)
    with at(NOW):
        sign_in(client, make_manager(room))
        assert tabs(client) == {"All that waits": "2", "Nobody opens yet": "1", "Damage and incidents": "1"}
        (rota,) = client.get("/city?queue=rota").context["queues"]

    assert [(row.title, row.action) for row in rota.rows] == [("Nobody opens: Community Hall", "Ask somebody")]


def test_officer_sees_notices_appeals_and_differences_of_the_whole_city(client: Client) -> None:
    room = make_room(connector="test", external_key="1")
    FieldDifference.objects.create(listing=room, field="capacity", theirs=12, seen_at=NOW)
    person = make_person("Choi Resident")
    unreachable(person)
    appealed(person)
    with at(NOW):
        sign_in(client, grant(make_person(), "officer"))
        waiting = tabs(client)
        notices = client.get("/city?queue=notices").context["queues"][0].rows
        appeals = client.get("/city?queue=restrictions").context["queues"][0].rows
        differences = client.get("/city?queue=differences").context["queues"][0].rows
        narrowed = tabs(client, f"/city?place={room.place.code}")

    assert waiting == {
        "All that waits": "3",
        "Restrictions that are disputed": "1",
        "Could not be reached": "1",
        "Differences with sources": "1",
    }
    assert [row.title for row in notices] == ["Not reached: Choi Resident"]
    assert [row.note for row in appeals] == ["It was not me"]
    assert [row.url for row in differences] == ["/city/imports/differences"]
    assert narrowed == {"All that waits": "0"}


def test_rail_leads_where_the_role_reaches(client: Client) -> None:
    room = make_room()
    found = {}
    with at(NOW):
        for role, person in (
            ("steward", make_manager(room, "steward")),
            ("manager", make_manager(room)),
            ("administrator", grant(make_person(), "administrator")),
        ):
            sign_in(client, person)
            page = client.get("/city" if role == "administrator" else "/host")
            urls = {link.url for group in page.context["rail"] for link in group.links}
            found[role] = sorted(url for url in urls if url.startswith(("/host/", "/city/imports")))

    assert "/host/buildings" not in found["steward"]
    assert {"/host/rota", "/host/rota/mine", "/host/incidents"} <= set(found["steward"])
    assert "/host/buildings" in found["manager"]
    assert found["administrator"] == ["/city/imports"]
