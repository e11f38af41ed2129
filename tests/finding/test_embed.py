"""The card for other sites: framed by anybody, without cookies and script."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from sharingcity.finding.operations import reindex_all
from sharingcity.finding.web import embed
from sharingcity.kernel.geo import cell_int
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharingcity.kernel.clock.now", lambda: NOW)
    embed._drawn.cache_clear()


def hall(lat: float = 37.5563, lng: float = 126.9106) -> Any:
    return make.make_place(lat=lat, lng=lng, cell=cell_int(lat, lng, 9))


def card(client: Client, query: str = "", status: int = 200) -> Any:
    answer = client.get(f"/embed/free-nearby?{query}", headers={"accept-language": "en"})
    assert answer.status_code == status
    return answer


def test_card_may_stand_in_any_page_and_leaves_nothing_behind(client: Client) -> None:
    make.make_room("Meeting room", place=hall())
    reindex_all()

    answer = card(client, "near=37.556,126.911")

    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    page = answer.content.decode()
    assert "Meeting room" in page
    assert "<script" not in page
    assert re.search(r'href="http://testserver/listings/\w+/meeting-room\?[^"]+" target="_blank" rel="noopener"', page)


def test_every_other_page_stays_unframed(client: Client) -> None:
    for path in ("/", "/find", "/embed"):
        answer = client.get(path)
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_card_shows_only_what_is_free_now(client: Client) -> None:
    make.make_room("Open room", place=hall())
    make.make_room("Night room", hours="Mo-Su 22:00-23:00", place=hall())
    make.make_room("Far room", place=hall(37.4, 127.2))
    reindex_all()

    page = card(client, "near=37.556,126.911").content.decode()

    assert "Open room" in page
    assert "Night room" not in page
    assert "Far room" not in page


def test_card_is_kept_for_a_minute(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make.make_room("First room")
    reindex_all()
    card(client)
    make.make_room("Second room")
    reindex_all()

    within = card(client).content.decode()
    monkeypatch.setattr("sharingcity.kernel.clock.now", lambda: NOW + timedelta(minutes=1))
    after = card(client).content.decode()

    assert "Second room" not in within
    assert "Second room" in after


@pytest.mark.parametrize("language", ["ko", "en", "ar"])
def test_card_speaks_the_language_it_is_asked_for(client: Client, language: str) -> None:
    page = card(client, f"lang={language}").content.decode()

    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page


@pytest.mark.parametrize("query", ["district=nowhere", "near=north"])
def test_card_set_up_wrongly_says_so(client: Client, query: str) -> None:
    assert "This card is not set up correctly" in card(client, query, status=422).content.decode()


def test_builder_gives_a_line_that_is_safe_to_paste(client: Client) -> None:
    make.make_district("mapo")

    page = client.get("/embed?where=Mapo&kind=space&lang=en", headers={"accept-language": "en"}).content.decode()
    hostile = client.get('/embed?where="><script>alert(1)</script>&kind=<b>&lang=xx').content.decode()

    assert (
        "&lt;iframe src=&quot;http://testserver/embed/free-nearby?district=mapo&amp;amp;kind=space&amp;amp;lang=en"
        in page
    )
    assert 'src="/embed/free-nearby?district=mapo&amp;kind=space&amp;lang=en"' in page
    assert "<script>alert" not in hostile
