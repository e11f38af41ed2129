"""Whatever stands where a day or a time should be, every page and every call answers: never an error of ours."""

from typing import Any

import pytest
from django.test import Client
from tests.booking.acts import book, grant
from tests.factories import NOW, make_manager, make_person, make_room

from sharingcity.booking.models import Reservation
from sharingcity.kernel.clock import now
from sharingcity.people.models import Person
from sharingcity.people.operations import issue_token

EXTREMES = [
    *("9999-12-31", "9998-12-31", "0001-01-01", "0001-01-02", "-0001-01-01", "10000-01-01", "2026-W53-7", "20261231"),
    *("2026-02-30", "", "x", "\x00", "²026-01-01", "2026-11-12T10:00", "9999-12-31T23:59", "0001-01-01T00:00"),
    *("9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "9" * 5000),
]
NAMES = ("day", "week", "at", "from", "until", "shown", "date", "date_from", "date_to", "starts_at", "ends_at")
PAGES = (
    *("/host", "/host/week", "/host/rota", "/host/rota/mine", "/host/day-sheet.pdf", "/host/listings/{room}/close"),
    *("/city", "/city/search", "/city/book/{room}", "/city/reservations/{made}/move", "/find", "/find/map.json"),
    *("/listings/{room}/x", "/book/listing/{room}", "/me/reservations/{made}/move", "/me/reservations/{made}/extend"),
    *("/me/calendar", "/api/v1/listings", "/api/v1/listings/{room}", "/api/v1/listings/{room}/availability"),
)
FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("/host/listings/{room}/close", ("starts_on", "ends_on")),
    ("/host/listings/{room}/hours", ("valid_from",)),
    ("/host/listings/{room}/rules", ("valid_from",)),
    ("/city/book/{room}", ("at", "ends_at", "until")),
    ("/city/reservations/{made}/move", ("at", "ends_at")),
    ("/book/listing/{room}", ("day", "until", "starts_at", "ends_at")),
    ("/me/reservations/{made}/move", ("day", "at", "starts_at", "ends_at")),
    ("/me/reservations/{made}/extend", ("ends_at",)),
    ("/city/people/roles", ("valid_from", "valid_until")),
    ("/city/people/claims", ("valid_until",)),
    ("/city/restrictions", ("ends_on",)),
    ("/me/tokens", ("expires_on",)),
)


@pytest.fixture
def made(db: None) -> Reservation:
    return book(make_room(), make_person(), day=12)


@pytest.fixture
def staff(made: Reservation) -> Person:
    return grant(grant(make_manager(made.listing), "administrator"), "officer")


def _short(value: str) -> str:
    """A name for the report, also of five thousand nines."""
    return ascii(value)[:30]


@pytest.mark.slow
@pytest.mark.parametrize("value", EXTREMES, ids=_short)
def test_pages_and_calls_answer_whatever_day_is_asked_for(
    client: Client, made: Reservation, staff: Person, value: str
) -> None:
    client.force_login(staff)
    client.raise_request_exception = False

    asked = [{name: value} for name in NAMES] + [dict.fromkeys(NAMES, value)]
    found = {
        (page, *more): client.get(
            page.format(room=made.listing.code, made=made.code), {"place": made.listing.place.code, **more}
        ).status_code
        for page in PAGES
        for more in asked
    }

    assert {key: status for key, status in found.items() if status >= 500} == {}
    assert {page for (page, *_names), status in found.items() if status == 200} >= {"/host", "/host/week", "/host/rota"}


@pytest.mark.parametrize("value", EXTREMES, ids=_short)
def test_forms_answer_whatever_day_is_sent(client: Client, made: Reservation, staff: Person, value: str) -> None:
    client.force_login(staff)
    client.raise_request_exception = False
    codes = {"room": made.listing.code, "made": made.code}
    more = {"step": "preview", "reason": "x", "person": staff.email, "email": staff.email, "role": "manager"}

    found = {
        page: client.post(page.format(**codes), more | dict.fromkeys(names, value)).status_code for page, names in FORMS
    }

    assert {key: status for key, status in found.items() if status >= 500} == {}


@pytest.mark.parametrize("value", EXTREMES, ids=_short)
def test_calls_refuse_times_that_nobody_can_book(client: Client, made: Reservation, staff: Person, value: str) -> None:
    token = issue_token(person=staff, name="x", by=staff, now=now())
    client.raise_request_exception = False
    near = NOW.isoformat()
    room = made.listing.code

    def send(path: str, **body: Any) -> int:
        headers = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
        return client.post(f"/api/v1{path}", body, content_type="application/json", **headers).status_code  # type: ignore[arg-type]

    statuses = [
        send(path, listing=room, starts_at=starts_at, ends_at=ends_at, **more)
        for starts_at, ends_at in ((value, value), (near, value), (value, near))
        for path, more in (
            ("/quotes", {}),
            ("/reservations", {}),
            ("/waiting", {}),
            ("/reservations/series", {"dates": [value]}),
            ("/reservations/series", {"rrule": "FREQ=WEEKLY;COUNT=16"}),
            (f"/listings/{room}/closures", {"reason": {"en": "x"}}),
            (f"/reservations/{made.code}/reschedule", {}),
            (f"/reservations/{made.code}/extend", {}),
        )
    ]

    assert set(statuses) <= {400, 403, 404, 409, 422}
