"""The sandbox in the API: what a partner's developers are told, and that nothing of it stays."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from tests.directory.people_of import make_owned
from tests.factories import NOW, make_organisation
from time_machine import travel

from sharingcity.directory.models import Membership, Organisation
from sharingcity.listings.models import Listing
from sharingcity.partners.models import WebhookMessage
from sharingcity.partners.operations.webhooks import add_webhook
from sharingcity.people.models import Person
from sharingcity.people.operations import issue_sandbox_key, issue_token

pytestmark = pytest.mark.django_db
FEED = "/api/v1/sandbox/feed"
HEAD = "id,title,organisation,hours"


@pytest.fixture(autouse=True)
def _then() -> Any:
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def office() -> tuple[Organisation, Person]:
    return make_owned("마포구청", slug="mapo")


@pytest.fixture
def key(office: tuple[Organisation, Person]) -> str:
    return issue_sandbox_key(person=office[1], organisation_id=office[0].pk, name="dev", days=30, now=NOW)


def ask(key: str, body: Any, path: str = FEED, kind: str = "application/json", language: str = "en") -> Any:
    return Client().post(
        path, body, content_type=kind, headers={"Authorization": f"Bearer {key}", "Accept-Language": language}
    )


def table(*lines: str) -> str:
    return "\n".join((HEAD, *lines)) + "\n"


def counted() -> dict[str, int]:
    """The rows of every table, whose count must not change."""
    return {model._meta.label: model.objects.count() for model in apps.get_models() if hasattr(model, "objects")}


def test_table_is_judged_row_by_row_and_nothing_is_written(key: str) -> None:
    before = counted()

    answer = ask(key, table("1,회의실,마포구청,", "2,강당,마포구청,whenever", "3,서가,용산구청,"), kind="text/csv")

    said = answer.json()
    assert answer.status_code == 200, said
    assert answer["Sandbox"] == "true"
    assert {name: said[name] for name in ("rows", "created", "rejected", "held_back")} == {
        "rows": 3, "created": 1, "rejected": 2, "held_back": False,
    }  # fmt: skip
    assert said["items"] == [{"row": 2, "title": "회의실", "outcome": "created"}]
    hours, unknown = said["problems"]
    assert (hours["row"], hours["field"], hours["code"], hours["severity"]) == (
        3,
        "Opening hours",
        "hours_unclear",
        "rejected",
    )
    assert "Mon-Fri 09:00-18:00" in hours["reason"]
    assert (unknown["row"], unknown["code"]) == (4, "organisation_unknown")
    assert counted() == before


def test_rows_in_json_are_the_same_table_counted_from_one(key: str) -> None:
    rows = [
        {"id": 1, "title": "회의실, \n큰 것", "organisation": "mapo", "capacity": 20.0},
        {"id": "2", "title": None, "organisation": "mapo"},
    ]

    said = ask(key, {"rows": rows}, language="ko").json()

    assert [(item["row"], item["outcome"]) for item in said["items"]] == [(1, "created")]
    assert [(line["row"], line["code"], line["field"]) for line in said["problems"]] == [(2, "needed", "이름")]


def test_what_is_here_already_is_told_apart(office: tuple[Organisation, Person], key: str, tmp_path: Any) -> None:
    from tests.partners.importing import bring

    path = tmp_path / "office.csv"
    path.write_text(table("1,회의실,mapo,", "2,강당,mapo,", "3,서가,mapo,"), encoding="utf-8")
    bring(str(path), connector="csv")

    said = ask(key, table("1,회의실,mapo,", "2,큰 강당,mapo,", "4,마당,mapo,"), kind="text/csv").json()

    assert [item["outcome"] for item in said["items"]] == ["unchanged", "changed", "created"]
    assert (said["unchanged"], said["changed"], said["created"], said["retired"]) == (1, 1, 1, 1)
    assert said["held_back"] is True  # one of three is more than a fifth
    assert Listing.objects.filter(state="published").count() == 3


def test_rows_of_another_organisation_are_rejected(key: str) -> None:
    make_organisation("용산구청", slug="yongsan")

    said = ask(key, table("1,회의실,yongsan,"), kind="text/csv").json()

    assert (said["rejected"], said["created"]) == (1, 0)
    assert said["problems"][0]["code"] == "organisation_other"


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        ("", "text/csv", 422, "import.empty"),
        ("a,b\n1,2\n", "text/csv", 422, "import.header_refused"),
        (b"\xff\xfe\x00\x00", "text/csv", 422, ""),
        ("x" * (1024 * 1024 + 1), "text/csv", 413, "request.too_large"),
        ("," * 900_000 + "\n", "text/csv", 422, "import.header_refused"),
        ("(" * 900_000 + "\n", "text/csv", 422, "import.header_refused"),
        ("{", "application/json", 422, "sandbox.rows"),
        ("[" * 100_000, "application/json", 422, "sandbox.rows"),
        ('{"rows": {}}', "application/json", 422, "sandbox.rows"),
        ('{"rows": [1]}', "application/json", 422, "sandbox.rows"),
        ('{"rows": [{"title": true}]}', "application/json", 422, "sandbox.rows"),
        ('{"rows": [{"title": []}]}', "application/json", 422, "sandbox.rows"),
        ('{"rows": []}', "application/json", 422, "import.empty"),
        ('{"rows": [{"title": "\\ud800\\u0000", "organisation": "\\u0000", "fee": NaN}]}', "application/json", 200, ""),
    ],
)
def test_hostile_bodies_are_answered(key: str, body: Any, kind: str, status: int, code: str) -> None:
    answer = ask(key, body, kind=kind)
    assert answer.status_code == status, answer.content[:500]
    if code:
        assert answer.json()["code"] == code


@pytest.mark.parametrize("cell", ["(" * 700_000, "월" * 150_000, "<" * 700_000, "09:00-" * 100_000])
def test_a_cell_as_long_as_the_request_is_read(key: str, cell: str) -> None:
    """A pattern that looks back over such a text would keep a web process for hours."""
    for column in ("hours", "description", "fee", "phone", "url", "lat", "first_date", "way", "kind"):
        answer = ask(key, {"rows": [{"title": "x", "organisation": "mapo", column: cell}]})
        assert answer.status_code == 200, (column, answer.content[:300])


def test_key_ends_when_its_maker_is_no_owner(office: tuple[Organisation, Person], key: str) -> None:
    Membership.objects.filter(person=office[1]).update(valid_until=NOW)
    answer = ask(key, table("1,회의실,mapo,"), kind="text/csv")
    assert (answer.status_code, answer.json()["code"]) == (403, "sandbox.ended")


def test_other_keys_are_no_sandbox_keys(office: tuple[Organisation, Person]) -> None:
    own = issue_token(person=office[1], name="mine", by=office[1], now=NOW)
    for token in (own, "shc_try_wrong", ""):
        assert ask(token, table("1,회의실,mapo,"), kind="text/csv").status_code == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/api/v1/reservations"),
        ("post", "/api/v1/reservations/series"),
        ("post", "/api/v1/waiting"),
        ("post", "/api/v1/reservations/ABC/cancel"),
        ("delete", "/api/v1/waiting/ABC"),
        ("get", "/api/v1/reservations"),
        ("get", "/api/v1/waiting"),
    ],
)
def test_key_neither_books_nor_reads_what_is_somebodys(key: str, method: str, path: str) -> None:
    more: Any = {} if method == "get" else {"data": "{}", "content_type": "application/json"}
    before = counted()
    answer = getattr(Client(), method)(path, headers={"Authorization": f"Bearer {key}"}, **more)
    assert (answer.status_code, answer.json()["code"]) == (403, "sandbox.not_here")
    assert counted() == before


def test_key_reads_what_anybody_may(key: str) -> None:
    for path in ("/api/v1/listings", "/api/v1/search?q=x", "/api/v1/organisations/mapo"):
        assert Client().get(path, headers={"Authorization": f"Bearer {key}"}).status_code == 200, path


def test_webhook_is_called_for_a_test(office: tuple[Organisation, Person], key: str) -> None:
    hook = add_webhook(organisation=office[0], address="https://partner.example/hook", by=office[1], now=NOW).webhook

    answer = ask(key, {"webhook": hook.code}, "/api/v1/sandbox/webhook-test")

    assert (answer.status_code, answer.json()) == (202, {"webhook": hook.code, "state": "waiting"})
    assert WebhookMessage.objects.get().is_test


def test_webhook_of_another_organisation_is_not_there(key: str) -> None:
    other, owner = make_owned("Other", slug="other")
    hook = add_webhook(organisation=other, address="https://partner.example/hook", by=owner, now=NOW).webhook
    for code in (hook.code, "x\x00"):
        answer = ask(key, {"webhook": code}, "/api/v1/sandbox/webhook-test")
        assert (answer.status_code, answer.json()["code"]) == (404, "webhook.unknown")
