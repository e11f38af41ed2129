"""What the document of the API promises, held against thousands of requests drawn from it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from tests.booking.acts import book, later
from tests.directory.people_of import make_owner
from tests.factories import NOW, make_fees, make_manager, make_room, wish

from sharingcity.kernel.clock import now as clock_now
from sharingcity.people.models import Person
from sharingcity.people.operations import issue_sandbox_key, issue_token
from sharingcity.site.api import api
from sharingcity.site.reference import refusal_codes

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

DOCUMENT = api.get_openapi_schema()
OPERATIONS = [(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods]
CODES = {code.code for code in refusal_codes()}
STATUSES = {code.status for code in refusal_codes()}


class Town:
    """A room, bookings in several states, and the token of a manager who may do most things."""

    def __init__(self) -> None:
        self.now = clock_now()
        self.room = make_room(fees=make_fees(), units=2, books="any")
        self.person: Person = make_manager(self.room)
        self.token = issue_token(person=self.person, name="fuzz", by=self.person, now=self.now)
        organisation = self.room.organisation
        owner = make_owner(organisation)
        self.sandbox_key = issue_sandbox_key(
            person=owner, organisation_id=organisation.pk, name="fuzz", days=30, now=self.now
        )
        shift = timedelta(days=(self.now - NOW).days + 1)
        self.made = [
            book(self.room, self.person, the_wish=later(wish(day), shift), now=self.now, hold=day == 14)
            for day in (12, 13, 14, 15)
        ]
        starts_at = later(wish(16), shift).starts_at
        self.times = {"starts_at": starts_at.isoformat(), "ends_at": (starts_at + timedelta(hours=2)).isoformat()}

    def make_known(self, case: Case, draw: int) -> None:
        """Puts real codes and a real time into a drawn request, so that it reaches the operations behind."""
        codes = {"/reservations/": [made.code for made in self.made], "/listings/": [self.room.code]}
        for part, known in codes.items():
            if part in case.path and "code" in (case.path_parameters or {}):
                case.path_parameters["code"] = known[draw % len(known)]
        events = ["cancel", "extend", "reschedule", "check_in", "book", "withdraw", "confirm", "appeal"]
        if "event" in (case.path_parameters or {}):
            case.path_parameters["event"] = events[draw % len(events)]
        if isinstance(case.body, dict):
            if "listing" in case.body:
                case.body["listing"] = self.room.code
            if "starts_at" in case.body and draw % 3:
                case.body.update(self.times)


@pytest.fixture
def town() -> Iterator[Town]:
    """As Django's own test client does: a request does not close the connection that holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Town()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def assert_kept_its_word(response: Any, case: Case) -> None:
    text = response.text
    assert response.status_code < 500, f"{case.method} {case.formatted_path} {case.body}: {text[:500]}"
    if response.status_code >= 400:
        kind = response.headers["content-type"][0]
        if response.status_code == 405:
            return  # Django's own answer to a method that the address does not have
        assert kind == "application/problem+json", f"{case.method} {case.formatted_path}: {response.status_code} {kind}"
        problem = response.json()
        assert {"type", "title", "status", "detail", "code"} <= set(problem)
        assert problem["code"] in CODES, problem["code"]
        assert problem["status"] == response.status_code
        assert problem["detail"]
        assert problem["type"] == f"urn:sharingcity:problem:{problem['code']}"


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda part: quote(str(part), safe="/{}"))
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["valid", "invalid"])
def test_no_request_drawn_from_the_document_breaks_the_server(
    town: Town, path: str, method: str, mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    operation = schema[path][method.upper()]
    examples = 60 if settings.get_current_profile_name() == "full" else 25

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode), draw=st.integers(0, 60), knows=st.booleans())
    def ask(case: Case, draw: int, knows: bool) -> None:
        if knows:
            town.make_known(case, draw)
        # As it is: the library reads what is packed as if it were not.
        token = town.sandbox_key if "/sandbox/" in path else town.token
        response = case.call(headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"})
        assert_kept_its_word(response, case)

    try:
        ask()
    except Exception as problem:
        if type(problem).__name__ in {"Unsatisfiable", "SkipTest", "Skipped"}:
            return  # nothing can be wrong about this operation
        raise


def test_document_names_every_refusal_by_its_shape() -> None:
    for path, method in OPERATIONS:
        answers = DOCUMENT["paths"][path][method]["responses"]
        assert any(str(status).startswith("2") for status in answers), (path, method)
        if method == "post":
            assert "422" in {str(status) for status in answers}, (path, method)
