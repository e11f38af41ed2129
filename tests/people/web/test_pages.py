import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from sharingcity.kernel.states import SYSTEM
from sharingcity.people import operations, queries
from sharingcity.people.models import ApiToken, Grant, Notice, Person, Restriction
from sharingcity.people.permissions import CITY, Scope

pytestmark = pytest.mark.django_db

OWN = ("/me/account", "/me/consents", "/me/notices", "/me/tokens", "/me/data", "/me/data/delete", "/me/restrictions")
OPEN = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
)
OWN_SIGN_IN = (
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/totp/activate/",
    "/accounts/reauthenticate/",
    "/accounts/3rdparty/",
)
STAFF = {"/city/people/roles": "administrator", "/city/notices": "officer", "/city/restrictions": "officer"}
LANGUAGES = {"ko": "ltr", "en": "ltr", "ar": "rtl"}


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def _check(answer: object, language: str) -> None:
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 200, page  # type: ignore[attr-defined]
    assert f'<html lang="{language}" dir="{LANGUAGES[language]}">' in page
    assert page.count("<h1") == 1
    assert " style=" not in page.replace("<style", "")
    assert "{%" not in page
    assert "{{" not in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", OPEN)
def test_open_page_is_drawn_in_every_language(client: Client, path: str, language: str) -> None:
    _check(client.get(path, headers={"Accept-Language": language}), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_pages_are_drawn_in_every_language(
    make_person: Callable[..., Person], signed_in: Callable[[Person], Client], now: datetime, language: str
) -> None:
    person = make_person(language=language)
    operations.impose_restriction(
        person=person, kind="booking", reason_code="x", words="w", ends_at=now + timedelta(days=999), by=SYSTEM, now=now
    )
    operations.issue_token(person=person, name="x", by=person, now=now)
    client = signed_in(person)
    for path in OWN + OWN_SIGN_IN:
        _check(client.get(path), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_staff_pages_are_drawn_in_every_language(
    make_person: Callable[..., Person], signed_in: Callable[[Person], Client], now: datetime, language: str
) -> None:
    staff, other = make_person("Staff", language=language), make_person("Nobody", email="", password=None)
    for role in ("administrator", "officer"):
        operations.give_role(person=staff, role=role, scope=CITY, by=SYSTEM, now=now)
    grant = operations.give_role(person=other, role="manager", scope=Scope("building", 7), by=SYSTEM, now=now)
    restriction = operations.impose_restriction(
        person=other, kind="booking", reason_code="x", words="w", ends_at=now + timedelta(days=999), by=SYSTEM, now=now
    )
    operations.appeal_restriction(restriction_id=restriction.pk, by=other, words="why", now=now)
    client = signed_in(staff)
    for path in (*STAFF, f"/city/people/roles/{grant.pk}/deputy"):
        _check(client.get(path), language)


@pytest.mark.parametrize("path", [*OWN, *STAFF])
def test_stranger_is_sent_to_the_sign_in_page(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={path}"


@pytest.mark.parametrize("path", STAFF)
@pytest.mark.parametrize("role", ["", "manager", "steward", "counter", "officer", "administrator"])
def test_staff_page_opens_to_the_ability_only(
    person: Person, signed_in: Callable[[Person], Client], now: datetime, path: str, role: str
) -> None:
    if role:
        scope = CITY if role in ("counter", "officer", "administrator") else Scope("building", 7)
        operations.give_role(person=person, role=role, scope=scope, by=SYSTEM, now=now)
    allowed = {
        "/city/people/roles": {"administrator"},
        "/city/notices": {"officer", "administrator"},
        "/city/restrictions": {"officer", "administrator"},
    }
    assert signed_in(person).get(path).status_code == (200 if role in allowed[path] else 403)


def test_profile_is_changed_and_the_page_follows_the_language(
    person: Person, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(person)
    changed = {"name": "Kim M.", "language": "ar", "phone": "010-1", "notify_by": "email"}
    answer = client.post("/me/account", changed, follow=True)
    assert 'dir="rtl"' in answer.content.decode()
    assert client.post("/me/account", changed | {"name": ""}).status_code == 422
    person.refresh_from_db()
    assert (person.name, person.language, person.phone) == ("Kim M.", "ar", "010-1")


def test_consent_is_given_and_withdrawn_by_a_button(person: Person, signed_in: Callable[[Person], Client]) -> None:
    client = signed_in(person)
    client.post("/me/consents", {"purpose": "news", "event": "give"})
    assert queries.has_consent(person, "news")
    client.post("/me/consents", {"purpose": "news", "event": "withdraw"})
    assert not queries.has_consent(person, "news")
    client.post("/me/consents", {"purpose": "terms", "event": "withdraw"})
    assert queries.has_consent(person, "terms")


def test_key_is_shown_once_and_withdrawn(person: Person, signed_in: Callable[[Person], Client], now: datetime) -> None:
    client = signed_in(person)
    answer = client.post("/me/tokens", {"name": "script", "expires_on": ""})
    token = answer.context["token"]
    assert token in answer.content.decode()
    assert queries.person_of_token(token, now) == person
    assert token not in client.get("/me/tokens").content.decode()
    client.post(f"/me/tokens/{ApiToken.objects.get().pk}/revoke")
    assert queries.person_of_token(token, now) is None


def test_key_asks_for_the_password_again_when_it_was_long_ago(person: Person, client: Client) -> None:
    client.force_login(person)
    answer = client.post("/me/tokens", {"name": "script"})
    assert answer.status_code == 302
    assert "/accounts/reauthenticate/" in answer["Location"]
    assert not ApiToken.objects.exists()


def test_data_file_is_a_download_of_everything(person: Person, signed_in: Callable[[Person], Client]) -> None:
    answer = signed_in(person).get("/me/data/file")
    assert "attachment" in answer["Content-Disposition"]
    assert json.loads(answer.content)["people"]["account"]["email"] == person.email


def test_account_is_deleted_only_when_sure(person: Person, signed_in: Callable[[Person], Client]) -> None:
    client = signed_in(person)
    assert client.post("/me/data/delete", {}).status_code == 422
    assert client.post("/me/data/delete", {"is_sure": "on"}, follow=True).status_code == 200
    assert client.get("/me/data").status_code == 302
    assert Person.objects.get().erased_at is not None


def test_appeal_is_sent_and_decided(
    person: Person,
    with_role: Callable[..., Person],
    signed_in: Callable[[Person], Client],
    now: datetime,
) -> None:
    restriction = operations.impose_restriction(
        person=person, kind="booking", reason_code="x", words="w", ends_at=now + timedelta(days=999), by=SYSTEM, now=now
    )
    client = signed_in(person)
    assert client.post("/me/restrictions", {"restriction": restriction.pk, "words": ""}).status_code == 422
    client.post("/me/restrictions", {"restriction": restriction.pk, "words": "I was there."})
    client.post("/accounts/logout/")
    signed_in(with_role("officer"))
    assert "I was there." in client.get("/city/restrictions").content.decode()
    decide = f"/city/restrictions/{restriction.pk}/decide"
    client.post(decide, {"event": "grant", "words": ""})
    assert Restriction.objects.get().state == "appealed"
    client.post(decide, {"event": "grant", "words": "Seen."})
    assert Restriction.objects.get().state == "lifted"


def test_officer_restricts_a_person(
    person: Person, with_role: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(with_role("officer"))
    unknown = {"email": "nobody@people.example", "ends_on": "2030-01-01", "words": "w"}
    assert client.post("/city/restrictions", unknown).status_code == 422
    assert (
        client.post("/city/restrictions", unknown | {"email": person.email, "ends_on": "2020-01-01"}).status_code == 422
    )
    assert client.post("/city/restrictions", unknown | {"email": person.email}).status_code == 302
    assert Restriction.objects.get().person == person


def test_administrator_gives_takes_and_lends_a_role(
    make_person: Callable[..., Person], with_role: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    holder, deputy = make_person("Holder"), make_person("Deputy")
    client = signed_in(with_role("administrator"))
    given = {"email": holder.email, "role": "officer", "scope": "city:0", "valid_from": "", "valid_until": ""}
    assert client.post("/city/people/roles", given | {"role": "steward"}).status_code == 422
    assert client.post("/city/people/roles", given).status_code == 302
    grant = Grant.objects.get(person=holder)
    path = f"/city/people/roles/{grant.pk}/deputy"
    assert client.post(path, {"email": deputy.email, "valid_until": "2099-01-01"}).status_code == 422
    today = datetime.now(tz=grant.valid_from.tzinfo).date() + timedelta(days=5)
    assert client.post(path, {"email": deputy.email, "valid_until": today.isoformat()}).status_code == 302
    assert Grant.objects.get(person=deputy).deputy_for == holder
    client.post(f"/city/people/roles/{grant.pk}/end")
    assert "Holder" not in client.get("/city/people/roles").content.decode()


def test_unreachable_notice_is_settled_by_staff(
    make_person: Callable[..., Person],
    with_role: Callable[..., Person],
    signed_in: Callable[[Person], Client],
    now: datetime,
) -> None:
    nobody = make_person("Somebody without address", email="", password=None)
    operations.give_role(person=nobody, role="manager", scope=Scope("building", 7), by=SYSTEM, now=now)
    client = signed_in(with_role("officer"))
    assert "Somebody without address" in client.get("/city/notices").content.decode()
    notice = Notice.objects.get(person=nobody)
    client.post(f"/city/notices/{notice.pk}/settle", {"event": "told"})
    assert Notice.objects.get(pk=notice.pk).state == "sent"


def test_notices_page_marks_what_is_new_once(
    person: Person, signed_in: Callable[[Person], Client], now: datetime
) -> None:
    operations.give_role(person=person, role="manager", scope=Scope("building", 7), by=SYSTEM, now=now)
    client = signed_in(person)
    assert "tag-now" in client.get("/me/notices").content.decode()
    assert "tag-now" not in client.get("/me/notices").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_list_pages_ask_the_database_the_same_for_one_row_and_three(
    with_role: Callable[..., Person],
    signed_in: Callable[[Person], Client],
    now: datetime,
    number: int,
    django_assert_max_num_queries: object,
) -> None:
    for n in range(number):
        other = operations.create_person(email="", name=f"N {n}", language="en", now=now)
        operations.give_role(person=other, role="manager", scope=Scope("building", 7), by=SYSTEM, now=now)
        operations.impose_restriction(
            person=other,
            kind="booking",
            reason_code="x",
            words="w",
            ends_at=now + timedelta(days=999),
            by=SYSTEM,
            now=now,
        )
    client = signed_in(with_role("administrator"))
    for path in STAFF:
        client.get(path)
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            assert client.get(path).status_code == 200
