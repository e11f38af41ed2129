"""The permit: what the booker shows at the door."""

import io
from datetime import datetime
from typing import TYPE_CHECKING

import segno
from django.utils.translation import gettext as _

from sharingcity.booking.pdf.frame import checked, fact, frame, where, who_facts
from sharingcity.booking.rules.wish import REFUSED_PURPOSES
from sharingcity.booking.states import STATES
from sharingcity.booking.wording import PURPOSE_WORDS, may_not_sentences, people_words
from sharingcity.kernel.errors import Conflict
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, span_words
from sharingcity.ui.pdf import make_pdf

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation

PERMITTED = ("confirmed", "checked_in", "done")


def permit_pdf(reservation: "Reservation", *, check_url: str, now: datetime) -> bytes:
    """The permit in the active language, for a booking that stands. `check_url`: where its QR code leads.

    Raises: Conflict `booking.no_permit`; PaperRefused.
    """
    if reservation.state not in PERMITTED:
        raise Conflict("booking.no_permit", _("There is a permit only for a booking that is confirmed."))
    r = reservation
    title = _("Permit to use a public space")
    data = {
        **frame(now, _("Valid only with the state that the page behind the code shows.")),
        "listing": localised(r.listing.titles),
        "place": where(r),
        "when": f"{day_words(r.starts_at, with_year=True)} {span_words(r.starts_at, r.ends_at)}",
        "code": r.code,
        "qr": qr_svg(check_url),
        "qr_alt": _("QR code that leads to booking %(code)s") % {"code": r.code},
        "qr_note": _("Scan to check"),
        "state": f"{STATES[r.state]}. {checked(now)}",
        "facts_title": _("The booking"),
        "facts": [
            fact(_("Number"), r.code),
            *who_facts(r),
            fact(_("People"), people_words(r.party_size)),
            fact(_("Purpose"), str(PURPOSE_WORDS.get(r.purpose, r.purpose)), r.purpose_words),
        ],
        "rules_title": _("Please do not"),
        "rules": may_not_sentences(r.policy_version, REFUSED_PURPOSES),
    }
    return make_pdf("booking/pdf/permit.typ", data, title=title, now=now)


def qr_svg(url: str) -> str:
    """The QR code as a drawing, with its quiet zone."""
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", border=4, xmldecl=False, light="#ffffff")
    return out.getvalue().decode()
