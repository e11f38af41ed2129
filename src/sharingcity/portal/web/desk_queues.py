"""The desk's own queues: requests, refunds, appeals, fees. Other rooms' queues join them in the slot."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sharingcity.booking.queries import desk
from sharingcity.booking.wording import amount_words
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import when_words
from sharingcity.people.permissions import scopes_with
from sharingcity.portal.slots import QUEUE_COUNTERS, Asked, DeskQueue
from sharingcity.portal.web.desk_words import Due, due_of, short_name, since_words, what_words, who_of
from sharingcity.ui.components import QueueRow

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from sharingcity.booking.models import Clash, Payment, Reservation

# Within how many days staff mean to send money back and to answer an appeal.
REFUND_DAYS = timedelta(days=7)
APPEAL_DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waits:
    """What makes one row of a queue besides the reservation itself."""

    title: str
    note: str
    icon: str
    action: str
    since: "datetime"
    due: Due


def _row(reservation: "Reservation", waits: _Waits, asked: Asked) -> QueueRow:
    who = who_of(reservation, asked.person, asked.now)
    return QueueRow(
        title=waits.title,
        note=waits.note,
        url=reverse("staff-reservation", args=[reservation.code]),
        icon=waits.icon,
        kind=reservation.listing.kind,
        who=(localised(reservation.group.names) if who and reservation.group else who) or _("Booker"),
        who_short=short_name(who) if who else "–",
        since=since_words(waits.since, asked.now),
        due=waits.due.words,
        due_state=waits.due.state,
        percent_gone=waits.due.percent_gone,
        action=waits.action,
    )


def _title(reservation: "Reservation") -> str:
    return localised(reservation.listing.titles)


def _when(reservation: "Reservation") -> str:
    return when_words(reservation.starts_at, reservation.ends_at)


def _requests(asked: Asked) -> "QuerySet[Reservation]":
    return desk.requests_waiting(scopes_with(asked.person, "decide_requests", asked.now), asked.place_id)


def _request_rows(asked: Asked, offset: int, limit: int) -> list[QueueRow]:
    return [
        _row(
            r,
            _Waits(
                title=_title(r),
                note=f"{_when(r)} · {what_words(r)}",
                icon="door-open",
                action=pgettext("desk", "Decide"),
                since=r.created_at,
                due=due_of(r.created_at, r.approval_due_at or r.starts_at, asked.now),
            ),
            asked,
        )
        for r in _requests(asked)[offset : offset + limit]
    ]


def _refunds(asked: Asked) -> "QuerySet[Payment]":
    return desk.refunds_to_send(scopes_with(asked.person, "record_payment", asked.now), asked.place_id)


def _refund_rows(asked: Asked, offset: int, limit: int) -> list[QueueRow]:
    return [
        _row(
            p.reservation,
            _Waits(
                title=_("Send back %(amount)s") % {"amount": amount_words(p.amount_minor, p.reservation.currency)},
                note=f"{_title(p.reservation)} · {_when(p.reservation)}",
                icon="banknote",
                action=pgettext("desk", "Send"),
                since=p.recorded_at,
                due=due_of(p.recorded_at, p.recorded_at + REFUND_DAYS, asked.now),
            ),
            asked,
        )
        for p in _refunds(asked)[offset : offset + limit]
    ]


def _appeals(asked: Asked) -> "QuerySet[Reservation]":
    return desk.absence_appeals(scopes_with(asked.person, "decide_requests", asked.now), asked.place_id)


def _appeal_rows(asked: Asked, offset: int, limit: int) -> list[QueueRow]:
    return [
        _row(
            r,
            _Waits(
                title=_("“We were there”: %(listing)s") % {"listing": _title(r)},
                note=_when(r),
                icon="scale",
                action=pgettext("an appeal", "Answer"),
                since=r.appealed_at or r.ends_at,
                due=due_of(r.appealed_at or r.ends_at, (r.appealed_at or r.ends_at) + APPEAL_DAYS, asked.now),
            ),
            asked,
        )
        for r in _appeals(asked)[offset : offset + limit]
    ]


def _fees(asked: Asked) -> "QuerySet[Reservation]":
    return desk.payments_open(scopes_with(asked.person, "record_payment", asked.now), asked.now, asked.place_id)


def _fee_rows(asked: Asked, offset: int, limit: int) -> list[QueueRow]:
    return [_row(r, _fee(r, asked), asked) for r in _fees(asked)[offset : offset + limit]]


def _fee(r: "Reservation", asked: Asked) -> _Waits:
    amount = amount_words(r.total_minor - r.paid_minor, r.currency)
    lapsed = r.state == "expired"
    title = _("Ran out unpaid: %(amount)s") if lapsed else _("To be paid: %(amount)s")
    return _Waits(
        title=title % {"amount": amount},
        note=f"{_title(r)} · {_when(r)}",
        icon="wallet",
        action=pgettext("desk", "Call") if lapsed else pgettext("desk", "Record"),
        since=r.created_at,
        due=due_of(r.created_at, r.payment_due_at or r.starts_at, asked.now),
    )


def _clashes(asked: Asked) -> "QuerySet[Clash]":
    return desk.clashes_open(scopes_with(asked.person, "close_units", asked.now), asked.place_id)


def _clash_rows(asked: Asked, offset: int, limit: int) -> list[QueueRow]:
    return [
        _row(
            c.reservation,
            _Waits(
                title=_("Taken twice: %(listing)s") % {"listing": _title(c.reservation)},
                note=_when(c.reservation),
                icon="triangle-alert",
                action=pgettext("desk", "Decide"),
                since=c.opened_at,
                due=due_of(c.opened_at, c.reservation.starts_at, asked.now),
            ),
            asked,
        )
        for c in _clashes(asked)[offset : offset + limit]
    ]


OWN = {
    "clashes": DeskQueue(
        title=gettext_lazy("Taken on another site, too"),
        note=gettext_lazy(
            "Two groups would stand before one door: move one, cancel one, or set the other calendar right."
        ),
        icon="triangle-alert",
        ability="close_units",
        count=lambda asked: _clashes(asked).count(),
        rows=_clash_rows,
    ),
    "requests": DeskQueue(
        title=gettext_lazy("Requests"),
        note=gettext_lazy("Who asked waits for a yes or a no; the time is kept for them."),
        icon="inbox",
        ability="decide_requests",
        count=lambda asked: _requests(asked).count(),
        rows=_request_rows,
    ),
    "refunds": DeskQueue(
        title=gettext_lazy("Refunds to send"),
        note=gettext_lazy("Money that is owed back goes out within 7 days."),
        icon="banknote",
        ability="record_payment",
        count=lambda asked: _refunds(asked).count(),
        rows=_refund_rows,
    ),
    "appeals": DeskQueue(
        title=gettext_lazy("Absences that are disputed"),
        note=gettext_lazy("The booker says that somebody was there."),
        icon="scale",
        ability="decide_requests",
        count=lambda asked: _appeals(asked).count(),
        rows=_appeal_rows,
    ),
    "fees": DeskQueue(
        title=gettext_lazy("Fees not paid yet"),
        note=gettext_lazy("When the due date passes, the time is free again."),
        icon="wallet",
        ability="record_payment",
        count=lambda asked: _fees(asked).count(),
        rows=_fee_rows,
    ),
}


def register() -> None:
    """The desk's own queues come first."""
    for name, queue in OWN.items():
        QUEUE_COUNTERS.register(name, queue)
