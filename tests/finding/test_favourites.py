"""What residents keep: in the account, merged from a device, shown to others by a link."""

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sharingcity.directory.models import Organisation
from sharingcity.directory.operations import merge_organisations
from sharingcity.directory.queries.merging import hanging_on
from sharingcity.directory.slots import ORGANISATION_MERGED, MergePart
from sharingcity.finding.models import Favourite, SharedFavourites
from sharingcity.finding.operations import favourites as operations
from sharingcity.finding.queries.favourites import favourites_of, kept_by
from sharingcity.finding.rules.keeping import MOST_KEPT, Kept, read_kept
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.kernel.states import SYSTEM
from sharingcity.people.slots import PERSONAL_DATA
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharingcity.kernel.clock.now", lambda: NOW)


def things(number: int) -> list[Kept]:
    """So many listings, cheap ones: one room's place and policy serve all."""
    place, policy = make.make_place(), make.make_policy()
    rooms = [make.make_room(f"Room {n}", place=place, policy=policy) for n in range(number)]
    return [Kept("listing", room.code) for room in rooms]


def signed_in(client: Client, person: Any = None) -> Any:
    person = person or make.make_person()
    client.force_login(person)
    return person


def test_keeping_twice_keeps_once_and_letting_go_twice_is_quiet() -> None:
    person, [room] = make.make_person(), things(1)

    operations.keep(person=person, thing=room, now=NOW)
    operations.keep(person=person, thing=room, now=NOW)

    assert kept_by(person) == {room}
    assert operations.let_go(person=person, thing=room)
    assert not operations.let_go(person=person, thing=room)


def test_keeping_what_is_not_there_is_refused() -> None:
    with pytest.raises(NotFound) as refused:
        operations.keep(person=make.make_person(), thing=Kept("listing", "0000000000"), now=NOW)

    assert refused.value.code == "favourites.unknown"


def test_merging_is_the_union_whoever_comes_first() -> None:
    person, (first, second, third) = make.make_person(), things(3)
    service = Kept("service", make.make_service().code)

    operations.keep(person=person, thing=second, now=NOW)
    one = operations.merge_favourites(person=person, things=[first, second, service], now=NOW)
    again = operations.merge_favourites(person=person, things=[first, second, service, third], now=NOW)

    assert kept_by(person) == {first, second, third, service}
    assert one.left == again.left == []
    assert Favourite.objects.count() == 4


def test_merging_keeps_the_order_of_the_device() -> None:
    person, kept = make.make_person(), things(3)

    operations.merge_favourites(person=person, things=kept, now=NOW)

    assert [row.code for row in favourites_of(person)] == [one.code for one in kept]


def test_merging_more_than_fits_says_what_is_left() -> None:
    person, (first, second) = make.make_person(), things(2)
    rows = (
        Favourite(person=person, target="listing", code=f"{n:010d}", kind="space", kept_at=NOW)
        for n in range(MOST_KEPT - 1)
    )
    Favourite.objects.bulk_create(rows)

    merged = operations.merge_favourites(person=person, things=[first, second], now=NOW)

    assert merged.left == [second]
    assert Favourite.objects.filter(person=person).count() == MOST_KEPT
    with pytest.raises(Refusal) as refused:
        operations.keep(person=person, thing=second, now=NOW)
    assert refused.value.code == "favourites.too_many"


def test_names_from_a_device_are_read_with_suspicion() -> None:
    hostile = [
        "listing.0000000001",
        "listing.0000000001",
        "person.0000000001",
        "listing.1' OR 1=1",
        None,
        7,
        "x" * 10_000,
    ]

    assert read_kept(hostile) == [Kept("listing", "0000000001")]


def test_merge_answers_the_device(client: Client) -> None:
    person, [room] = signed_in(client), things(1)
    body = json.dumps({"kept": [str(room), "listing.0000000000", "rubbish"]})

    answer = client.post(reverse("favourites-merge"), body, content_type="application/json")

    assert answer.json() == {"kept": [str(room)], "left": []}
    assert kept_by(person) == {room}


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"kept": {}}', "<html>", "\x00"])
def test_merge_refuses_what_is_no_list(client: Client, body: str) -> None:
    signed_in(client)

    answer = client.post(reverse("favourites-merge"), body, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["code"] == "request.invalid"


def test_heart_on_a_row_knows_what_is_kept(client: Client) -> None:
    person, [room] = signed_in(client), things(1)

    before = client.get("/find?kind=space").content.decode()
    operations.keep(person=person, thing=room, now=NOW)
    after = client.get("/find?kind=space").content.decode()

    assert f'data-heart="{room}"' in before
    assert f'data-heart="{room}" data-kept' not in before
    assert f'data-heart="{room}" data-kept' in after


def test_heart_without_script_leads_strangers_to_sign_in(client: Client) -> None:
    [room] = things(1)

    answer = client.get(reverse("favourites-keep"), room._asdict())

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/?next=/me/favourites/keep%3F")


def test_keeping_without_script_asks_first(client: Client) -> None:
    person, [room] = signed_in(client), things(1)

    page = client.get(reverse("favourites-keep"), room._asdict(), headers={"accept-language": "en"})
    posted = client.post(reverse("favourites-keep"), {**room._asdict(), "keep": "1"})

    assert "Keep it?" in page.content.decode()
    assert posted.headers["Location"] == "/me/favourites"
    assert kept_by(person) == {room}
    client.post(reverse("favourites-keep"), room._asdict())
    assert kept_by(person) == frozenset()


def test_page_shows_what_is_kept_by_kind(client: Client) -> None:
    person, [room] = signed_in(client), things(1)
    service, host = make.make_service("Tool library"), make.make_organisation("O’Neill & <b>Söhne</b>")
    for thing in (room, Kept("service", service.code), Kept("organisation", host.code)):
        operations.keep(person=person, thing=thing, now=NOW)

    page = client.get("/me/favourites", headers={"accept-language": "en"}).content.decode()
    only = client.get("/me/favourites?kind=service", headers={"accept-language": "en"}).content.decode()

    assert "Tool library" in page
    assert "O’Neill &amp; &lt;b&gt;Söhne&lt;/b&gt;" in page
    assert "Room 0" in page
    assert "Tool library" in only
    assert "Room 0" not in only


def test_what_was_taken_off_can_be_let_go(client: Client) -> None:
    person, [room] = signed_in(client), things(1)
    operations.keep(person=person, thing=room, now=NOW)
    make.Listing.objects.update(state="retired", retired_at=NOW)

    page = client.get("/me/favourites", headers={"accept-language": "en"}).content.decode()

    assert "No longer in the hub" in page
    assert room.code in page


def test_a_thousand_favourites_cost_the_same_queries(client: Client) -> None:
    person, kept = signed_in(client), things(MOST_KEPT)
    costs = []
    client.get("/find?kind=space")
    for number in (1, 3, MOST_KEPT):
        operations.merge_favourites(person=person, things=kept[:number], now=NOW)
        client.get("/me/favourites")
        with CaptureQueriesContext(connection) as counted:
            for address in ("/me/favourites", "/find?kind=space"):
                assert client.get(address).status_code == 200
        costs.append(len(counted))

    assert costs[0] == costs[1] == costs[2]


def test_pages_hold_two_dozen(client: Client) -> None:
    person, kept = signed_in(client), things(30)
    operations.merge_favourites(person=person, things=kept, now=NOW)

    first = client.get("/me/favourites").content.decode()
    second = client.get("/me/favourites?page=2").content.decode()
    far = client.get("/me/favourites?page=99999999999999999999")

    assert first.count("data-heart=") == 24
    assert 'href="/me/favourites?page=2"' in first
    assert second.count("data-heart=") == 6
    assert far.status_code == 200


def test_strangers_see_their_device(client: Client) -> None:
    [room] = things(1)

    page = client.get("/me/favourites", headers={"accept-language": "en"})
    rows = client.get(reverse("favourites-rows"), {"of": [str(room), "service.0000000000"]})

    assert 'data-kept-here="/favourites/rows"' in page.content.decode()
    assert "Room 0" in rows.content.decode()
    assert not rows.cookies


def test_shared_list_is_open_until_it_is_taken_back(client: Client) -> None:
    person, [room] = make.make_person("Kim Minji"), things(1)
    operations.keep(person=person, thing=room, now=NOW)
    shared = operations.share_favourites(person=person, title=" For  the choir ", now=NOW)
    address = reverse("favourites-shared", args=[shared.secret])

    page = client.get(address)
    operations.unshare_favourites(person=person)
    gone = client.get(address)
    again = operations.share_favourites(person=person, title="", now=NOW)

    assert "For the choir" in page.content.decode()
    assert "Room 0" in page.content.decode()
    assert "Minji" not in page.content.decode()
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert gone.status_code == 404
    assert len(shared.secret) >= 32
    assert again.secret != shared.secret


def test_leaving_takes_everything_along() -> None:
    person, [room] = make.make_person(), things(1)
    operations.keep(person=person, thing=room, now=NOW)
    operations.share_favourites(person=person, title="Mine", now=NOW)
    data = PERSONAL_DATA.get("finding")
    assert data is not None

    exported = json.loads(json.dumps(data.export(person)))
    data.erase(person, NOW)

    assert exported["favourites"][0]["code"] == room.code
    assert exported["shared_list"]["title"] == "Mine"
    assert not Favourite.objects.exists()
    assert not SharedFavourites.objects.exists()


def merged(number: int = 2) -> list[Organisation]:
    """Organisations of which each went into the next, the last one stays."""
    entries = [make.make_organisation(f"Entry {n}") for n in range(number)]
    for loser, winner in pairwise(entries):
        merge_organisations(loser=loser, winner=winner, by=SYSTEM, now=NOW)
    return entries


def of(one: Organisation) -> Kept:
    return Kept("organisation", one.code)


def test_favourites_follow_a_merge_and_stay_one() -> None:
    both, one = make.make_person(), make.make_person()
    loser, winner = make.make_organisation("A"), make.make_organisation("B")
    operations.merge_favourites(person=both, things=[of(loser), of(winner)], now=NOW)
    operations.keep(person=one, thing=of(loser), now=NOW)

    assert [part.count for part in hanging_on(loser.pk) if part.count] == [2]
    merge_organisations(loser=loser, winner=winner, by=SYSTEM, now=NOW)

    assert (kept_by(both), kept_by(one)) == ({of(winner)}, {of(winner)})


def test_what_a_device_kept_before_two_merges_is_the_entry_that_stayed() -> None:
    person, (first, second, third) = make.make_person(), merged(3)

    done = operations.merge_favourites(person=person, things=[of(first), of(second)], now=NOW)

    assert (done.taken, done.left, done.gone) == ([of(first), of(second)], [], [])
    assert kept_by(person) == {of(third)}


def test_a_device_shows_the_entry_that_stayed_under_the_name_it_kept(client: Client) -> None:
    loser, winner = merged()

    page = client.get(reverse("favourites-rows"), {"of": str(of(loser))}).content.decode()

    assert f'href="/organisations/{winner.slug}"' in page
    assert f'data-heart="{of(loser)}" data-kept' in page


def test_letting_go_on_a_page_from_before_the_merge_lets_go_of_what_stayed() -> None:
    person, (loser, winner) = make.make_person(), merged()
    operations.keep(person=person, thing=of(winner), now=NOW)

    assert operations.let_go(person=person, thing=of(loser))
    assert kept_by(person) == frozenset()


@pytest.fixture
def kept_during_the_merge() -> Iterator[Callable[[Callable[[], object]], None]]:
    """Runs something in another window once the favourites have moved and the merge is not written yet."""
    windows: list[Thread] = []

    def register(act: Callable[[], object]) -> None:
        def run() -> None:
            act()
            connections.close_all()

        def move(_loser: int, _winner: int, _now: object) -> None:
            windows.append(Thread(target=run))
            windows[-1].start()
            windows[-1].join(1)  # longer only if it waits for us

        ORGANISATION_MERGED.register("finding.test", MergePart(title="test", count=lambda _one: 0, move=move))

    yield register
    ORGANISATION_MERGED._entries.pop("finding.test")
    for window in windows:
        window.join()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs an engine with several writers")
def test_a_favourite_between_two_merges_follows_both(
    kept_during_the_merge: Callable[[Callable[[], object]], None],
) -> None:
    person, (first, second, third) = make.make_person(), (make.make_organisation(name) for name in "ABC")
    kept_during_the_merge(lambda: operations.keep(person=person, thing=of(first), now=NOW))

    merge_organisations(loser=first, winner=second, by=SYSTEM, now=NOW)
    merge_organisations(loser=second, winner=third, by=SYSTEM, now=NOW)

    assert {(row.target, row.code) for row in Favourite.objects.all()} == {of(third)}
