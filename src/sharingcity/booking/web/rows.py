"""Reservations and waits as rows and cards of a person's pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from sharingcity.booking.rules.fees import refund_percent
from sharingcity.booking.states import STATES
from sharingcity.booking.web.presenters import listing_url, picture_of, place_words, when_query
from sharingcity.booking.wording import amount_words, money_words, people_words
from sharingcity.kernel.city import local_date
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, moment_words, span_words, when_words
from sharingcity.ui.components import Fact, Picture

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation, WaitingEntry

TONES = {"held": "brand", "requested": "warn", "confirmed": "ok", "checked_in": "ok", "no_show": "stop"}
ICONS = {
    "held": "hourglass",
    "requested": "hourglass",
    "confirmed": "check",
    "checked_in": "log-in",
    "done": "check",
    "declined": "x",
    "cancelled": "x",
    "expired": "clock-alert",
    "no_show": "user-x",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationRow:
    """A reservation in a list. `due` says what is asked of the reader, if anything."""

    code: str
    url: str
    title: str
    place: str
    address: str
    kind: str
    day: str
    hours: str
    state: str
    state_words: str
    tone: str
    icon: str
    people: str
    price: str
    picture: Picture
    due: list[Fact]
    again_url: str
    is_offer: bool


def reservation_row(reservation: "Reservation", now: datetime) -> ReservationRow:
    r = reservation
    return ReservationRow(
        code=r.code,
        url=reverse("booking-reservation", args=[r.code]),
        title=localised(r.listing.titles),
        place=place_words(r.listing),
        address=r.listing.place.address,
        kind=r.listing.kind,
        day=day_words(r.starts_at),
        hours=span_words(r.starts_at, r.ends_at),
        state=r.state,
        state_words=str(STATES[r.state]),
        tone=TONES.get(r.state, ""),
        icon=ICONS[r.state],
        people=people_words(r.party_size),
        price=money_words(r.total_minor, r.currency),
        picture=picture_of(r.listing),
        due=due_facts(r, now),
        again_url=f"{listing_url(r.listing)}?people={r.party_size}",
        is_offer=r.state == "held",
    )


def due_facts(reservation: "Reservation", now: datetime) -> list[Fact]:
    """What matters now: take the offer, wait for an answer, pay, cancel while it still pays back."""
    r, found = reservation, []
    if r.state == "held" and r.hold_expires_at:
        found.append(_fact("hourglass", _("Held for you until %(when)s") % {"when": moment_words(r.hold_expires_at)}))
    if r.state == "requested" and r.approval_due_at:
        found.append(_fact("message-circle", _("Answer by %(when)s") % {"when": moment_words(r.approval_due_at)}))
    open_minor = r.total_minor - r.paid_minor
    if r.state in ("confirmed", "checked_in") and open_minor > 0:
        found.append(_payment_fact(r, open_minor))
    if r.state in ("requested", "confirmed") and now < r.starts_at:
        found.append(_cancel_fact(r, now))
    return found


def _fact(icon: str, value: str, note: str = "") -> Fact:
    return Fact(icon=icon, value=value, note=note)


def _payment_fact(reservation: "Reservation", open_minor: int) -> Fact:
    amount = amount_words(open_minor, reservation.currency)
    if reservation.payment_due_at:
        when = moment_words(reservation.payment_due_at)
        return _fact("wallet", _("Pay %(amount)s by %(when)s") % {"amount": amount, "when": when})
    return _fact("wallet", _("Pay %(amount)s on site") % {"amount": amount})


def _cancel_fact(reservation: "Reservation", now: datetime) -> Fact:
    if not reservation.paid_minor:
        return _fact(
            "undo-2", _("Cancel free of charge until %(when)s") % {"when": moment_words(reservation.starts_at)}
        )
    ladder = reservation.policy_version.refund_ladder
    percent = refund_percent(ladder, local_date(now), local_date(reservation.starts_at))
    return _fact("undo-2", _("Cancel today and %(percent)s %% comes back") % {"percent": percent})


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitRow:
    """A time somebody waits for."""

    code: str
    title: str
    place: str
    when: str
    url: str


def wait_row(entry: "WaitingEntry") -> WaitRow:
    return WaitRow(
        code=entry.code,
        title=localised(entry.listing.titles),
        place=place_words(entry.listing),
        when=when_words(entry.starts_at, entry.ends_at),
        url=f"{listing_url(entry.listing)}?{when_query(entry.starts_at, entry.ends_at)}",
    )
