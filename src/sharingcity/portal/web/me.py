"""`/me`: what is coming, what has been, what somebody waits for."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sharingcity.booking.queries.mine import own_bookings
from sharingcity.booking.slots import ARRIVAL
from sharingcity.booking.web.pages import private_page, reader
from sharingcity.booking.web.rows import reservation_row, wait_row
from sharingcity.kernel import clock
from sharingcity.people.menu import links_of
from sharingcity.people.slots import ME_MENU


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """The next one stands out with what matters now; offers that run out come before everything."""
    person, now = reader(request), clock.now()
    found = own_bookings(person, now)
    offers = [row for row in found.coming if row.state == "held"]
    coming = [row for row in found.coming if row.state != "held"]
    first = coming[0] if coming else None
    context = {
        "links": links_of(tuple(ME_MENU), request),
        "name": person.name,
        "offers": [reservation_row(row, now) for row in offers],
        "first": reservation_row(first, now) if first else None,
        "arrival": [fact for arrival in ARRIVAL for fact in arrival(first, person, now)] if first else [],
        "coming": [reservation_row(row, now) for row in coming[1:]],
        "past": [reservation_row(row, now) for row in found.past],
        "waiting": [wait_row(entry) for entry in found.waiting],
    }
    return private_page(request, "portal/me.html", context)
