"""The waiting list, as whoever waits leaves it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sharingcity.booking.operations import leave_waiting_list
from sharingcity.booking.queries.mine import own_waiting
from sharingcity.booking.web.pages import reader, whole_pages
from sharingcity.kernel import clock
from sharingcity.kernel.errors import Refusal


@whole_pages
@login_required
@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    person, now = reader(request), clock.now()
    try:
        leave_waiting_list(entry=own_waiting(code, person), by=person, now=now)
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("You are no longer in line."))
    return redirect("portal-me")
