import html
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from sharingcity.people import operations
from sharingcity.people.models import Guardianship, Notice, Person
from sharingcity.people.purposes import PURPOSES

pytestmark = pytest.mark.django_db

ANSWERS = {
    "name": "Kim Minji",
    "email": "minji@people.example",
    "password1": "seven blue kettles",
    "language": "ko",
    "age": "14",
    "consent_terms": "on",
    "consent_privacy": "on",
}


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def _sign_up(client: Client, **changed: str) -> "object":
    return client.post("/accounts/signup/", {k: v for k, v in (ANSWERS | changed).items() if v})


def _code() -> str:
    found = re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$", mail.outbox[-1].body, re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found.group(1)


def test_newcomer_signs_up_and_is_in_after_the_code(client: Client) -> None:
    answer = _sign_up(client)
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert answer["Location"] == "/accounts/confirm-email/"  # type: ignore[index]
    assert client.get("/me/data").status_code == 302

    verified = client.post("/accounts/confirm-email/", {"code": _code()})

    assert verified["Location"] == "/me"
    assert client.get("/me/data").status_code == 200
    person = Person.objects.get()
    assert (person.name, person.language) == ("Kim Minji", "ko")
    assert {row.purpose for row in person.consents.all()} == {"terms", "privacy"}
    assert {row.source for row in person.consents.all()} == {"sign_up"}


def test_code_mail_is_in_the_persons_language(client: Client) -> None:
    _sign_up(client, language="ar")
    assert "مرحبا" in mail.outbox[0].body


def test_wrong_code_is_refused(client: Client) -> None:
    _sign_up(client)
    answer = client.post("/accounts/confirm-email/", {"code": "WRONG1"})
    assert answer.status_code == 200
    assert client.get("/me/data").status_code == 302


def test_no_consent_is_ticked_before(client: Client) -> None:
    page = client.get("/accounts/signup/").content.decode()
    for code in PURPOSES:
        box = re.search(rf'<input type="checkbox" name="consent_{code}"[^>]*>', page)
        assert box
        assert "checked" not in box.group(0)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"consent_terms": ""}, "consent_terms"),
        ({"consent_privacy": ""}, "consent_privacy"),
        ({"name": ""}, "name"),
        ({"age": ""}, "age"),
        ({"password1": "short"}, "password1"),
        ({"password1": "password12345"}, "password1"),
        ({"email": "nonsense"}, "email"),
        ({"age": "child"}, "guardian_email"),
        ({"age": "child", "guardian_email": "minji@people.example"}, "guardian_email"),
        ({"age": "child", "guardian_email": "nonsense"}, "guardian_email"),
    ],
)
def test_sign_up_with_something_missing_comes_back_with_what_was_typed(
    client: Client, changed: dict[str, str], field: str
) -> None:
    answer = _sign_up(client, **changed)
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert field in answer.context["form"].errors  # type: ignore[attr-defined]
    assert "data-error-summary" in page
    if field != "name":
        assert 'value="Kim Minji"' in page
    assert not Person.objects.exists()


def test_optional_consent_is_recorded_only_when_ticked(client: Client) -> None:
    _sign_up(client, consent_news="on")
    assert {row.purpose for row in Person.objects.get().consents.all()} == {"terms", "privacy", "news"}


def test_child_cannot_come_in_before_the_guardian_said_yes(client: Client, now: datetime) -> None:
    answer = _sign_up(client, age="child", guardian_email="parent@people.example")
    assert answer["Location"] == "/accounts/inactive/"  # type: ignore[index]
    assert client.get("/accounts/inactive/").status_code == 200
    child = Person.objects.get()
    assert child.consents.count() == 0
    assert Guardianship.objects.get().purposes == ["privacy", "terms"]
    assert Notice.objects.get().address == "parent@people.example"

    path = f"/guardian/{operations.guardian_token(child.pk)}"
    opened = client.get(path)
    assert opened.status_code == 200
    assert "Kim Minji" in opened.content.decode()
    assert Person.objects.get().is_active is False
    assert client.post(path, {"answer": "yes", "guardian_name": ""}).status_code == 422
    assert client.post(path, {"answer": "yes", "guardian_name": "Kim Soo"}).status_code == 200

    client.post("/accounts/login/", {"login": "minji@people.example", "password": "seven blue kettles"})
    client.post("/accounts/confirm-email/", {"code": _code()})
    assert client.get("/me/data").status_code == 200


def test_guardian_page_with_a_forged_link_is_not_found(client: Client) -> None:
    assert client.get("/guardian/forged").status_code == 404


def test_known_address_is_not_given_away(client: Client, make_person: Callable[..., Person]) -> None:
    make_person(email=ANSWERS["email"])
    answer = _sign_up(client)
    assert answer["Location"] == "/accounts/confirm-email/"  # type: ignore[index]
    assert Person.objects.count() == 1
    assert len(mail.outbox) == 1


def test_failing_sign_up_leaves_no_person(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from sharingcity.kernel import journal

    def fall(*_changes: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(journal, "append", fall)
    with pytest.raises(OSError, match="disk full"):
        _sign_up(client)
    assert not Person.objects.exists()


def test_right_password_does_not_help_after_many_wrong_ones(client: Client, person: Person) -> None:
    for number in range(6):
        client.post("/accounts/login/", {"login": person.email, "password": f"wrong {number}"})
    client.post("/accounts/login/", {"login": person.email, "password": "seven blue kettles"})
    assert client.get("/me/data").status_code == 302


def test_forgotten_password_is_set_anew_with_a_code(client: Client, person: Person) -> None:
    answer = client.post("/accounts/password/reset/", {"email": person.email})
    assert answer.status_code == 302
    client.post(answer["Location"], {"code": _code()})
    changed = client.post(
        "/accounts/password/reset/complete/", {"password1": "nine green ladders", "password2": "nine green ladders"}
    )
    assert changed.status_code == 302
    client.post("/accounts/login/", {"login": person.email, "password": "nine green ladders"})
    assert client.get("/me/data").status_code == 200


def test_authenticator_app_is_asked_for_after_the_password(
    client: Client, person: Person, signed_in: Callable[[Person], Client]
) -> None:
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        format_hotp_value,
        generate_totp_secret,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    signed_in(person)
    assert client.get("/me/data").status_code == 302
    assert client.get("/accounts/2fa/authenticate/").status_code == 200
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert client.get("/me/data").status_code == 200


def test_passkey_question_is_offered(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert 'id="passkey_login"' in page
    options = client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["challenge"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", "Kim Minji 님, 로그인했습니다."),
        ("en", "You are signed in as Kim Minji."),
        ("ar", "سجّلت الدخول باسم Kim Minji."),
    ],
)
def test_greeting_after_the_sign_in_is_in_our_own_words(client: Client, language: str, words: str) -> None:
    _sign_up(client, language=language)
    client.post("/accounts/confirm-email/", {"code": _code()}, HTTP_ACCEPT_LANGUAGE=language)

    assert words in html.unescape(client.get("/me").content.decode())
