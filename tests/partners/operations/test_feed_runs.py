from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.partners.feeding import NOW, make_feed, officer, run, shown
from tests.partners.partner_server import Page, PartnerServer, bomb, closed_port, publish, serving, station, status

from sharingcity.kernel.db import write
from sharingcity.kernel.errors import Conflict
from sharingcity.listings.models import Listing
from sharingcity.partners.frame.web import Limits
from sharingcity.partners.models import Feed, ImportRun
from sharingcity.partners.operations import accept_feed, asking, pause_feed, resume_feed, run_feed_now
from sharingcity.partners.operations.feed_alarms import raise_stale_alarms
from sharingcity.partners.operations.feed_leases import LeaseLost, hold, take_lease
from sharingcity.people.models import Notice

pytestmark = pytest.mark.django_db
AT = NOW.isoformat()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "FILE", Limits(max_bytes=1024 * 1024, timeout_seconds=1.0))


@pytest.fixture
def feed(partner: PartnerServer) -> Feed:
    """Ten stations, brought."""
    made = make_feed(publish(partner, [station(n) for n in range(10)], [status(n, AT) for n in range(10)]))
    assert run(made) == "good"
    assert shown(made) == 10
    return made


def codes() -> list[str]:
    return list(Notice.objects.order_by("id").values_list("code", flat=True))


def test_first_run_brings_listings_of_the_organisation(feed: Feed) -> None:
    listing = Listing.objects.get(external_key="station:st-3")

    assert (listing.kind, listing.booking, listing.url) == ("vehicle", "elsewhere", "https://cars.example.org")
    assert listing.titles == {"ko": "나눔 3호", "en": "Sharing 3"}
    assert (listing.organisation_id, listing.connector) == (feed.organisation_id, "gbfs:mapo_cars")
    assert listing.spots == 6
    assert (feed.failures, feed.last_good_at is not None, feed.lease) == (0, True, "")
    period = feed.next_due_at - NOW
    assert timedelta(minutes=53) < period <= timedelta(minutes=61)


def test_second_run_changes_nothing_and_leaves_no_row(feed: Feed) -> None:
    runs, before = ImportRun.objects.count(), list(Listing.objects.order_by("pk").values_list())

    assert run(feed) == "unchanged"

    assert ImportRun.objects.count() == runs
    assert list(Listing.objects.order_by("pk").values_list()) == before


def test_feed_that_is_not_due_is_left_alone(feed: Feed, partner: PartnerServer) -> None:
    asked = len(partner.asked)
    assert run(feed, feed.next_due_at - timedelta(seconds=1)) == "not_due"
    assert len(partner.asked) == asked


def test_unchanged_answer_renews_freshness_without_reading(partner: PartnerServer) -> None:
    etags = {"system_information": '"a1"', "station_information": '"b1"'}
    feed = make_feed(publish(partner, [station(n) for n in range(10)], etags=etags))
    run(feed)
    good = feed.last_good_at

    assert run(feed) == "unchanged"

    assert partner.asked[-1][1]["If-None-Match"] == '"b1"'
    assert good is not None
    assert feed.last_good_at is not None
    assert feed.last_good_at > good


def _refused(partner: PartnerServer) -> None:
    partner.pages["/gbfs.json"] = Page(status=500)


def _half(partner: PartnerServer) -> None:
    page = partner.pages["/station_information.json"]
    partner.pages["/station_information.json"] = Page(body=page.body[:300], announced=len(page.body))


def _truncated(partner: PartnerServer) -> None:
    page = partner.pages["/station_information.json"]
    partner.pages["/station_information.json"] = Page(body=page.body[: len(page.body) // 2])


def _web_page(partner: PartnerServer) -> None:
    partner.pages["/station_information.json"] = Page(body=b"<!DOCTYPE html><h1>Maintenance</h1>", kind="text/html")


def _hidden_web_page(partner: PartnerServer) -> None:
    partner.pages["/gbfs.json"] = Page(body=b"\n <html><h1>Sign in</h1>")


def _part_gone(partner: PartnerServer) -> None:
    del partner.pages["/station_information.json"]


def _to_file(partner: PartnerServer) -> None:
    partner.pages["/gbfs.json"] = Page(status=302, headers={"Location": "file:///etc/hostname"})


def _to_closed_network(partner: PartnerServer) -> None:
    partner.pages["/gbfs.json"] = Page(status=302, headers={"Location": "http://10.0.0.1/gbfs.json"})


def _to_metadata(partner: PartnerServer) -> None:
    partner.pages["/gbfs.json"] = Page(status=307, headers={"Location": "http://169.254.169.254/latest/meta-data"})


def _round(partner: PartnerServer) -> None:
    partner.pages["/gbfs.json"] = Page(status=301, headers={"Location": "/gbfs.json"})


def _nonsense(partner: PartnerServer) -> None:
    partner.json("/station_information.json", {"version": "3.0", "data": {"stations": "many"}})
    partner.json("/gbfs.json", ["feeds"])


def _strange_encoding(partner: PartnerServer) -> None:
    partner.pages["/gbfs.json"] = Page(body=b"\x1b\x00", headers={"Content-Encoding": "br"})


@pytest.mark.parametrize(
    ("misbehave", "code"),
    [
        (_refused, "import.unreachable"),
        (_half, "import.half"),
        (_truncated, "import.json_invalid"),
        (_web_page, "import.web_page"),
        (_hidden_web_page, "import.web_page"),
        (_part_gone, "import.unreachable"),
        (_to_file, "import.address_unknown"),
        (_to_closed_network, "import.address_private"),
        (_to_metadata, "import.address_private"),
        (_round, "import.redirects"),
        (_nonsense, "import.entries_missing"),
        (_strange_encoding, "import.unreachable"),
    ],
)
def test_misbehaving_server_leaves_the_hub_as_it_is(
    feed: Feed, partner: PartnerServer, misbehave: Callable[[PartnerServer], None], code: str
) -> None:
    misbehave(partner)
    good, due = feed.last_good_at, feed.next_due_at

    assert run(feed) == "failed"

    assert shown(feed) == 10
    assert (feed.problem_code, feed.failures, feed.state) == (code, 1, "active")
    assert feed.problem_words
    assert feed.last_good_at == good
    assert timedelta(seconds=30) <= feed.next_due_at - due <= timedelta(seconds=70)


def _hanging(partner: PartnerServer) -> None:
    partner.pages["/gbfs.json"].hangs = 3.0


def _dripping(partner: PartnerServer) -> None:
    partner.pages["/gbfs.json"].drip = 0.2


def _bomb(partner: PartnerServer) -> None:
    partner.pages["/gbfs.json"] = bomb(4)


@pytest.mark.parametrize(
    ("misbehave", "code"),
    [(_hanging, "import.too_slow"), (_dripping, "import.too_slow"), (_bomb, "import.too_large")],
)
@pytest.mark.usefixtures("quick")
def test_slow_and_swelling_answers_are_cut_off(
    feed: Feed, partner: PartnerServer, misbehave: Callable[[PartnerServer], None], code: str
) -> None:
    misbehave(partner)

    assert run(feed) == "failed"

    assert (feed.problem_code, shown(feed)) == (code, 10)


def test_server_that_is_gone_is_a_failure(feed: Feed) -> None:
    Feed.objects.update(location=f"http://127.0.0.1:{closed_port()}/gbfs.json")
    assert run(feed) == "failed"
    assert (feed.problem_code, shown(feed)) == ("import.unreachable", 10)


def test_failures_wait_longer_each_time_and_one_good_run_ends_them(feed: Feed, partner: PartnerServer) -> None:
    kept = partner.pages.pop("/gbfs.json")
    pauses = []
    for _attempt in range(4):
        due = feed.next_due_at
        run(feed)
        pauses.append(feed.next_due_at - due)
    assert all(later > sooner for sooner, later in zip(pauses[:-2], pauses[2:], strict=True))
    assert feed.failures == 4

    partner.pages["/gbfs.json"] = kept
    assert run(feed) == "unchanged"
    assert (feed.failures, feed.problem_code) == (0, "")


@pytest.mark.parametrize("status_code", [429, 503])
def test_wish_to_come_back_later_is_respected(feed: Feed, partner: PartnerServer, status_code: int) -> None:
    partner.pages["/gbfs.json"] = Page(status=status_code, headers={"Retry-After": "7200"})
    due = feed.next_due_at

    assert run(feed) == "failed"

    assert feed.next_due_at - due >= timedelta(hours=2)
    assert feed.problem_code == "import.not_now"


def test_wish_to_come_back_next_year_is_not(feed: Feed, partner: PartnerServer) -> None:
    partner.pages["/gbfs.json"] = Page(status=429, headers={"Retry-After": "99999999"})
    due = feed.next_due_at
    run(feed)
    assert feed.next_due_at - due <= timedelta(hours=25)


def shrink(partner: PartnerServer, left: int) -> None:
    publish(partner, [station(n) for n in range(left)], [status(n, AT) for n in range(left)])


@pytest.mark.parametrize("left", [0, 2, 7])
def test_feed_that_shrinks_is_held_back_with_a_preview(feed: Feed, partner: PartnerServer, left: int) -> None:
    shrink(partner, left)

    assert run(feed) == "held_back"

    assert shown(feed) == 10
    assert feed.state == "quarantined"
    assert (feed.quarantine["vanished"], feed.quarantine["known"]) == (10 - left, 10)
    assert len(feed.quarantine["examples"]) == 10 - left
    assert codes() == ["partners.feed_quarantine"]
    assert run(feed) == "held_back"
    assert codes() == ["partners.feed_quarantine"]


def test_feed_that_comes_to_itself_needs_nobody(feed: Feed, partner: PartnerServer) -> None:
    shrink(partner, 2)
    run(feed)
    shrink(partner, 10)

    assert run(feed) in ("good", "unchanged")

    assert (feed.state, feed.quarantine, shown(feed)) == ("active", {}, 10)
    assert codes() == ["partners.feed_quarantine", "partners.feed_well"]


def test_accepted_shrinkage_is_applied(feed: Feed, partner: PartnerServer) -> None:
    shrink(partner, 2)
    run(feed)

    accept_feed(feed=feed, vanished=8, by=officer("Officer Han"), now=NOW + timedelta(hours=2))

    assert run(feed) == "good"
    assert (shown(feed), feed.state, feed.accepted) == (2, "active", 0)


def test_more_than_was_accepted_is_held_back_again(feed: Feed, partner: PartnerServer) -> None:
    shrink(partner, 5)
    run(feed)
    accept_feed(feed=feed, vanished=5, by=officer("Officer Han"), now=NOW + timedelta(hours=2))
    shrink(partner, 0)

    assert run(feed) == "held_back"

    assert shown(feed) == 10
    with pytest.raises(Conflict) as refused:
        accept_feed(feed=feed, vanished=5, by=officer("Officer Lim"), now=NOW + timedelta(hours=2))
    assert refused.value.code == "feed.preview_changed"


def test_silent_feed_is_told_of_once_and_once_when_it_is_well(feed: Feed, partner: PartnerServer) -> None:
    kept = partner.pages.pop("/gbfs.json")
    assert feed.last_good_at is not None
    later = feed.last_good_at + timedelta(hours=3, minutes=1)

    assert raise_stale_alarms(later - timedelta(minutes=2)) == 0
    assert raise_stale_alarms(later) == 1
    assert raise_stale_alarms(later) == 0
    run(feed, later)
    partner.pages["/gbfs.json"] = kept
    run(feed)
    run(feed)

    assert codes() == ["partners.feed_stale", "partners.feed_well"]


def test_pause_throws_away_what_is_under_way_and_raises_no_alarm(feed: Feed, partner: PartnerServer) -> None:
    shrink(partner, 9)
    by = officer("Officer Han")
    pause_feed(feed=feed, by=by, now=NOW)

    assert run(feed) == "not_due"
    assert raise_stale_alarms(NOW + timedelta(days=9)) == 0

    resume_feed(feed=feed, by=by, now=NOW + timedelta(days=9))
    assert raise_stale_alarms(NOW + timedelta(days=9)) == 0
    assert run(feed, NOW + timedelta(days=9)) == "good"
    assert shown(feed) == 9


def test_run_now_reads_anew_what_has_not_changed(feed: Feed, partner: PartnerServer) -> None:
    Listing.objects.filter(external_key="station:st-1").update(content_hash="")
    run_feed_now(feed=feed, by=officer("Officer Han"), now=NOW)

    assert run(feed, NOW) == "good"


def test_two_systems_of_one_name_stay_apart(feed: Feed) -> None:
    with serving() as other:
        second = make_feed(publish(other, [station(n) for n in range(4)]), by=officer("Officer Han"))
        run(second)

    assert feed.scope == "gbfs:mapo_cars"
    assert second.scope == f"gbfs:{second.code.lower()}"
    assert (shown(feed), shown(second)) == (10, 4)


def test_worker_that_died_is_followed_by_another(feed: Feed) -> None:
    Feed.objects.update(lease="gone", leased_until=feed.next_due_at + timedelta(minutes=15))

    assert run(feed) == "not_due"
    assert run(feed, feed.next_due_at + timedelta(minutes=16)) == "unchanged"


def test_run_whose_lease_was_lost_writes_nothing(feed: Feed) -> None:
    visit = take_lease(feed.pk, feed.next_due_at)
    assert visit is not None
    pause_feed(feed=feed, by=officer("Officer Han"), now=NOW)

    with pytest.raises(LeaseLost), write():
        hold(visit)
