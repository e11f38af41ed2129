"""The page about open data."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import make_place, make_room, make_service
from tests.partners.feeds_out.small_city import make_city

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ko", "en", "ar"])
@pytest.mark.parametrize("is_empty", [True, False])
def test_every_link_of_the_page_leads_somewhere(client: Client, language: str, is_empty: bool) -> None:
    if not is_empty:
        make_city()
    client.cookies["django_language"] = language

    page = client.get("/open-data").content.decode().split("<main")[1].split("</main>")[0]
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"]+)"', page)}

    assert len(links) > 12
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_page_names_licences_of_every_source(client: Client) -> None:
    client.cookies["django_language"] = "en"

    page = client.get("/open-data").content.decode()

    assert 'rel="license noopener"' in page
    assert "이용허락범위 제한 없음" in page


def test_page_asks_as_much_for_many_rows_as_for_one(client: Client) -> None:
    asked = []
    for number in (1, 2, 7):
        for _ in range(number):
            make_service(organisation=make_room(place=make_place()).organisation)
        with CaptureQueriesContext(connection) as queries:
            client.get("/open-data")
        asked.append(len(queries))

    assert len(set(asked)) == 1, asked
