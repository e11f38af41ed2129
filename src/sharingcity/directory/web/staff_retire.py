"""`/city/entries/SLUG/retire`: what goes when an organisation is taken off, the act itself, and the way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.directory import operations
from sharingcity.directory.queries import get_organisation
from sharingcity.directory.queries.retiring import standing_retirement, would_go
from sharingcity.directory.web.access import attempt, for_staff, refuse_elsewhere, signed_in
from sharingcity.directory.web.words import retired_words, title_of
from sharingcity.ui.desk import desk_page, moment


@for_staff
@require_http_methods(["GET", "POST"])
def retire(request: HttpRequest, slug: str) -> HttpResponse:
    """A POST with `do` takes it off (with a reason), or brings it back."""
    organisation = get_organisation(slug)
    by, now = signed_in(request), moment(request)
    refuse_elsewhere(request, organisation)
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        if request.POST.get("do") == "restore":
            done = attempt(
                request,
                _("It is shown again."),
                lambda: operations.restore_organisation(organisation=organisation, by=by, now=now),
            )
        else:
            done = attempt(
                request,
                _("It is no longer shown."),
                lambda: operations.retire_organisation(organisation=organisation, by=by, now=now, reason=reason),
            )
        return redirect("entry-page" if done else "entry-retire", organisation.slug)
    going = would_go(organisation.pk, now)
    return desk_page(
        request,
        "directory/staff_retire.html",
        title=title_of(organisation),
        slug=organisation.slug,
        is_shown=organisation.state == "published",
        can_return=organisation.state == "retired" and not organisation.merged_into,
        retired=retired_words(standing_retirement(organisation)),
        gone=going.gone,
        promised=going.promised,
    )
