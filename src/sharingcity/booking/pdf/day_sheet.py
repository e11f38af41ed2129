"""The manager's day sheet: who comes into a building on a day, to hang at the door of the office."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sharingcity.booking.pdf.frame import checked, frame
from sharingcity.booking.states import STATES
from sharingcity.booking.wording import PURPOSE_WORDS, people_words
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import long_day_words, span_words, time_words
from sharingcity.ui.pdf import make_pdf

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.listings.models import Place

Sees = Callable[["Reservation"], bool]
BLANK = "……………"


def day_sheet_pdf(
    place: "Place", day: date, rows: "Sequence[Reservation]", *, sees_booker: Sees, now: datetime
) -> bytes:
    """A building's day by hour, with room to write when they came and left. Names where `sees_booker` allows.

    Raises: PaperRefused.
    """
    title = _("Day sheet, %(day)s") % {"day": long_day_words(day)}
    data = {
        **frame(now, f"{checked(now)} {_('Holds names: shred it after use.')}"),
        "place": ", ".join(part for part in (localised(place.names), place.address) if part),
        "head": [
            _("Hours"),
            _("Room"),
            _("Who"),
            _("People"),
            _("State"),
            pgettext("day sheet", "Came"),
            pgettext("day sheet", "Left"),
        ],
        "rows": [_row(row, sees_booker(row)) for row in sorted(rows, key=lambda row: (row.starts_at, row.pk))],
        "nothing": _("Nobody has booked anything in this building on this day."),
    }
    return make_pdf("booking/pdf/day_sheet.typ", data, title=title, now=now)


def _row(r: "Reservation", sees: bool) -> dict[str, str]:
    name = r.contact_name or r.person.name
    group = localised(r.group.names) if r.group else ""
    return {
        "hours": span_words(r.starts_at, r.ends_at),
        "listing": localised(r.listing.titles),
        "code": r.code,
        "who": (group or name) if sees else "–",
        "phone": (r.contact_phone or r.person.phone) if sees else "",
        "people": people_words(r.party_size),
        "purpose": str(PURPOSE_WORDS.get(r.purpose, r.purpose)),
        "state": str(STATES[r.state]),
        "came": time_words(r.checked_in_at) if r.checked_in_at else BLANK,
        "left": time_words(r.checked_out_at) if r.checked_out_at else BLANK,
    }
