"""Staff of one district: what of the city's pages they see and may do, as docs/permissions.md says."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from sharingcity.booking.operations import request_reservation
from sharingcity.listings.models import Listing
from sharingcity.people import operations, queries
from sharingcity.people.models import Grant, Notice, Person
from sharingcity.people.permissions import CITY, Scope, scopes_with
from tests.factories import (
    NOW,
    make_district,
    make_organisation,
    make_person,
    make_place,
    make_policy,
    make_room,
    order,
    wish,
)
from tests.permissions.matrix import DOCUMENT

pytestmark = pytest.mark.django_db
ROLES = ("district officer", "district administrator")
ADDRESSES = {
    "GET city/people/roles": "/city/people/roles",
    "POST city/people/roles": "/city/people/roles",
    "GET city/notices": "/city/notices",
    "POST city/notices/<int:notice_id>/settle": "/city/notices/1/settle",
    "GET city/restrictions": "/city/restrictions",
    "GET city/imports": "/city/imports",
    "GET city": "/city",
}


@pytest.fixture(autouse=True)
def _monday(settings: Any) -> Iterator[None]:
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(NOW, tick=False):
        yield


def room_in(slug: str) -> Listing:
    place = make_place(make_organisation(slug), district=make_district(slug, names={"en": slug}))
    return make_room(slug, place=place, policy=make_policy())


@pytest.fixture
def here() -> Listing:
    return room_in("mapo")


@pytest.fixture
def there() -> Listing:
    return room_in("jongno")


def staff(role: str, room: Listing) -> Person:
    person = make_person(f"The {role}")
    Grant.objects.create(
        person=person,
        role=role,
        scope="district",
        scope_id=room.place.district_id or 0,
        valid_from=NOW - timedelta(days=400),
    )
    return person


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def unreached(room: Listing) -> Notice:
    person = make_person("Lee Booker", email="")
    request_reservation(order=order(room, wish()), person=person, by=person, now=NOW)
    return Notice.objects.get(person=person, state="unreachable")


def documented() -> dict[str, tuple[str, ...]]:
    part = DOCUMENT.read_text(encoding="utf-8").split("## Staff of one district")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", part, re.MULTILINE)
    return {name: tuple(cell.strip() for cell in cells.split("|")) for name, cells in rows}


def answered(person: Person, name: str) -> str:
    method, _space, _route = name.partition(" ")
    client = browser(person)
    answer = client.get(ADDRESSES[name]) if method == "GET" else client.post(ADDRESSES[name])
    return "no" if answer.status_code == 403 else "yes"


def test_addresses_answer_staff_of_a_district_as_the_table_says(here: Listing) -> None:
    people = [staff("officer", here), staff("administrator", here)]

    assert {name: tuple(answered(person, name) for person in people) for name in ADDRESSES} == documented()


def test_roles_of_other_districts_are_not_shown(here: Listing, there: Listing) -> None:
    ours, theirs = staff("manager", here), staff("manager", there)
    steward = make_person("The steward")
    Grant.objects.create(person=steward, role="steward", scope="building", scope_id=here.place_id, valid_from=NOW)

    page = browser(staff("administrator", here)).get("/city/people/roles")

    shown = {row.email for row in page.context["grants"]}
    assert {ours.email, steward.email} < shown
    assert theirs.email not in shown


def test_roles_are_offered_within_the_district_only(here: Listing, there: Listing) -> None:
    form = browser(staff("administrator", here)).get("/city/people/roles").context["form"]

    offered = [value for _kind, choices in form.fields["scope"].choices for value, _title in choices]
    assert offered == [f"district:{here.place.district_id}", f"building:{here.place_id}"]


@pytest.mark.parametrize("where", ["building", "district"])
def test_role_is_given_within_the_district(here: Listing, there: Listing, where: str) -> None:
    client, newcomer = browser(staff("administrator", here)), make_person("Newcomer")
    number = here.place_id if where == "building" else here.place.district_id

    client.post("/city/people/roles", {"email": newcomer.email, "role": "manager", "scope": f"{where}:{number}"})

    assert scopes_with(newcomer, "decide_requests", NOW) == [Scope(where, number or 0)]


@pytest.mark.parametrize("where", ["building", "district", "city", "organisation"])
def test_role_is_not_given_beyond_the_district(here: Listing, there: Listing, where: str) -> None:
    by, newcomer = staff("administrator", here), make_person("Newcomer")
    numbers = {
        "building": there.place_id,
        "district": there.place.district_id,
        "city": 0,
        "organisation": here.organisation_id,
    }

    scope = f"{where}:{numbers[where]}"
    page = browser(by).post("/city/people/roles", {"email": newcomer.email, "role": "manager", "scope": scope})
    with pytest.raises(Exception, match=r"grant\.not_allowed"):
        operations.give_role(person=newcomer, role="manager", scope=Scope(where, numbers[where] or 0), by=by, now=NOW)

    assert page.status_code == 422
    assert not Grant.objects.filter(person=newcomer).exists()


def test_role_elsewhere_is_not_taken(here: Listing, there: Listing) -> None:
    theirs = Grant.objects.get(person=staff("manager", there))

    browser(staff("administrator", here)).post(f"/city/people/roles/{theirs.pk}/end")

    theirs.refresh_from_db()
    assert theirs.valid_until is None


def test_last_administrator_of_the_city_stays_although_a_district_has_one(here: Listing) -> None:
    staff("administrator", here)
    chief = make_person("Chief")
    grant = Grant.objects.create(person=chief, role="administrator", scope="city", valid_from=NOW - timedelta(days=1))

    with pytest.raises(Exception, match=r"grant\.last_administrator"):
        operations.end_grant(grant_id=grant.pk, by=chief, now=NOW)


def test_administrator_of_a_district_may_go(here: Listing) -> None:
    by = staff("administrator", here)
    grant = Grant.objects.get(person=by)

    operations.end_grant(grant_id=grant.pk, by=by, now=NOW)

    grant.refresh_from_db()
    assert grant.valid_until == NOW


def test_notices_of_bookings_in_the_district_are_shown(here: Listing, there: Listing) -> None:
    ours, theirs = unreached(here), unreached(there)
    officer = staff("officer", here)

    page = browser(officer).get("/city/notices")
    desk = browser(officer).get("/city?queue=notices")

    assert [row.id for row in page.context["unreachable"]] == [ours.pk]
    assert not page.context["is_city"]
    assert desk.content.decode().count("Lee Booker") > 0
    assert queries.unreachable_count(scopes_with(officer, "see_notices", NOW)) == 1
    assert queries.unreachable_count([CITY]) == 2
    assert theirs.pk not in [row.id for row in page.context["unreachable"]]


def test_notices_of_the_district_are_settled_and_no_others(here: Listing, there: Listing) -> None:
    ours, theirs = unreached(here), unreached(there)
    client = browser(staff("officer", here))

    for notice in (ours, theirs):
        client.post(f"/city/notices/{notice.pk}/settle", {"event": "told"})

    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert (ours.state, theirs.state) == ("sent", "unreachable")
