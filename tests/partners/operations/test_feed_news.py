from datetime import timedelta

import pytest
from django.test import Client
from tests.partners.feeding import NOW, make_feed, run
from tests.partners.partner_server import Page, PartnerServer
from time_machine import travel

from sharingcity.partners.models import Feed, NewsItem
from sharingcity.partners.operations.apply_news import forget_old_news
from sharingcity.partners.queries import latest_news, news_of

pytestmark = pytest.mark.django_db

HOSTILE = """<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko"><title>News</title><id>n</id>
<entry><id>1</id><title type="html">Repair &lt;b&gt;café&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt;</title>
<link href="https://partner.example.org/1"/><updated>2026-11-22T00:00:00Z</updated>
<summary type="html">&lt;p onclick="x"&gt;Bring &amp;amp;lt;img src=x onerror=alert(1)&amp;amp;gt; your
toaster.&lt;/p&gt;&lt;style&gt;p{}&lt;/style&gt;</summary></entry>
<entry><id>2</id><title>Second</title><link href="javascript:alert(1)"/><updated>2026-11-21T00:00:00Z</updated></entry>
<entry><id>3</id><title>Old</title><updated>2026-01-01T00:00:00Z</updated></entry>
<entry><id>4</id><title>From the future</title><updated>2031-01-01T00:00:00Z</updated></entry>
<entry><id>5</id><title> </title><updated>2026-11-21T00:00:00Z</updated></entry>
<entry><id>6</id><title>Undated</title></entry>
</feed>"""
RSS = """<rss version="2.0"><channel><title>N</title><item><guid>a</guid><title>Bikes</title>
<link>https://partner.example.org/b</link><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>"""


def publish(partner: PartnerServer, text: str) -> str:
    partner.pages["/news"] = Page(body=text.encode(), kind="application/atom+xml")
    return f"{partner.url}/news"


@pytest.fixture
def feed(partner: PartnerServer) -> Feed:
    made = make_feed(publish(partner, HOSTILE), connector="atom")
    assert run(made) == "good"
    return made


def test_news_is_plain_text_with_a_web_address_or_none(feed: Feed) -> None:
    rows = {row.title: row for row in NewsItem.objects.all()}

    assert set(rows) == {"Repair café", "Second", "From the future", "Undated"}
    first = rows["Repair café"]
    assert (first.link, first.language) == ("https://partner.example.org/1", "ko")
    assert "toaster" in first.summary
    assert "<" not in first.summary
    assert rows["Second"].link == ""
    assert rows["From the future"].published_at <= NOW
    last = feed.runs.get()
    assert (last.rows, last.created, last.rejected, last.skipped) == (6, 4, 1, 1)


def test_news_is_shown_on_both_pages_and_hurts_nobody(feed: Feed, client: Client) -> None:
    client.cookies.load({"django_language": "en"})
    with travel(NOW + timedelta(hours=1), tick=False):
        home = client.get("/").content.decode()
        own = client.get(f"/organisations/{feed.organisation.slug}").content.decode()
    for page in (home, own):
        assert "Repair café" in page
        assert "alert(1)" not in page
        assert "javascript:" not in page


def test_second_run_changes_nothing_and_an_edit_keeps_its_day(feed: Feed, partner: PartnerServer) -> None:
    day = NewsItem.objects.get(title="Second").published_at
    assert run(feed) == "unchanged"
    publish(partner, HOSTILE.replace("<title>Second</title>", "<title>Second, put right</title>"))
    assert run(feed) == "good"
    assert NewsItem.objects.get(title="Second, put right").published_at == day
    assert NewsItem.objects.count() == 4


def test_what_a_partner_takes_away_stays_for_a_season(feed: Feed, partner: PartnerServer) -> None:
    publish(partner, RSS)
    assert run(feed) == "good"
    assert NewsItem.objects.count() == 5
    assert {row.title for row in latest_news(NOW, 2)} == {"From the future", "Undated"}
    assert len(news_of(feed.organisation_id, NOW)) == 5
    assert forget_old_news(NOW + timedelta(days=120)) == 5


@pytest.mark.parametrize(
    "body",
    ["/etc/hostname", "https://example.org/feed", "{}", "", "<feed", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
)
def test_what_is_no_feed_is_a_failure(feed: Feed, partner: PartnerServer, body: str) -> None:
    publish(partner, body)
    assert run(feed) == "failed"
    assert (feed.problem_code, NewsItem.objects.count()) == ("import.not_a_feed", 4)


def test_entities_that_swell_are_not_unfolded(feed: Feed, partner: PartnerServer) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "ha">{entities}]>' + RSS.replace("Bikes", "&e9;")
    publish(partner, bomb)
    run(feed)
    assert all(len(row.title) <= 300 for row in NewsItem.objects.all())
