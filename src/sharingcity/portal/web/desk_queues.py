"""The desk's own queues: requests, refunds, appeals, fees, times taken twice."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sharingcity.booking.queries import desk
from sharingcity.booking.wording import amount_words
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import when_words
from sharingcity.listings.naming import full_title
from sharingcity.people.permissions import scopes_with
from sharingcity.portal.slots import Asked, DeskQueue
from sharingcity.portal.web.desk_waiting import Waiting, queue_row
from sharingcity.portal.web.desk_words import what_words, who_of
from sharingcity.ui.components import QueueRow

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sharingcity.booking.models import Clash, Payment, Reservation

# Within how many days staff mean to send money back and to answer an appeal.
REFUND_DAYS = timedelta(days=7)
APPEAL_DAYS = timedelta(days=7)


def _of(reservation: "Reservation", asked: Asked, **waiting: Any) -> QueueRow:
    """A row about a reservation: its page, its kind, and who comes for those who may know it."""
    who = who_of(reservation, asked.person, asked.now)
    return queue_row(
        Waiting(
            url=reverse("staff-reservation", args=[reservation.code]),
            kind=reservation.listing.kind,
            who=localised(reservation.group.names) if who and reservation.group else who,
            nobody=_("Booker"),
            **waiting,
        ),
        asked,
    )


def _title(reservation: "Reservation") -> str:
    return full_title(reservation.listing)


def _when(reservation: "Reservation") -> str:
    return when_words(reservation.starts_at, reservation.ends_at)


def _requests(asked: Asked) -> "QuerySet[Reservation]":
    return desk.requests_waiting(scopes_with(asked.person, "decide_requests", asked.now), asked.place_id)


def _request(r: "Reservation", asked: Asked) -> QueueRow:
    return _of(
        r,
        asked,
        title=_title(r),
        note=f"{_when(r)} · {what_words(r)}",
        icon="door-open",
        action=pgettext("desk", "Decide"),
        since=r.created_at,
        due_at=r.approval_due_at or r.starts_at,
    )


def _refunds(asked: Asked) -> "QuerySet[Payment]":
    return desk.refunds_to_send(scopes_with(asked.person, "record_payment", asked.now), asked.place_id)


def _refund(p: "Payment", asked: Asked) -> QueueRow:
    return _of(
        p.reservation,
        asked,
        title=_("Send back %(amount)s") % {"amount": amount_words(p.amount_minor, p.reservation.currency)},
        note=f"{_title(p.reservation)} · {_when(p.reservation)}",
        icon="banknote",
        action=pgettext("desk", "Send"),
        since=p.recorded_at,
        due_at=p.recorded_at + REFUND_DAYS,
    )


def _appeals(asked: Asked) -> "QuerySet[Reservation]":
    return desk.absence_appeals(scopes_with(asked.person, "decide_requests", asked.now), asked.place_id)


def _appeal(r: "Reservation", asked: Asked) -> QueueRow:
    since: datetime = r.appealed_at or r.ends_at
    return _of(
        r,
        asked,
        title=_("“We were there”: %(listing)s") % {"listing": _title(r)},
        note=_when(r),
        icon="scale",
        action=pgettext("an appeal", "Answer"),
        since=since,
        due_at=since + APPEAL_DAYS,
    )


def _fees(asked: Asked) -> "QuerySet[Reservation]":
    return desk.payments_open(scopes_with(asked.person, "record_payment", asked.now), asked.now, asked.place_id)


def _fee(r: "Reservation", asked: Asked) -> QueueRow:
    lapsed = r.state == "expired"
    title = _("Ran out unpaid: %(amount)s") if lapsed else _("To be paid: %(amount)s")
    return _of(
        r,
        asked,
        title=title % {"amount": amount_words(r.total_minor - r.paid_minor, r.currency)},
        note=f"{_title(r)} · {_when(r)}",
        icon="wallet",
        action=pgettext("desk", "Call") if lapsed else pgettext("desk", "Record"),
        since=r.created_at,
        due_at=r.payment_due_at or r.starts_at,
    )


def _clashes(asked: Asked) -> "QuerySet[Clash]":
    return desk.clashes_open(scopes_with(asked.person, "close_units", asked.now), asked.place_id)


def _clash(c: "Clash", asked: Asked) -> QueueRow:
    return _of(
        c.reservation,
        asked,
        title=_("Taken twice: %(listing)s") % {"listing": _title(c.reservation)},
        note=_when(c.reservation),
        icon="triangle-alert",
        action=pgettext("desk", "Decide"),
        since=c.opened_at,
        due_at=c.reservation.starts_at,
    )


QUEUES: Final[dict[str, DeskQueue[Any]]] = {
    "clashes": DeskQueue(
        title=gettext_lazy("Taken on another site, too"),
        note=gettext_lazy(
            "Two groups would stand before one door: move one, cancel one, or set the other calendar right."
        ),
        icon="triangle-alert",
        ability="close_units",
        waiting=_clashes,
        drawn=_clash,
    ),
    "requests": DeskQueue(
        title=gettext_lazy("Requests"),
        note=gettext_lazy("Who asked waits for a yes or a no; the time is kept for them."),
        icon="inbox",
        ability="decide_requests",
        waiting=_requests,
        drawn=_request,
    ),
    "refunds": DeskQueue(
        title=gettext_lazy("Refunds to send"),
        note=gettext_lazy("Money that is owed back goes out within 7 days."),
        icon="banknote",
        ability="record_payment",
        waiting=_refunds,
        drawn=_refund,
    ),
    "appeals": DeskQueue(
        title=gettext_lazy("Absences that are disputed"),
        note=gettext_lazy("The booker says that somebody was there."),
        icon="scale",
        ability="decide_requests",
        waiting=_appeals,
        drawn=_appeal,
    ),
    "fees": DeskQueue(
        title=gettext_lazy("Fees not paid yet"),
        note=gettext_lazy("When the due date passes, the time is free again."),
        icon="wallet",
        ability="record_payment",
        waiting=_fees,
        drawn=_fee,
    ),
}
