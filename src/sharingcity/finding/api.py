"""Finding in the API: the search, one listing, its free times. Anybody may read."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from sharingcity.finding import presenting, queries, schemas
from sharingcity.finding.queries.clusters import map_section
from sharingcity.finding.queries.everything import search_everything
from sharingcity.finding.rules.question import Question, Sort
from sharingcity.finding.rules.reading import TimeAsked, read_bbox, read_interval, read_near, read_needs, read_when
from sharingcity.kernel.city import local_date
from sharingcity.kernel.clock import now as clock_now
from sharingcity.kernel.problems import response_of
from sharingcity.listings.live import elsewhere_of, live_figures
from sharingcity.listings.queries import get_listing, unit_turnarounds
from sharingcity.people.api_auth import Bearer

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

router = Router(tags=["finding"])
REFUSED = {404: schemas.Problem, 422: schemas.Problem, 429: schemas.Problem}
A_WEEK = timedelta(days=7)
FAR = datetime(9000, 1, 1, tzinfo=UTC)
_SAME = ("q", "kind", "category", "district", "radius_m", "party_size", "max_fee_minor", "designated", "booking")
_TIMES = ("starts_at", "ends_at", "date_from", "date_to", "time_from", "time_to", "duration_minutes")


def _question(asked: schemas.ListingsIn, today: date) -> Question:
    return Question(
        near=read_near(asked.near),
        bbox=read_bbox(asked.bbox),
        free_only=asked.free,
        access=read_needs(asked.access),
        organisation=asked.organisation,
        when=read_when(TimeAsked(**{name: getattr(asked, name) for name in _TIMES}), today),
        sort=Sort(asked.sort) if asked.sort else None,
        limit=asked.limit,
        cursor=asked.cursor,
        **{name: getattr(asked, name) for name in _SAME},
    )


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


@router.get("/listings", response={200: schemas.ListingsOut} | REFUSED, auth=None, summary="Find what is shared")
def get_listings(request: HttpRequest, asked: Query[schemas.ListingsIn]) -> HttpResponse:
    """Results in order, each with its first free time as of now; with a token, of that person."""
    now = clock_now()
    page = queries.search(_question(asked, local_date(now)), now, Bearer()(request))
    units = unit_turnarounds(one.listing.pk for one in page.results)
    live = live_figures(elsewhere_of(one.listing for one in page.results), now)
    return response_of(200, presenting.present_page(page, units, _origin(request), live))


@router.get("/search", response={200: schemas.SearchOut} | REFUSED, auth=None, summary="Find everything shared")
def get_search(request: HttpRequest, asked: Query[schemas.SearchIn]) -> HttpResponse:
    """Organisations, services and listings in one ranked answer. Anybody may ask; with a token, as of that person."""
    now = clock_now()
    question = Question(q=asked.q, near=read_near(asked.near), district=asked.district, limit=asked.limit)
    found = search_everything(question, now, Bearer()(request), kinds=frozenset(asked.kinds))
    listings = [one.listing for one in found.hits if isinstance(one, queries.Result)]
    units = unit_turnarounds(listing.pk for listing in listings)
    live = live_figures(elsewhere_of(listings), now)
    return response_of(200, presenting.present_everything(found, units, _origin(request), live))


@router.get("/map", response={200: schemas.MapOut} | REFUSED, auth=None, summary="What lies in a section of the map")
def get_map(request: HttpRequest, asked: Query[schemas.ListingsIn]) -> HttpResponse:
    """The listings of a `bbox` gathered into clusters, at most some ninety, the fullest first; order and paging have no
    say here.
    """
    now = clock_now()
    section = map_section(_question(asked, local_date(now)), now, Bearer()(request))
    return response_of(200, presenting.present_section(section))


@router.get("/listings/{code}", response={200: schemas.ListingDetailOut} | REFUSED, auth=None, summary="One listing")
def get_one(request: HttpRequest, code: str) -> HttpResponse:
    """Everything public about it; a retired one too, whose state says so."""
    now = clock_now()
    listing = _listing(code)
    found = queries.show(listing, now, Bearer()(request))
    live = live_figures(elsewhere_of([listing]), now).get(listing.pk)
    detail = presenting.present_detail(found.result, found.unit_count, _origin(request), found.hours, live)
    return response_of(200, detail)


@router.get(
    "/listings/{code}/availability",
    response={200: schemas.AvailabilityOut} | REFUSED,
    auth=None,
    summary="When it is open, taken and free",
)
def get_availability(request: HttpRequest, code: str, asked: Query[schemas.WindowIn]) -> HttpResponse:
    """Times within `from` and `to`, 92 days at most; without either, the next seven days."""
    now = clock_now()
    starts_at = asked.from_ or now
    window = read_interval(starts_at, asked.to or min(starts_at, FAR) + A_WEEK, "to")
    return response_of(200, presenting.present_availability(queries.availability(_listing(code), window, now)))


def _listing(code: str) -> "Listing":
    """A database refuses the character NUL; no id holds one."""
    return get_listing(code.replace("\x00", ""))
