"""`/city/entries/suggestions/CODE`: staff make a draft of what somebody misses, or say why not."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.directory import operations
from sharingcity.directory.permissions import enters_in
from sharingcity.directory.queries import get_organisation
from sharingcity.directory.queries.waiting import get_suggestion
from sharingcity.directory.states import SUGGESTION
from sharingcity.directory.web.access import attempt, for_staff, signed_in
from sharingcity.directory.web.suggest import KINDS, like
from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import moment_words
from sharingcity.ui.desk import desk_page, moment

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation


@for_staff
@require_http_methods(["GET", "POST"])
def suggestion(request: HttpRequest, code: str) -> HttpResponse:
    found = get_suggestion(code)
    if not enters_in(signed_in(request), found.district_id, moment(request)):
        raise NotFound("entry.elsewhere", _("There is no such entry."))
    if request.method == "POST":
        return _decide(request, code)
    return desk_page(
        request,
        "directory/staff_suggestion.html",
        name=found.name,
        kind=dict(KINDS)[found.kind],
        is_service=found.kind == "service",
        shared=found.shared,
        url=found.url,
        where=" · ".join(filter(None, (localised(found.district.names) if found.district else "", found.place))),
        hears=bool(found.reply_to),
        when=moment_words(found.created_at, with_year=True),
        state=SUGGESTION.states[found.state],
        is_open=found.state == "open",
        answer=found.answer,
        slug=found.organisation.slug if found.organisation else "",
        alike=like(found.name, found.url) if found.state == "open" else [],
    )


def _decide(request: HttpRequest, code: str) -> HttpResponse:
    """On to the draft, or to what waits next; a refusal leads back to the page."""
    by, now = signed_in(request), moment(request)
    if request.POST.get("do") == "decline":
        reason = request.POST.get("reason", "")
        done = attempt(
            request,
            _("Decided."),
            lambda: operations.decline_suggestion(code=code, by=by, now=now, reason=reason),
        )
        return redirect("/city?queue=suggestions") if done else redirect("entry-suggestion", code)
    runner = _runner(request.POST.get("runner", ""))
    done = attempt(
        request,
        _("The draft is there. Nobody sees it until you save it."),
        lambda: operations.draft_suggestion(code=code, by=by, now=now, runner=runner),
    )
    made = get_suggestion(code).organisation if done else None
    return redirect("entry-page", made.slug) if made else redirect("entry-suggestion", code)


def _runner(typed: str) -> "Organisation | None":
    try:
        return get_organisation(typed.strip().rpartition("/")[2]) if typed.strip() else None
    except NotFound:
        return None
