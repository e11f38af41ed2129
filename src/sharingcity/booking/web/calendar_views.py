"""Calendar feeds as files that calendar applications fetch again and again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from sharingcity.booking.calendars import Feed, listing_feed, organisation_feed, personal_feed
from sharingcity.booking.calendars.personal import person_of_secret
from sharingcity.booking.operations.calendar_keys import hash_of
from sharingcity.directory.queries import get_organisation
from sharingcity.kernel import clock
from sharingcity.kernel.errors import NotFound
from sharingcity.listings.queries import get_listing

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

FRESH_SECONDS = 300


def _answer(request: HttpRequest, feed: Feed, name: str, *, is_public: bool) -> HttpResponse:
    """The file, or 304 when the application has it already."""
    response = HttpResponse(feed.content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = feed.etag
    response["Last-Modified"] = http_date(feed.changed_at.timestamp())
    response["Cache-Control"] = f"{'public' if is_public else 'private'}, max-age={FRESH_SECONDS}"
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    answer = get_conditional_response(
        request, etag=feed.etag, last_modified=int(feed.changed_at.timestamp()), response=response
    )
    return answer or response


@require_safe
def personal(request: HttpRequest, secret: str) -> HttpResponse:
    """A person's bookings, for whoever knows the secret address."""
    person = person_of_secret(hash_of(secret))
    if person is None:
        raise Http404

    def address(code: str) -> str:
        return request.build_absolute_uri(reverse("booking-reservation", args=[code]))

    feed = personal_feed(person, address=address, now=clock.now())
    response = _answer(request, feed, "my-bookings", is_public=False)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _listing_address(request: HttpRequest) -> "Callable[[Listing], str]":
    return lambda listing: request.build_absolute_uri(f"/listings/{listing.code}")


@require_safe
def listing(request: HttpRequest, code: str) -> HttpResponse:
    """When a listing is taken."""
    try:
        found = get_listing(code)
    except NotFound as refusal:
        raise Http404 from refusal
    feed = listing_feed(found, address=_listing_address(request), now=clock.now())
    return _answer(request, feed, f"listing-{found.code}", is_public=True)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """When what an organisation offers is taken."""
    try:
        found = get_organisation(slug)
    except NotFound as refusal:
        raise Http404 from refusal
    feed = organisation_feed(found, address=_listing_address(request), now=clock.now())
    return _answer(request, feed, f"organisation-{found.code}", is_public=True)
