"""A check-list gone through with a group, coming or leaving."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.booking.operations.loading import get_reservation
from sharingcity.booking.wording import people_words
from sharingcity.kernel.errors import NotAllowed, Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import moment_words, when_words
from sharingcity.spaces import queries
from sharingcity.spaces.operations import record_check
from sharingcity.spaces.web.access import check_reaches, needs_somewhere, signed_in
from sharingcity.spaces.web.forms import CheckForm, refuse
from sharingcity.spaces.web.records import RecordRow, record_row
from sharingcity.spaces.wording import MOMENT_WORDS
from sharingcity.ui.desk import back_to, desk_page, moment

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation


@needs_somewhere("check_in")
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, code: str, moment_name: str) -> HttpResponse:
    """The list as a form, or what was found once somebody has gone through it."""
    if moment_name not in MOMENT_WORDS:
        raise Http404
    found = get_reservation(code)
    check_reaches(request, found.listing.place, "check_in")
    items = queries.checklist_of(found.listing.place_id, moment_name)
    form = CheckForm(request.POST if request.method == "POST" else None, items=items)
    record = _record(found, moment_name)
    if form.is_valid() and _is_recorded(request, found, moment_name, form):
        return back_to(request, reverse("host-check", args=[found.code, moment_name]))
    wrong = form.is_bound and bool(form.errors)
    is_now = queries.is_checkable(found, moment_name, moment(request))
    opens_at = queries.check_opens_at(found, moment_name)
    return desk_page(
        request,
        "spaces/check.html",
        status=422 if wrong else 200,
        code=found.code,
        title=MOMENT_WORDS[moment_name],
        room=localised(found.listing.titles),
        place=localised(found.listing.place.names),
        place_code=found.listing.place.code,
        when=when_words(found.starts_at, found.ends_at),
        people=people_words(found.party_size),
        form=form if items and record is None and (is_now or wrong) else None,
        opens=moment_words(opens_at) if items and opens_at > moment(request) else "",
        is_over=bool(items) and not is_now,
        wrong=form if wrong else None,
        record=record,
    )


def _record(reservation: "Reservation", moment_name: str) -> RecordRow | None:
    records = queries.check_records(reservation)
    return next((record_row(record) for record in records if record.moment == moment_name), None)


def _is_recorded(request: HttpRequest, reservation: "Reservation", moment_name: str, form: CheckForm) -> bool:
    try:
        record_check(
            reservation=reservation,
            moment=moment_name,
            answers=form.answers(),
            by=signed_in(request),
            now=moment(request),
            words=form.cleaned_data["words"],
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    messages.success(
        request,
        _("Written down. Report what is broken, so that it is mended.") if form.is_amiss() else _("Written down."),
    )
    return True
