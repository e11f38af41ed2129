from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import server_error
from tests.factories import make_person
from tests.portal.residents import LANGUAGES, check_whole, text

STILL = ("/about", "/accessibility", "/privacy", "/licences")


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", STILL)
def test_still_page_is_drawn_in_every_language(client: Client, path: str, language: str) -> None:
    check_whole(client.get(path, headers={"Accept-Language": language}), language)


@pytest.mark.django_db
def test_licences_name_the_libraries_that_are_installed(client: Client) -> None:
    page = text(client.get("/licences", headers={"Accept-Language": "en"}))
    assert "Django 5.2" in page
    assert "BSD" in page
    assert "h3" in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_page_is_ours(client: Client, language: str) -> None:
    answer = client.get("/nothing/here", headers={"Accept-Language": language})
    check_whole(answer, language, 404)
    assert "Resolver404" not in text(answer)


@pytest.mark.django_db
def test_missing_reservation_says_what_is_missing(client: Client) -> None:
    client.force_login(make_person())
    answer = client.get("/me/reservations/NOSUCHONE0", headers={"Accept-Language": "en"})
    assert "There is no such reservation." in text(answer)


@pytest.mark.django_db
def test_forbidden_page_is_ours(client: Client) -> None:
    client.force_login(make_person())
    check_whole(client.get("/city", headers={"Accept-Language": "en"}), "en", 403)


@pytest.mark.django_db
def test_form_from_elsewhere_is_refused_kindly() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/i18n/setlang/", {"language": "en"}, headers={"Accept-Language": "en"})
    check_whole(answer, "en", 403)
    assert "Please send it again" in text(answer)


def test_broken_page_needs_no_database(rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/")
    answer: Any = server_error(request)
    assert answer.status_code == 500
    assert answer.content.decode().count("<h1") == 1
    assert "<h1" in render_to_string("500.html")


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/me", "/me/calendar"])
def test_own_page_is_drawn_in_every_language(client: Client, path: str, language: str) -> None:
    client.force_login(make_person(language=language))
    answer = client.get(path, headers={"Accept-Language": language})
    check_whole(answer, language)
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/me", "/me/calendar", "/me/reservations/NOSUCHONE0", "/book/NOSUCHONE0"])
def test_own_page_asks_strangers_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
def test_calendar_address_is_shown_when_asked_for_and_changes_when_told(client: Client) -> None:
    client.force_login(make_person())
    assert ".ics" not in client.get("/me/calendar").content.decode()

    first = client.post("/me/calendar").content.decode()
    again = client.post("/me/calendar").content.decode()
    changed = client.post("/me/calendar", {"change": "1"}).content.decode()

    assert _address(first) == _address(again) != _address(changed)


def _address(page: str) -> str:
    return page.split('class="notice feed"><a href="')[1].split('"', maxsplit=1)[0]
