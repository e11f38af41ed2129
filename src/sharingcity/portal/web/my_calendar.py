"""`/me/calendar`: the secret address under which a calendar application reads somebody's bookings."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sharingcity.booking.operations.calendar_keys import calendar_secret, change_calendar_secret
from sharingcity.booking.web.pages import private_page, reader
from sharingcity.kernel import clock
from sharingcity.people.menu import links_of
from sharingcity.people.slots import ME_MENU


@login_required
@require_http_methods(["GET", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Shown only when asked for, for whoever knows it reads along; changed when it got into wrong hands."""
    address = ""
    if request.method == "POST":
        make = change_calendar_secret if request.POST.get("change") else calendar_secret
        secret = make(person=reader(request), now=clock.now())
        address = request.build_absolute_uri(reverse("calendar-me", args=[secret]))
    context = {"links": links_of(tuple(ME_MENU), request), "address": address}
    return private_page(request, "portal/my_calendar.html", context)
