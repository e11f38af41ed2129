"""The receipt: what was asked, what was paid, what came back."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sharingcity.booking.pdf.frame import checked, fact, frame, where, who_facts
from sharingcity.booking.queries.desk import payments_of
from sharingcity.booking.states import STATES
from sharingcity.booking.wording import amount_words, line_words
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, when_words
from sharingcity.ui.pdf import make_pdf

if TYPE_CHECKING:
    from sharingcity.booking.models import Payment, Reservation


def receipt_pdf(reservation: "Reservation", *, now: datetime) -> bytes:
    """The receipt in the active language: price with its reductions, payments, refunds, and what is left.

    Raises: PaperRefused.
    """
    r = reservation
    data = {
        **frame(now, _("Receipt for booking %(code)s") % {"code": r.code}),
        "facts": [
            fact(_("Number"), r.code, str(STATES[r.state])),
            fact(_("What"), localised(r.listing.titles), where(r)),
            fact(_("When"), when_words(r.starts_at, r.ends_at)),
            *who_facts(r),
        ],
        "price_title": _("Fee"),
        "price": [
            *(
                _line(line_words(one["code"], one.get("values", {})), one["amount_minor"], r.currency)
                for one in r.fee_lines
            ),
            _line(_("Total"), r.total_minor, r.currency) | {"is_total": True},
        ],
        "money_title": _("Payments and refunds"),
        "money": [_movement(payment, r.currency) for payment in payments_of(r)],
        "nothing": _("Nothing has been paid yet."),
        "balance": f"{_balance(r)} {checked(now)}",
    }
    return make_pdf("booking/pdf/receipt.typ", data, title=_("Receipt"), now=now)


def _line(label: str, amount_minor: int, currency: str) -> dict[str, object]:
    return {"label": label, "amount": amount_words(amount_minor, currency)}


def _movement(payment: "Payment", currency: str) -> dict[str, object]:
    words = {
        "paid": _("Paid on %(day)s"),
        "waived": _("Waived on %(day)s"),
        "refund": _("Refund sent on %(day)s"),
        "interest": _("Interest sent on %(day)s"),
    }
    waiting = {"refund": _("Refund, due since %(day)s"), "interest": _("Interest, due since %(day)s")}
    known = words if payment.done_at else {**words, **waiting}
    label = known[payment.kind] % {"day": day_words(payment.done_at or payment.recorded_at, with_year=True)}
    if payment.ground:
        label = f"{label} ({payment.ground})"
    sign = -1 if payment.kind in ("refund", "interest") else 1
    return _line(label, sign * payment.amount_minor, currency)


def _balance(r: "Reservation") -> str:
    open_minor = r.total_minor - r.paid_minor
    paid = amount_words(max(r.paid_minor - r.refunded_minor, 0), r.currency)
    if r.state in ("cancelled", "declined", "expired") or open_minor <= 0:
        return _("Kept by the city: %(amount)s.") % {"amount": paid}
    return _("Still to be paid: %(amount)s.") % {"amount": amount_words(open_minor, r.currency)}
