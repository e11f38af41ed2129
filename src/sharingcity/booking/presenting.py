"""Reservations as plain values for the API: one place that turns rows into words and numbers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sharingcity.booking.models import Closure, Reservation, WaitingEntry
from sharingcity.booking.operations.quote import Quote
from sharingcity.booking.operations.series_quote import SeriesQuote
from sharingcity.booking.queries.reservations import items_of
from sharingcity.booking.rules.fees import LINE_WORDS
from sharingcity.booking.states import WORKFLOW
from sharingcity.kernel.city import zone
from sharingcity.kernel.i18n import localised

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing
    from sharingcity.people.models import Person


def local(at: datetime | None) -> str | None:
    """RFC 3339 with the city's offset."""
    return at.astimezone(zone()).isoformat() if at else None


def money(amount_minor: int, currency: str) -> dict[str, Any]:
    return {"amount_minor": amount_minor, "currency": currency}


def line_words(code: str, values: dict[str, Any]) -> str:
    """The words of a fee line in the active language."""
    return _(LINE_WORDS[code]) % values if values else _(LINE_WORDS[code]).replace("%%", "%")


def _listing(listing: "Listing") -> dict[str, str]:
    return {"id": listing.code, "title": localised(listing.titles)}


def present_reservation(reservation: Reservation, *, by: "Person", now: datetime) -> dict[str, Any]:
    """One reservation as its booker or staff see it; `events` are what this person may do now."""
    r = reservation
    return {
        "id": r.code,
        "code": r.code,
        "state": r.state,
        "listing": _listing(r.listing),
        "items": [{"listing": _listing(item.listing), "quantity": item.quantity} for item in items_of(r)],
        "starts_at": local(r.starts_at),
        "ends_at": local(r.ends_at),
        "party_size": r.party_size,
        "purpose": r.purpose,
        "total": money(r.total_minor, r.currency),
        "paid": money(r.paid_minor, r.currency),
        "refunded": money(r.refunded_minor, r.currency),
        "hold_expires_at": local(r.hold_expires_at),
        "approval_due_at": local(r.approval_due_at),
        "payment_due_at": local(r.payment_due_at),
        "series": r.series.code if r.series else None,
        "events": [row.event for row in WORKFLOW.allowed(r, by=by, now=now)],
    }


def present_quote(quote: Quote) -> dict[str, Any]:
    return {
        "lines": [
            {
                "code": line.code,
                "detail": line_words(line.code, dict(line.values)),
                "amount": money(line.amount_minor, quote.currency),
            }
            for line in quote.lines
        ],
        "total": money(quote.total_minor, quote.currency),
        "needs_approval": quote.needs_approval,
        "deadlines": {
            "answer_by": local(quote.answer_by),
            "pay_by": local(quote.pay_by),
            "refunds": [
                {"until": step.until.isoformat(), "days_before": step.days_before, "percent": step.percent}
                for step in quote.refund_steps
            ],
        },
        "broken_rules": _broken(quote),
        "series": None,
    }


def _broken(quote: Quote) -> list[dict[str, str]]:
    return [{"code": refusal.code, "detail": str(refusal.sentence), "field": refusal.field} for refusal in quote.broken]


def present_series_quote(series: SeriesQuote) -> dict[str, Any]:
    """The first date in full, and every date with its price and what stands in its way."""
    dates = [
        {
            "date": one.day.isoformat(),
            "total": money(one.quote.total_minor, series.currency),
            "broken_rules": _broken(one.quote),
        }
        for one in series.dates
    ]
    found = {"total": money(series.total_minor, series.currency), "dates": dates}
    return present_quote(series.dates[0].quote) | {"series": found}


def present_waiting(entry: WaitingEntry) -> dict[str, Any]:
    return {
        "id": entry.code,
        "state": entry.state,
        "listing": _listing(entry.listing),
        "starts_at": local(entry.starts_at),
        "ends_at": local(entry.ends_at),
        "quantity": entry.quantity,
        "offer": entry.offer.code if entry.offer else None,
    }


def present_closure(closure: Closure) -> dict[str, Any]:
    return {
        "id": closure.code,
        "kind": closure.kind,
        "reason": closure.reason,
        "starts_at": local(closure.starts_at),
        "ends_at": local(closure.ends_at),
    }


def present_series(
    code: str, made: Iterable[Reservation], skipped: Sequence[dict[str, Any]], *, by: "Person", now: datetime
) -> dict[str, Any]:
    return {
        "id": code,
        "reservations": [present_reservation(reservation, by=by, now=now) for reservation in made],
        "skipped": list(skipped),
    }
