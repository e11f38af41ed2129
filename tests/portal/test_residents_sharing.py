"""A listing can be kept, passed on, and opened in the map app that the reader likes."""

from typing import Any

import pytest
from django.test import Client
from tests.factories import make_organisation, make_place, make_room, make_service

from sharingcity.portal.web.map_apps import map_links


def links(
    name: str = "Hall, 2nd", address: str = "1 Road", at: tuple[float, float] | None = (37.5563, 126.9106)
) -> Any:
    lat, lng = at or (None, None)
    return {link.title: link.url for link in map_links({"en": name, "ko": name}, address, lat, lng)}


def test_maps_get_the_point_or_else_the_address(settings: Any) -> None:
    settings.MAP_APPS = ["kakao", "naver", "google", "apple", "osm"]

    known, unknown = list(links().values()), list(links(at=None).values())

    assert known[0] == "geo:37.556300,126.910600?q=37.556300,126.910600(Hall%2C%202nd)"
    assert known[1] == "https://map.kakao.com/link/map/Hall%20%202nd,37.556300,126.910600"
    assert known[3] == "https://www.google.com/maps/search/?api=1&query=37.556300%2C126.910600"
    assert len(unknown) == 5
    assert all("Road" in url for url in unknown)
    assert links(address="", at=None) == {}


def test_city_chooses_its_maps(settings: Any) -> None:
    settings.MAP_APPS = ["osm"]

    assert [url.split(":")[0] for url in links().values()] == ["geo", "https"]


@pytest.mark.django_db
def test_listing_offers_heart_link_and_maps(client: Client) -> None:
    room = make_room("O’Neill’s room", place=make_place(names={"en": "Hall <b>"}))

    page = client.get(f"/listings/{room.code}", follow=True, headers={"accept-language": "en"}).content.decode()

    assert f'data-heart="listing.{room.code}"' in page
    assert "https://map.kakao.com/link/map/Hall%20%3Cb%3E,37.556300,126.910600" in page
    assert 'data-share="http://testserver/listings/' in page
    assert "https://www.google.com/maps" in page


@pytest.mark.django_db
def test_organisation_and_service_are_passed_on_and_kept(client: Client) -> None:
    shown = make_organisation("Open Guild", lat=37.57, lng=126.98, address="3 Jong-ro")
    hidden = make_organisation("Quiet Guild", lat=37.57, lng=126.98, address="3 Jong-ro", shown_contacts=("phone",))
    service = make_service("Tool library", shown)

    pages = [
        client.get(path, headers={"accept-language": "en"}).content.decode()
        for path in (f"/organisations/{shown.slug}", f"/organisations/{hidden.slug}", f"/services/{service.slug}")
    ]

    assert all('data-share="http://testserver/' in page and "data-heart=" in page for page in pages)
    assert ["map.kakao.com" in page for page in pages] == [True, False, False]
