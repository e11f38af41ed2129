"""Each public page names its one address and the same page in each language."""

import re
from html import unescape
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.test import Client
from tests import factories as make

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


def canonical(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<link rel="canonical" href="([^"]+)">', page)]


def languages(page: str) -> dict[str, str]:
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page)
    return {code: unescape(address) for code, address in found}


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/find", "/organisations", "/about", "/accessibility", "/privacy", "/licences", "/open-data"]
)
def test_public_page_names_itself_in_each_language(client: Client, path: str) -> None:
    page = read(client, path)

    assert canonical(page) == [HOST + path]
    assert languages(page) == {
        **{code: f"{HOST}{path}?lang={code}" for code in ("ko", "en", "ar")},
        "x-default": HOST + path,
    }
    for code, direction in (("ko", "ltr"), ("en", "ltr"), ("ar", "rtl")):
        other = read(client, f"{path}?lang={code}")
        assert f'<html lang="{code}" dir="{direction}">' in other
        assert canonical(other) == [f"{HOST}{path}?lang={code}"]
        assert languages(other) == languages(page)


def test_canonical_keeps_what_makes_another_page_and_nothing_else(client: Client) -> None:
    page = read(client, "/find?utm_source=x&sort=near&q=meeting+room&near=37.566,126.978&kind=space&fbclid=1")

    assert canonical(page) == [f"{HOST}/find?q=meeting+room&kind=space"]


def test_listing_is_named_with_its_words_in_each_language_and_none_leads_elsewhere(client: Client) -> None:
    room = make.make_room("Quiet room")
    type(room).objects.filter(pk=room.pk).update(titles={"ko": "조용한 방", "en": "Quiet room", "ar": "غرفة هادئة"})
    client.cookies["django_language"] = "en"

    page = read(client, f"/listings/{room.code}/quiet-room")

    found = languages(page)
    assert unquote(found["ko"]) == f"{HOST}/listings/{room.code}/조용한-방?lang=ko"
    assert found["x-default"] == canonical(page)[0] == f"{HOST}/listings/{room.code}/quiet-room"
    for code in ("ko", "en", "ar"):
        address = found[code].removeprefix(HOST)
        assert canonical(read(client, address)) == [found[code]]


def test_organisation_and_service_are_named_too(client: Client) -> None:
    one = make.make_service("Tool library")
    for path in (f"/services/{one.slug}", f"/organisations/{one.organisation.slug}"):
        assert canonical(read(client, path)) == [HOST + quote(path)]


def test_language_of_an_address_is_for_this_page_only(client: Client) -> None:
    client.cookies["django_language"] = "en"

    read(client, "/about?lang=ar")

    assert client.cookies["django_language"].value == "en"
    assert '<html lang="en"' in read(client, "/about")


def test_choosing_a_language_leaves_the_one_of_the_address(client: Client) -> None:
    page = read(client, "/find?lang=ar&q=room")

    assert '<input type="hidden" name="next" value="/find?q=room">' in page


@pytest.mark.parametrize("lang", ["xx", "", "ko-KR", "<script>", "../"])
def test_unknown_language_is_ignored(client: Client, lang: str) -> None:
    page = client.get("/about", {"lang": lang}).content.decode()

    assert canonical(page) == [f"{HOST}/about"]


def test_own_pages_have_no_public_address(client: Client) -> None:
    person: Any = make.make_person()
    client.force_login(person)
    page = read(client, "/me")

    assert canonical(page) == []
    assert languages(page) == {}
