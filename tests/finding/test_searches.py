"""Saved searches: kept as addresses, told of what is new, once."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from sharingcity.directory.operations import merge_organisations
from sharingcity.finding.models import SavedSearch
from sharingcity.finding.operations import index_listings, reindex_all, reindex_entries
from sharingcity.finding.operations import searches as operations
from sharingcity.finding.queries.searches import is_over, new_in, people_to_tell, search_of
from sharingcity.finding.rules.keeping import MOST_SEARCHES
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import Listing
from sharingcity.people.models import Notice
from sharingcity.people.operations import deliver_notice
from sharingcity.people.slots import PERSONAL_DATA
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)
LATER = NOW + timedelta(days=2)


@pytest.fixture(autouse=True)
def _at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharingcity.kernel.clock.now", lambda: NOW)


def save(person: Any, address: str = "q=meeting", often: str = "daily") -> SavedSearch:
    return operations.save_search(person=person, name="Meetings", address=address, often=often, now=NOW)


def publish(title: str, at: Any = TOMORROW, **fields: Any) -> Any:
    room = make.make_room(title, **fields)
    type(room).objects.filter(pk=room.pk).update(created_at=at, changed_at=at)
    index_listings([room.pk])
    return room


def tell(person: Any, at: Any, often: str = "daily") -> int:
    return operations.tell_of_news(person_id=person.pk, often=often, now=at)


def test_news_are_told_once_in_one_letter_a_day() -> None:
    person = make.make_person()
    make.make_room("Meeting room old")
    reindex_all()
    save(person)
    save(person, "q=meeting&kind=space")
    publish("Meeting room new")
    publish("Kitchen")

    first, again = tell(person, TOMORROW), tell(person, TOMORROW + timedelta(hours=1))

    assert (first, again) == (2, 0)
    notice = Notice.objects.get(person=person)
    assert notice.code == "finding.digest"
    assert [one["count"] for one in notice.context["searches"]] == [1, 1]
    assert "Meeting room new" in str(notice.context)
    assert tell(person, LATER) == 0


def test_second_digest_of_a_day_waits_for_the_next() -> None:
    person = make.make_person()
    save(person)
    publish("Meeting room one")
    tell(person, TOMORROW)
    publish("Meeting room two", TOMORROW + timedelta(minutes=30))

    assert tell(person, TOMORROW + timedelta(hours=1)) == 0
    assert tell(person, LATER) == 1
    assert Notice.objects.count() == 2


def test_changed_to_fit_is_new_and_a_correction_is_not() -> None:
    person = make.make_person()
    fits, grows = make.make_room("Meeting room"), make.make_room("Cellar")
    reindex_all()
    saved = save(person)
    for room, title in ((fits, "Meeting room, corrected"), (grows, "Meeting cellar")):
        type(room).objects.filter(pk=room.pk).update(titles={"en": title}, changed_at=TOMORROW)
    index_listings([fits.pk, grows.pk])

    assert tell(person, TOMORROW) == 1
    saved.refresh_from_db()
    assert f"listing.{grows.code}" in saved.known


def test_change_that_was_being_written_during_the_last_look_is_told_later() -> None:
    person = make.make_person()
    save(person)
    tell(person, TOMORROW)
    publish("Meeting room", TOMORROW - timedelta(minutes=1))

    assert tell(person, LATER) == 1


def test_new_services_and_organisations_are_told_too() -> None:
    person = make.make_person()
    save(person, "q=bicycle")
    make.make_service("Bicycle kitchen", changed_at=TOMORROW)
    reindex_entries()

    assert tell(person, TOMORROW) == 1


def test_at_once_is_a_letter_for_each_search_and_for_its_own_rhythm_only() -> None:
    person = make.make_person()
    save(person, often="at_once")
    save(person, "q=meeting&kind=space", often="daily")
    publish("Meeting room")

    assert tell(person, TOMORROW, "at_once") == 1
    assert tell(person, TOMORROW, "at_once") == 0
    assert Notice.objects.get().code == "finding.fits"


def test_paused_search_is_silent_and_does_not_catch_up() -> None:
    person = make.make_person()
    saved = save(person, often="never")
    publish("Meeting room")
    assert tell(person, TOMORROW) == 0

    operations.change_search(person=person, code=saved.code, often="daily", now=TOMORROW)

    assert tell(person, LATER) == 0


def test_who_is_told_are_people_in_use_not_just_looked_at() -> None:
    quiet, gone, daily = make.make_person(), make.make_person(is_active=False), make.make_person()
    save(quiet, often="never")
    SavedSearch.objects.create(person=gone, name="Old", address="q=x", looked_at=NOW, saved_at=NOW)
    save(daily)

    assert people_to_tell("daily", NOW) == []
    assert [turn.person_id for turn in people_to_tell("daily", TOMORROW)] == [daily.pk]


def test_same_address_is_the_same_search_and_fifty_are_enough() -> None:
    person = make.make_person()
    for number in range(MOST_SEARCHES):
        save(person, f"q=room+{number}")
    save(person, "q=room+1")

    assert SavedSearch.objects.count() == MOST_SEARCHES
    with pytest.raises(Refusal) as refused:
        save(person, "q=one+more")
    assert refused.value.code == "searches.too_many"


@pytest.mark.parametrize(
    ("name", "address", "often", "code"),
    [
        (" \x00 ", "q=x", "daily", "searches.name_missing"),
        ("x", "q=x", "hourly", "searches.often_unknown"),
        ("x", "q=" + "x" * 1500, "daily", "searches.too_long"),
    ],
)
def test_what_cannot_be_kept_is_refused(name: str, address: str, often: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        operations.save_search(person=make.make_person(), name=name, address=address, often=often, now=NOW)

    assert refused.value.code == code


def test_search_of_somebody_else_is_not_there() -> None:
    saved = save(make.make_person())

    with pytest.raises(NotFound):
        search_of(make.make_person(), saved.code)


def test_days_that_have_passed_are_said(client: Client) -> None:
    assert is_over("date=2026-10-01", NOW)
    assert not is_over("when=weekend", NOW)
    assert not is_over("q=x", NOW)


def test_page_keeps_the_address_without_its_moment(client: Client) -> None:
    person = make.make_person()
    client.force_login(person)
    address = "/me/searches/new?q=O%27Neill+%3Cb%3E&kind=space&access=step_free&cursor=abc&utm=1"

    page = client.get(address, headers={"accept-language": "en"})
    posted = client.post(address, {"name": "Söhne’s <b>", "often": "daily"})
    shown = client.get("/me/searches", headers={"accept-language": "en"}).content.decode()

    assert "O&#x27;Neill &lt;b&gt;" in page.content.decode()
    assert posted.headers["Location"] == "/me/searches"
    assert SavedSearch.objects.get().address == "q=O%27Neill+%3Cb%3E&kind=space&access=step_free"
    assert "Söhne’s &lt;b&gt;" in shown


def test_page_renames_pauses_and_deletes(client: Client) -> None:
    person = make.make_person()
    client.force_login(person)
    saved = save(person)
    there = reverse("searches-change", args=[saved.code])

    client.post(there, {"name": "Other", "often": "never"})
    saved.refresh_from_db()
    assert (saved.name, saved.often) == ("Other", "never")
    client.post(there, {"event": "delete"})
    assert not SavedSearch.objects.exists()
    assert client.post(there, {"event": "delete"}).status_code == 404


def test_results_offer_to_save_themselves(client: Client) -> None:
    make.make_room("Meeting room")
    reindex_all()

    page = client.get("/find?q=meeting&kind=space").content.decode()
    asked = client.get("/me/searches/new?q=meeting")

    assert 'href="/me/searches/new?q=meeting&amp;kind=space"' in page
    assert asked.headers["Location"].startswith("/accounts/login/?next=/me/searches/new%3Fq%3Dmeeting")


def test_one_tap_stops_the_letters_without_signing_in(client: Client) -> None:
    person = make.make_person()
    one, other = save(person), save(person, "q=other", often="at_once")
    single, every = operations.stop_token(person.pk, one.code), operations.stop_token(person.pk)

    opened = client.get(reverse("searches-stop", args=[single]))
    one.refresh_from_db()
    assert (opened.status_code, one.often) == (200, "daily")
    client.post(reverse("searches-stop", args=[single]))
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.often, other.often) == ("never", "at_once")
    client.post(reverse("searches-stop", args=[every]))
    other.refresh_from_db()
    assert other.often == "never"
    assert client.get(reverse("searches-stop", args=[single + "x"])).status_code == 404


@pytest.mark.parametrize(("often", "others"), [("at_once", "daily"), ("daily", "never")])
def test_mail_program_ends_the_letters_by_one_post(often: str, others: str) -> None:
    """The button beside the sender: of one search where the letter tells of one, else of all."""
    person = make.make_person()
    one, other = save(person, often=often), save(person, "q=other")
    publish("Meeting room new")
    tell(person, TOMORROW, often)
    deliver_notice(notice_id=Notice.objects.get(person=person).pk, now=TOMORROW)
    [letter] = mail.outbox
    address = letter.extra_headers["List-Unsubscribe"]

    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (address[0], address[-1]) == ("<", ">")
    body = {"List-Unsubscribe": "One-Click"}
    answer = Client(enforce_csrf_checks=True).post(urlsplit(address[1:-1]).path, body)

    one.refresh_from_db()
    other.refresh_from_db()
    assert (answer.status_code, one.often, other.often) == (200, "never", others)


def test_leaving_takes_searches_along() -> None:
    person = make.make_person()
    save(person)
    data = PERSONAL_DATA.get("finding")
    assert data is not None

    exported = json.loads(json.dumps(data.export(person)))
    data.erase(person, NOW)

    assert exported["saved_searches"][0]["address"] == "q=meeting"
    assert not SavedSearch.objects.exists()


def test_search_of_a_merged_organisation_goes_on_with_the_one_that_stayed(client: Client) -> None:
    person, loser, winner = make.make_person(), make.make_organisation("A"), make.make_organisation("B")
    room = make.make_room("Old room", place=make.make_place(loser))
    index_listings([room.pk])
    saved = operations.save_search(
        person=person, name="Theirs", address=f"organisation={loser.slug}", often="daily", now=NOW
    )
    merge_organisations(loser=loser, winner=winner, by=SYSTEM, now=NOW)
    later = NOW + timedelta(days=1)
    new = make.make_room("New room", place=make.make_place(winner), created_at=later)
    Listing.objects.filter(pk=new.pk).update(changed_at=later)
    index_listings([new.pk])

    assert list(new_in(search_of(person, saved.code), later)) == [f"listing.{new.code}"]
    found = client.get(f"/find?organisation={loser.slug}").content.decode()
    answer = client.get(f"/api/v1/listings?organisation={loser.code}").json()
    assert "Old room" in found
    assert {one["id"] for one in answer["results"]} == {room.code, new.code}
    assert {one["organisation"]["slug"] for one in answer["results"]} == {winner.slug}
