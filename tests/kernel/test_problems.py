"""Refusals as problem documents."""

import json

import pytest
from django.utils.translation import gettext_lazy, override

from sharingcity.booking.rules import refusals
from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound, Refusal, TooMany
from sharingcity.kernel.problems import CONTENT_TYPE, invalid_request, problem, problem_response, response_of


@pytest.mark.parametrize(
    ("kind", "status", "title"),
    [
        (Refusal, 422, "Unprocessable Content"),
        (Conflict, 409, "Conflict"),
        (NotAllowed, 403, "Forbidden"),
        (NotFound, 404, "Not Found"),
    ],
)
def test_problem_has_the_members_of_the_standard_and_a_code(kind: type[Refusal], status: int, title: str) -> None:
    found = problem(kind("test.code", "Say it."))

    assert found == {
        "type": "urn:sharingcity:problem:test.code",
        "title": title,
        "status": status,
        "detail": "Say it.",
        "code": "test.code",
    }


def test_problem_carries_data_and_the_field_it_is_about() -> None:
    found = problem(refusals.too_many_people(12))

    assert found["capacity"] == 12
    assert found["errors"] == [{"field": "party_size", "detail": found["detail"]}]


def test_data_cannot_overwrite_the_standard_members() -> None:
    assert problem(Refusal("test.code", "Say it.", status=200, type="x"))["status"] == 422


@pytest.mark.parametrize("language", ["ko", "en", "ar"])
def test_problem_speaks_the_reader_s_language_but_keeps_its_code(language: str) -> None:
    with override(language):
        found = problem(Refusal("test.code", gettext_lazy("Somebody was faster: this time has just been taken.")))

    assert found["code"] == "test.code"
    assert (found["detail"] == "Somebody was faster: this time has just been taken.") == (language == "en")


def test_response_is_typed_and_says_when_to_come_back() -> None:
    response = problem_response(TooMany("test.fast", "Wait.", retry_after_seconds=60))

    assert (response.status_code, response.headers["Content-Type"]) == (429, CONTENT_TYPE)
    assert response.headers["Retry-After"] == "60"
    assert response_of(201, {"name": "회의실"}).headers["Content-Type"] == "application/json"
    assert "회의실" in response_of(201, {"name": "회의실"}).content.decode()


def test_shape_of_a_request_is_explained_field_by_field() -> None:
    found = invalid_request(
        [
            {"loc": ("body", "payload", "starts_at"), "msg": "Field required"},
            {"loc": ("query", "limit"), "msg": "Too big"},
        ]
    )

    assert (found["code"], found["status"]) == ("request.invalid", 422)
    assert [error["field"] for error in found["errors"]] == ["starts_at", "limit"]
    assert json.dumps(found)
