"""What search engines and browsers read: sitemaps, robots, the description of the search."""

from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import make_organisation, make_place, make_room, make_service
from tests.partners.feeds_out.small_city import hostile, make_city

from sharingcity.listings.models import Listing
from sharingcity.partners.feeds_out import sitemaps

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def addresses(client: Client, path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(response.getvalue())
    return [str(one.text).removeprefix("http://testserver") for one in root.iter(f"{SITEMAP}loc")]


def test_sitemaps_lead_to_every_public_page_and_each_answers(client: Client) -> None:
    make_city()
    client.cookies["django_language"] = "ko"
    every = [page for part in addresses(client, "/sitemap.xml") for page in addresses(client, part)]
    rooms = Listing.objects.filter(state="published").count()

    assert len(every) == len(set(every)) == rooms + 3 + len(sitemaps.PAGES) + _organisations()
    listings = [page for page in every if page.startswith("/listings/")]
    assert {page: client.get(page).status_code for page in listings} == dict.fromkeys(listings, 200)
    assert client.get(next(page for page in every if page.startswith("/organisations/"))).status_code == 200


def _organisations() -> int:
    from sharingcity.directory.models import Organisation  # models are known only once the tests run

    return Organisation.objects.filter(state="published").count()


def test_sitemap_of_an_empty_city_names_its_pages(client: Client) -> None:
    assert addresses(client, "/sitemap.xml") == [
        f"/sitemaps/{kind}.xml" for kind in ("pages", "organisations", "services")
    ]
    assert addresses(client, "/sitemaps/organisations.xml") == []


def test_listing_stays_in_its_sitemap(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "ADDRESSES", 2)
    rooms = [make_room(f"Room {number}") for number in range(7)]
    before = {part: addresses(client, part) for part in addresses(client, "/sitemap.xml") if "listings" in part}

    Listing.objects.filter(pk=rooms[0].pk).update(state="draft")
    after = {part: addresses(client, part) for part in addresses(client, "/sitemap.xml") if "listings" in part}

    gone = f"/listings/{rooms[0].code}/"
    assert sum(map(len, before.values())) == 7
    assert max(map(len, before.values())) <= 2
    kept = {part: [page for page in found if not page.startswith(gone)] for part, found in before.items()}
    assert after == {part: found for part, found in kept.items() if found}


def test_sitemap_says_when_a_page_changed(client: Client) -> None:
    make_room()

    root = ElementTree.fromstring(client.get(addresses(client, "/sitemap.xml")[-1]).getvalue())

    assert [one.text for one in root.iter(f"{SITEMAP}lastmod")] == ["2026-11-02T01:00:00Z"]


def test_hostile_title_stays_inside_its_address(client: Client) -> None:
    room = make_room(hostile())

    (address,) = addresses(client, addresses(client, "/sitemap.xml")[-1])

    assert unquote(address).startswith(f"/listings/{room.code}/")
    assert "<" not in unquote(address)


@pytest.mark.parametrize("name", ["people", "listings", "listings-x", "pages-1", "listings-999999999", "listings-٣"])
def test_sitemap_of_nothing_is_not_there(client: Client, name: str) -> None:
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404


@pytest.mark.parametrize("kind", ["organisations", "services", "listings-0"])
def test_sitemaps_ask_as_much_for_many_rows_as_for_one(client: Client, kind: str) -> None:
    asked = []
    for number in (1, 2, 7):
        for _ in range(number):
            make_service(organisation=make_room(place=make_place(make_organisation())).organisation)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/sitemaps/{kind}.xml").getvalue()
        asked.append(len(queries))

    assert len(set(asked)) == 1, asked


def test_robots_stay_out_of_what_is_somebodys_own(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert {"Disallow: /me", "Disallow: /host", "Disallow: /city", "Disallow: /find?"} <= set(lines)
    assert "Sitemap: http://testserver/sitemap.xml" in lines


@pytest.mark.parametrize("language", ["ko", "en", "ar"])
def test_browser_can_add_the_search(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    response = client.get("/opensearch.xml")

    root = ElementTree.fromstring(response.content)

    templates = {one.get("type"): one.get("template") for one in root.iter(f"{SEARCH}Url")}
    assert templates["text/html"] == "http://testserver/find?q={searchTerms}"
    assert 0 < len(str(root.findtext(f"{SEARCH}ShortName"))) <= 16
    assert root.findtext(f"{SEARCH}Language") == language
    assert client.get("/find?q=hall").status_code == 200


def test_every_page_leads_to_the_search_and_the_feed(client: Client) -> None:
    page = client.get("/open-data").content.decode()

    assert '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"' in page
    assert '<link rel="alternate" type="application/atom+xml" href="/open-data/changes/changes.atom' in page


def test_sitemap_names_each_page_in_every_language(client: Client) -> None:
    make_room("Quiet room")
    client.cookies["django_language"] = "ko"
    for part in ("/sitemaps/pages.xml", "/sitemaps/organisations.xml", addresses(client, "/sitemap.xml")[-1]):
        root = ElementTree.fromstring(client.get(part).getvalue())
        for url in root.iter(f"{SITEMAP}url"):
            own = url.findtext(f"{SITEMAP}loc")
            others = {one.attrib["hreflang"]: one.attrib["href"] for one in url.iter(f"{{{sitemaps.XHTML}}}link")}
            if str(own).endswith("/api/docs"):
                assert others == {}
                continue
            assert list(others) == ["ko", "en", "ar", "x-default"]
            assert others["x-default"] == own
            page = client.get(others["en"].removeprefix("http://testserver"))
            assert page.status_code == 200
            assert f'<link rel="canonical" href="{others["en"]}">' in page.content.decode()
