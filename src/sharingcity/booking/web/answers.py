"""Booking a draft once, however often the button is pressed."""

import json
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sharingcity.booking.operations import Order, dates_of_rule, request_reservation, request_series
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.idempotency import Answer, answer_once
from sharingcity.kernel.problems import problem

if TYPE_CHECKING:
    from sharingcity.booking.web.drafts import Draft
    from sharingcity.people.models import Person

LONGEST_SERIES = timedelta(days=366)


def series_dates(draft: "Draft") -> list[date]:
    """The dates of a weekly repetition, the first one included."""
    first = local_date(draft.starts)
    if draft.times:
        return dates_of_rule(f"FREQ=WEEKLY;COUNT={draft.times}", first)
    last = min(draft.until_date or first, first + LONGEST_SERIES)
    return [first + timedelta(weeks=week) for week in range(max((last - first).days, 0) // 7 + 1)]


def book_once(*, draft: "Draft", order: Order, key: str, skip: bool, person: "Person", now: datetime) -> Answer:
    """Books under the form's own key: the second click gets the first one's answer."""

    def run() -> Answer:
        try:
            return _book(draft, order, skip=skip, person=person, now=now)
        except Refusal as refusal:
            return Answer(refusal.status, problem(refusal))

    body = json.dumps([asdict(draft), skip], sort_keys=True).encode()
    return answer_once(holder=f"page:{person.pk}", key=key, body=body, now=now, run=run)


def _book(draft: "Draft", order: Order, *, skip: bool, person: "Person", now: datetime) -> Answer:
    if not draft.is_series:
        made = request_reservation(order=order, person=person, by=person, now=now)
        return Answer(201, {"codes": [made.code], "skipped": []})
    series = request_series(
        order=order,
        dates=series_dates(draft),
        person=person,
        by=person,
        now=now,
        on_conflict="skip" if skip else "fail",
        recurrence="FREQ=WEEKLY",
    )
    skipped: list[Any] = [conflict["date"] for conflict in series.skipped]
    return Answer(201, {"codes": [one.code for one in series.reservations], "skipped": skipped})
