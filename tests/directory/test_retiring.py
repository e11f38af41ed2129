"""Staff take an organisation or a service off, with a reason; it comes back just as it was."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.booking.acts import book
from tests.directory.people_of import make_officer, make_owned, make_owner
from tests.factories import NOW, make_district, make_organisation, make_person, make_place, make_room, make_service

from sharingcity.booking.models import Reservation
from sharingcity.directory.models import EntryClaim, EntryVersion, Organisation, Retirement, Service
from sharingcity.directory.operations import (
    claim_by_asking,
    confirm_entry,
    propose_change,
    republish_service,
    restore_organisation,
    retire_organisation,
    retire_service,
)
from sharingcity.directory.queries.retiring import would_go
from sharingcity.finding.models import EntryText
from sharingcity.finding.operations.entries import index_entries
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.kernel.projections import projection_faults
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.drafts import ListingDraft
from sharingcity.listings.models import Listing
from sharingcity.listings.operations.changing import republish_listing, retire_listing
from sharingcity.listings.operations.creating import create_listing
from sharingcity.partners.models import Feed
from sharingcity.partners.operations.feeds import pause_feed
from sharingcity.partners.states import FEED
from sharingcity.people.models import Notice, Person

pytestmark = pytest.mark.django_db
WHY = "Nobody has answered for a year."
LATER = NOW + timedelta(days=3)


def _signed_in(person: Person) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person)
    return client


def _feed(organisation: Organisation, name: str) -> Feed:
    feed = Feed(
        connector="gbfs",
        location=f"https://{name}.example.org/gbfs.json",
        name=name,
        organisation=organisation,
        every_minutes=60,
        created_at=NOW,
        watched_since=NOW,
        next_due_at=NOW,
    )
    FEED.transition(feed, "add", by=SYSTEM, now=NOW)
    return feed


def test_retired_organisation_is_found_nowhere_and_comes_back_as_it_was() -> None:
    organisation, owner = make_owned()
    service, over = make_service(organisation=organisation), make_service(organisation=organisation, state="retired")
    room = make_room(place=make_place(organisation=organisation))
    taken_off = make_room("Old room", place=room.place, state="retired", retired_at=NOW)
    running, resting = _feed(organisation, "running"), _feed(organisation, "resting")
    pause_feed(feed=resting, by=SYSTEM, now=NOW)
    index_entries("organisation", [organisation.pk])
    officer = make_officer()

    retire_organisation(organisation=organisation, by=officer, now=NOW, reason=WHY)

    visitor = Client(headers={"Accept-Language": "en"})
    for one in (organisation, service, room, running):
        one.refresh_from_db()
    assert (organisation.state, service.state, room.state, running.state) == ("retired", "retired", "retired", "paused")
    assert not EntryText.objects.exists()
    assert organisation.slug not in visitor.get("/organisations").content.decode()
    for address in (f"/organisations/{organisation.slug}", f"/services/{service.slug}"):
        page = visitor.get(address).content.decode()
        assert "no longer" in page
        assert "ld+json" not in page
        assert 'content="noindex"' in page
    assert visitor.get(f"/api/v1/organisations/{organisation.slug}").json()["state"] == "retired"
    given = visitor.get("/open-data/organisations.json").getvalue()
    assert organisation.code not in given.decode()
    told = Notice.objects.get(person=owner)
    assert (told.code, told.context["reason"]) == ("directory.retired", WHY)

    restore_organisation(organisation=organisation, by=officer, now=LATER)

    for one in (organisation, service, room, over, taken_off, running, resting):
        one.refresh_from_db()
    assert (organisation.state, service.state, room.state) == ("published", "published", "published")
    assert (over.state, taken_off.state, running.state, resting.state) == ("retired", "retired", "active", "paused")
    assert EntryText.objects.count() == 2
    assert "directory.restored" in Notice.objects.filter(person=owner).values_list("code", flat=True)
    retirement = Retirement.objects.get()
    assert (retirement.state, retirement.lifted_by, retirement.reason) == ("lifted", officer, WHY)
    assert list(projection_faults()) == []


def test_organisation_with_bookings_to_come_stays_until_they_are_over() -> None:
    organisation, _owner = make_owned()
    room = make_room(place=make_place(organisation=organisation))
    booking = book(room, make_person())
    officer = make_officer()

    assert [one.count for one in would_go(organisation.pk, NOW).promised] == [1]
    with pytest.raises(Conflict) as refused:
        retire_organisation(organisation=organisation, by=officer, now=NOW, reason=WHY)
    assert (refused.value.code, refused.value.data["count"]) == ("retire.promised", 1)
    room.refresh_from_db()
    assert room.state == "published"

    retire_organisation(organisation=organisation, by=officer, now=booking.ends_at, reason=WHY)
    booking.refresh_from_db()
    assert booking.state == "confirmed"


def test_what_waits_of_a_retired_organisation_is_closed() -> None:
    organisation, owner = make_owned()
    version = propose_change(entry=organisation, changes={"descriptions": {"en": "x"}}, seen=0, by=owner, now=NOW)
    unowned = make_organisation()
    claim = claim_by_asking(organisation=unowned, person=make_person(), proof="Mine", now=NOW)

    for one in (organisation, unowned):
        retire_organisation(organisation=one, by=SYSTEM, now=NOW, reason=WHY)

    assert EntryVersion.objects.get(pk=version.pk).state == "withdrawn"
    assert EntryClaim.objects.get(pk=claim.pk).state == "lapsed"
    with pytest.raises(Conflict):
        confirm_entry(organisation=organisation, by=owner, now=NOW)


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_organisation_is_retired_by_who_keeps_the_directory_there_alone(role: str) -> None:
    organisation = make_organisation(district=make_district("mapo"))
    elsewhere = make_officer("district", make_district("jung").pk)

    for person in (make_owner(organisation, role), elsewhere, make_person()):
        with pytest.raises(NotAllowed):
            retire_organisation(organisation=organisation, by=person, now=NOW, reason=WHY)
    there = make_officer("district", make_district("mapo").pk)
    with pytest.raises(Refusal) as refused:
        retire_organisation(organisation=organisation, by=there, now=NOW, reason="  ")
    assert refused.value.code == "state.reason_missing"
    retire_organisation(organisation=organisation, by=there, now=NOW, reason=WHY)
    with pytest.raises(NotAllowed):
        restore_organisation(organisation=organisation, by=elsewhere, now=NOW)


def test_second_click_changes_nothing() -> None:
    organisation = make_organisation()
    retire_organisation(organisation=organisation, by=SYSTEM, now=NOW, reason=WHY)

    with pytest.raises(Conflict):
        retire_organisation(organisation=organisation, by=SYSTEM, now=NOW, reason="Again")
    restore_organisation(organisation=organisation, by=SYSTEM, now=NOW)
    with pytest.raises(Conflict):
        restore_organisation(organisation=organisation, by=SYSTEM, now=NOW)
    assert Retirement.objects.get().reason == WHY


def test_nothing_of_a_retired_organisation_is_shown_by_its_own_people() -> None:
    organisation, owner = make_owned()
    service = make_service(organisation=organisation)
    room = make_room(place=make_place(organisation=organisation))
    officer = make_officer()
    retire_organisation(organisation=organisation, by=officer, now=NOW, reason=WHY)

    with pytest.raises(Conflict) as refused:
        republish_service(service=service, by=owner, now=NOW)
    assert refused.value.code == "entry.not_shown"
    with pytest.raises(Conflict) as refused:
        republish_listing(listing=room, by=officer, now=NOW)
    assert refused.value.code == "listing.organisation_retired"
    draft = ListingDraft(
        organisation_id=organisation.pk, place_id=room.place_id, kind="space", booking="here", titles={"en": "New"}
    )
    with pytest.raises(Conflict):
        create_listing(draft=draft, by=officer, now=NOW)


def test_listing_retired_on_its_own_meanwhile_stays_so() -> None:
    organisation = make_organisation()
    room = make_room(place=make_place(organisation=organisation))
    other = make_room("Other", place=room.place)
    retire_listing(listing=other, by=SYSTEM, now=NOW, reason="Burnt")
    retire_organisation(organisation=organisation, by=SYSTEM, now=NOW, reason=WHY)

    restore_organisation(organisation=organisation, by=SYSTEM, now=LATER)

    states = dict(Listing.objects.values_list("pk", "state"))
    assert states == {room.pk: "published", other.pk: "retired"}


def test_service_that_the_city_took_off_comes_back_by_the_city_alone() -> None:
    organisation, owner = make_owned()
    service = make_service(organisation=organisation)
    officer = make_officer()
    retire_service(service=service, by=officer, now=NOW, reason=WHY)

    assert Notice.objects.get(person=owner).context["reason"] == WHY
    with pytest.raises(NotAllowed):
        republish_service(service=service, by=owner, now=NOW)
    republish_service(service=service, by=officer, now=NOW)
    assert Service.objects.get(pk=service.pk).state == "published"
    assert list(projection_faults()) == []


def test_service_that_its_own_people_took_off_is_theirs_to_show_again() -> None:
    organisation, owner = make_owned()
    service = make_service(organisation=organisation)
    retire_service(service=service, by=owner, now=NOW, reason="Winter")

    assert not Notice.objects.exists()
    republish_service(service=service, by=owner, now=NOW)
    assert Service.objects.get(pk=service.pk).state == "published"


def test_page_counts_what_goes_takes_it_off_and_brings_it_back() -> None:
    organisation, owner = make_owned("Tool’s <Shed>")
    make_service(organisation=organisation)
    staff, address = _signed_in(make_officer()), f"/city/entries/{organisation.slug}/retire"

    page = staff.get(address)
    assert [(str(one.title), one.count) for one in page.context["gone"]] == [("Services", 1)]
    assert "Tool’s &lt;Shed&gt;" in page.content.decode()
    assert staff.post(address, {"do": "retire"}).headers["Location"] == address
    staff.post(address, {"do": "retire", "reason": WHY})
    assert Organisation.objects.get(pk=organisation.pk).state == "retired"
    assert WHY in _signed_in(owner).get(f"/host/entry/{organisation.slug}").content.decode()
    assert WHY not in Client().get(f"/organisations/{organisation.slug}").content.decode()
    staff.post(address, {"do": "restore"})
    assert Organisation.objects.get(pk=organisation.pk).state == "published"


def test_page_with_bookings_to_come_has_no_button() -> None:
    organisation, _owner = make_owned()
    room = make_room(place=make_place(organisation=organisation))
    booking, ahead = book(room, make_person()), timezone.now() + timedelta(days=1)
    Reservation.objects.update(starts_at=ahead, ends_at=ahead + timedelta(hours=1))
    page = _signed_in(make_officer()).get(f"/city/entries/{organisation.slug}/retire").content.decode()

    assert booking.state == "confirmed"
    assert "People are promised something there" in page
    assert 'value="retire"' not in page
