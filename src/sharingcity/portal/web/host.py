"""For whoever offers: today's bookings, coming requests, a building's week, what is offered."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from sharingcity.booking.queries import desk
from sharingcity.booking.states import TAKING
from sharingcity.kernel.city import local_date, zone
from sharingcity.kernel.intervals import Interval, day_span
from sharingcity.kernel.wording import long_day_words
from sharingcity.listings.queries import listings_in, units_of
from sharingcity.portal.web.desk_access import host_reach, needs_hosting, reach, signed_in
from sharingcity.portal.web.desk_pages import building_of, day_asked, desk_page
from sharingcity.portal.web.desk_words import booking_row
from sharingcity.portal.web.host_rows import by_building, listing_rows, week_days
from sharingcity.ui.desk import address, moment, part_of

ROWS = 25
DAY_ROWS = 100
WEEK_ROWS = 300


@needs_hosting
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """A day by building and hour, with check in, check out, nobody came."""
    person, now, day = signed_in(request), moment(request), day_asked(request)
    scopes = host_reach(person, now)
    building = building_of(request, scopes)
    part = part_of(request, desk.bookings_in(scopes, day_span(day, zone()), building.id), DAY_ROWS)
    return desk_page(
        request,
        "portal/host/today.html",
        building=building,
        day=day,
        is_today=day == local_date(now),
        title=long_day_words(day),
        before=address(request, day=day - timedelta(days=1), page=None),
        after=address(request, day=day + timedelta(days=1), page=None),
        part=part,
        groups=by_building(part.rows, person, now),
        here=request.get_full_path(),
    )


@needs_hosting
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Requests without an answer, the one due first on top; deciding is on the desk's page."""
    person, now = signed_in(request), moment(request)
    scopes = host_reach(person, now)
    building = building_of(request, scopes)
    part = part_of(request, desk.requests_waiting(scopes, building.id), ROWS)
    rows = [booking_row(row, person, now) for row in part.rows]
    return desk_page(request, "portal/host/requests.html", building=building, part=part, bookings=rows)


@needs_hosting
@require_GET
def week(request: HttpRequest) -> HttpResponse:
    """Seven days of a building (or of all), Monday first."""
    person, now, asked = signed_in(request), moment(request), day_asked(request, "week")
    monday = asked - timedelta(days=asked.weekday())
    scopes = host_reach(person, now)
    building = building_of(request, scopes)
    part = part_of(request, desk.bookings_in(scopes, _week(monday), building.id, (*TAKING, "done")), WEEK_ROWS)
    return desk_page(
        request,
        "portal/host/week.html",
        building=building,
        days=week_days(monday, part.rows, person, now),
        before=address(request, week=monday - timedelta(days=7), page=None),
        after=address(request, week=monday + timedelta(days=7), page=None),
        part=part,
    )


def _week(monday: date) -> Interval:
    first, last = day_span(monday, zone()), day_span(monday + timedelta(days=6), zone())
    return Interval(first.starts_at, last.ends_at)


@needs_hosting
@require_GET
def listings(request: HttpRequest) -> HttpResponse:
    """What is offered, with its state, its closures, and the way to close it."""
    person, now = signed_in(request), moment(request)
    scopes = host_reach(person, now)
    building = building_of(request, scopes)
    rows = listings_in(scopes)
    part = part_of(request, rows.filter(place_id=building.id) if building.id else rows, ROWS)
    units = units_of(listing.pk for listing in part.rows)
    closures = desk.closures_ahead((unit.pk for found in units.values() for unit in found), now)
    coming = desk.coming_counts((listing.pk for listing in part.rows), now)
    return desk_page(
        request,
        "portal/host/listings.html",
        building=building,
        part=part,
        listings=listing_rows(part.rows, (units, closures, coming), person, now),
        can_offer=bool(reach(person, ["manage_listings"], now)),
    )
