"""Booking in the API: quotes, reservations, series, events."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.params.functions import Header

from sharingcity.booking import operations, presenting, schemas
from sharingcity.booking.operations import Order
from sharingcity.booking.operations.events import apply_event, window_of
from sharingcity.booking.operations.order import order_for
from sharingcity.booking.queries.reservations import reservation_of, reservations_of, waiting_of
from sharingcity.booking.rules import refusals
from sharingcity.kernel.clock import now as clock_now
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.idempotency import Answer, answer_once
from sharingcity.kernel.ids import read_id
from sharingcity.kernel.paging import Page, page_of
from sharingcity.kernel.problems import problem, response_of
from sharingcity.listings.queries import get_listing
from sharingcity.people.api_auth import Bearer, asker

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.people.models import Person

router = Router(tags=["booking"])
REFUSED = {401: schemas.Problem, 403: schemas.Problem, 404: schemas.Problem, 409: schemas.Problem}
REFUSED |= {422: schemas.Problem, 429: schemas.Problem}
Run = Callable[[datetime], Answer]


def _order(payload: schemas.OrderIn) -> Order:
    pairs = [(item.listing, item.quantity) for item in payload.items]
    if payload.listing:
        pairs = [(payload.listing, 1), *pairs]
    return order_for(
        pairs,
        starts_at=payload.starts_at,
        ends_at=payload.ends_at,
        party_size=payload.party_size,
        purpose=payload.purpose,
        purpose_words=payload.purpose_words,
        group=payload.organisation or "",
        reduction=payload.reduction,
    )


def _once(request: HttpRequest, person: "Person", key: str, run: Run) -> HttpResponse:
    """Answers a creating call, once for each Idempotency-Key of this person."""
    now = clock_now()

    def answer() -> Answer:
        try:
            return run(now)
        except Refusal as refusal:
            return Answer(refusal.status, problem(refusal))

    if not key:
        found = answer()
    else:
        body = f"{request.method} {request.path}\n".encode() + request.body
        found = answer_once(holder=f"person:{person.pk}", key=key, body=body, now=now, run=answer)
    return response_of(found.status, found.body)


@router.post("/quotes", response={200: schemas.QuoteOut} | REFUSED, auth=None, summary="Price, deadlines, broken rules")
def post_quote(request: HttpRequest, payload: schemas.DatesIn) -> HttpResponse:
    """What it would cost and what stands in the way, of a series too. Writes nothing; needs no token."""
    order = _order(payload)
    if dates := _dates(payload, order):
        series = operations.quote_series(order=order, dates=dates, now=clock_now())
        return response_of(200, presenting.present_series_quote(series))
    return response_of(200, presenting.present_quote(operations.quote(order=order, now=clock_now())))


def _dates(payload: schemas.DatesIn, order: Order) -> list[date]:
    by_rule = operations.dates_of_rule(payload.rrule, order.local_day) if payload.rrule else []
    return [*payload.dates, *by_rule]


@router.post("/reservations", response={201: schemas.ReservationOut} | REFUSED, auth=Bearer(), summary="Book")
def post_reservation(
    request: HttpRequest,
    payload: schemas.ReservationIn,
    idempotency_key: str = Header("", alias="Idempotency-Key", max_length=255),
) -> HttpResponse:
    """Books, or asks where approval is needed. 409 `booking.slot_taken` carries `alternatives`."""
    person = asker(request)

    def run(now: datetime) -> Answer:
        made = operations.request_reservation(
            order=_order(payload), person=person, by=person, now=now, hold=payload.hold
        )
        return Answer(201, presenting.present_reservation(made, by=person, now=now))

    return _once(request, person, idempotency_key, run)


@router.post(
    "/reservations/series", response={201: schemas.SeriesOut} | REFUSED, auth=Bearer(), summary="Book a series"
)
def post_series(
    request: HttpRequest,
    payload: schemas.SeriesIn,
    idempotency_key: str = Header("", alias="Idempotency-Key", max_length=255),
) -> HttpResponse:
    """Books every date, or (`on_conflict` skip) those that can be had; 409 lists every conflict."""
    person = asker(request)

    def run(now: datetime) -> Answer:
        order = _order(payload)
        made = operations.request_series(
            order=order,
            dates=_dates(payload, order),
            person=person,
            by=person,
            now=now,
            on_conflict=payload.on_conflict,
            recurrence=payload.rrule,
        )
        body = presenting.present_series(made.code, made.reservations, made.skipped, by=person, now=now)
        return Answer(201, body)

    return _once(request, person, idempotency_key, run)


@router.get(
    "/reservations", response={200: schemas.ReservationsOut} | REFUSED, auth=Bearer(), summary="My reservations"
)
def list_reservations(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Own reservations, latest start first."""
    person = asker(request)
    now = clock_now()
    found = page_of(reservations_of(person), page)
    results = [presenting.present_reservation(r, by=person, now=now) for r in found.rows]
    return response_of(200, {"results": results, "count": found.count, "next": found.next})


@router.get(
    "/reservations/{code}", response={200: schemas.ReservationOut} | REFUSED, auth=Bearer(), summary="One of mine"
)
def get_reservation(request: HttpRequest, code: str) -> HttpResponse:
    """One reservation of one's own."""
    person = asker(request)
    return response_of(200, presenting.present_reservation(_mine(person, code), by=person, now=clock_now()))


@router.post(
    "/reservations/{code}/{event}", response={200: schemas.ReservationOut} | REFUSED, auth=Bearer(), summary="An event"
)
def post_event(
    request: HttpRequest,
    code: str,
    event: str,
    payload: schemas.EventIn,
    idempotency_key: str = Header("", alias="Idempotency-Key", max_length=255),
) -> HttpResponse:
    """An event of the table of states: cancel, reschedule, extend, book (a hold), confirm, decline, check_in …"""
    person = asker(request)

    def run(now: datetime) -> Answer:
        changed = apply_event(
            code=code,
            event=event,
            by=person,
            now=now,
            reason=payload.reason,
            starts_at=payload.starts_at,
            ends_at=payload.ends_at,
        )
        return Answer(200, presenting.present_reservation(changed, by=person, now=now))

    return _once(request, person, idempotency_key, run)


@router.post("/waiting", response={201: schemas.WaitingOut} | REFUSED, auth=Bearer(), summary="Wait for a taken time")
def post_waiting(
    request: HttpRequest,
    payload: schemas.OrderIn,
    idempotency_key: str = Header("", alias="Idempotency-Key", max_length=255),
) -> HttpResponse:
    """Joins the waiting list of a time that is taken; 409 `booking.still_free` when it is not."""
    person = asker(request)

    def run(now: datetime) -> Answer:
        entry = operations.join_waiting_list(order=_order(payload), person=person, now=now)
        return Answer(201, presenting.present_waiting(entry))

    return _once(request, person, idempotency_key, run)


@router.get("/waiting", response={200: schemas.WaitingListOut} | REFUSED, auth=Bearer(), summary="What I wait for")
def list_waiting(request: HttpRequest) -> HttpResponse:
    """Own open places on waiting lists, soonest first."""
    person = asker(request)
    return response_of(200, {"results": [presenting.present_waiting(entry) for entry in waiting_of(person)[:200]]})


@router.delete("/waiting/{code}", response={200: schemas.WaitingOut} | REFUSED, auth=Bearer(), summary="Stop waiting")
def delete_waiting(request: HttpRequest, code: str) -> HttpResponse:
    """Leaves a waiting list."""
    person = asker(request)
    entry = waiting_of(person).filter(code=read_id(code)).first()
    if entry is None:
        raise refusals.unknown()
    left = operations.leave_waiting_list(entry=entry, by=person, now=clock_now())
    return response_of(200, presenting.present_waiting(left))


@router.post(
    "/listings/{code}/closures", response={201: schemas.ClosureOut} | REFUSED, auth=Bearer(), summary="Close for a time"
)
def post_closure(
    request: HttpRequest,
    code: str,
    payload: schemas.ClosureIn,
    idempotency_key: str = Header("", alias="Idempotency-Key", max_length=255),
) -> HttpResponse:
    """Staff close a listing for repair or official use. 409 names the reservations in the way."""
    person = asker(request)

    def run(now: datetime) -> Answer:
        closure = operations.close_listing(
            listing=get_listing(code),
            window=window_of(payload.starts_at, payload.ends_at),
            kind=payload.kind,
            reason=payload.reason,
            by=person,
            now=now,
            on_hit=payload.on_hit,
        )
        return Answer(201, presenting.present_closure(closure))

    return _once(request, person, idempotency_key, run)


def _mine(person: "Person", code: str) -> "Reservation":
    found = reservation_of(person, read_id(code))
    if found is None:
        raise refusals.unknown()
    return found
