"""The mail server is away: nobody sees an error page, everybody is told."""

import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from sharingcity.people.models import Person

pytestmark = pytest.mark.django_db

SORRY = "Our e-mail did not get out just now."


@pytest.fixture(autouse=True)
def _no_mail_server(settings: Any) -> None:
    cache.clear()
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 2


@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/"])
@pytest.mark.parametrize("is_known", [True, False])
def test_code_that_cannot_be_sent_is_said(path: str, is_known: bool, person: Person, client: Client) -> None:
    asked = {"email": person.email if is_known else "nobody@people.example"}

    answer = client.post(path, asked, follow=True, headers={"Accept-Language": "en"})

    assert answer.status_code == 200
    assert SORRY in answer.content.decode()


def test_newcomer_can_go_on_when_the_code_did_not_leave(client: Client) -> None:
    answers = {
        "name": "Kim Minji",
        "email": "minji@people.example",
        "password1": "seven blue kettles",
        "language": "en",
        "age": "14",
        "consent_terms": "on",
        "consent_privacy": "on",
    }

    answer = client.post("/accounts/signup/", answers, follow=True, headers={"Accept-Language": "en"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert SORRY in page
    assert "Send another code" in page
    assert Person.objects.get().email == "minji@people.example"


def test_changed_password_stands_without_its_mail(person: Person, signed_in: Callable[[Person], Client]) -> None:
    client = signed_in(person)
    typed = {"oldpassword": "seven blue kettles", "password1": "eight red lanterns", "password2": "eight red lanterns"}

    answer = client.post("/accounts/password/change/", typed, follow=True)

    person.refresh_from_db()
    assert answer.status_code == 200
    assert person.check_password("eight red lanterns")
