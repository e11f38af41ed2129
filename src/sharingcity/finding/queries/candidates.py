"""Listings that fit the question but for its words and its time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Q

from sharingcity.directory.queries import designated_organisations, district_by_slug_or_code, get_organisation
from sharingcity.finding.queries.moment import Moment
from sharingcity.finding.rules.nearness import cells_q
from sharingcity.finding.rules.question import Question, invalid
from sharingcity.kernel.db import Condition, within
from sharingcity.kernel.geo import BoundingBox
from sharingcity.listings.queries import PUBLISHED, published_listings

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sharingcity.listings.models import Listing


def fitting(question: Question, moment: Moment) -> list[Condition]:
    """What listings must be to fit, but for words and time.

    Raises: `request.invalid` for an unknown district; `organisation.unknown`.
    """
    return [PUBLISHED, *_plain(question), *_of_whom(question, moment), *_seldom(question)]


def _plain(question: Question) -> Iterator[Condition]:
    """What the listing's own row tells."""
    if question.kind:
        yield Condition("listings_listing.kind = %s", (question.kind,))
    if question.booking:
        yield Condition("listings_listing.booking = %s", (question.booking,))
    if question.max_fee_minor is not None:
        yield Condition("listings_listing.hour_fee_minor <= %s", (question.max_fee_minor,))
    if question.free_only:
        yield Condition("listings_listing.hour_fee_minor = 0")
    if question.access:
        yield Condition("listings_listing.access & %s = %s", (question.access, question.access))
    if question.party_size is not None:
        fits = "listings_listing.capacity >= %s OR listings_listing.capacity IS NULL"
        yield Condition(fits, (question.party_size,))


def _of_whom(question: Question, moment: Moment) -> Iterator[Condition]:
    if question.organisation:
        yield Condition("listings_listing.organisation_id = %s", (get_organisation(question.organisation).pk,))
    if question.designated:
        yield within("listings_listing.organisation_id", designated_organisations(moment.now).values("pk"))


def _seldom(question: Question) -> Iterator[Condition]:
    """What other tables tell, spelt by the ORM."""
    rows = published_listings()
    if question.category:
        yield _those(rows.filter(category__slug=question.category))
    if question.district:
        yield _those(rows.filter(place__district_id=_district_id(question.district)))
    if question.bbox:
        yield _those(rows.filter(_inside(question.bbox)))
    if question.near is not None and question.radius_m is not None:
        yield in_cells(question.near, question.radius_m)


def in_cells(near: tuple[float, float], radius_m: float) -> Condition:
    """Listings in the cells around a place: all within the radius, and some beyond."""
    return _those(published_listings().filter(cells_q(near, radius_m)))


def _those(rows: "QuerySet[Listing]") -> Condition:
    return within("listings_listing.id", rows.values("pk"))


def _district_id(text: str) -> int:
    district = district_by_slug_or_code(text)
    if district is None:
        raise invalid("district", f"“{text}”")
    return district.pk


def _inside(box: BoundingBox) -> Q:
    found = Q(place__lat__gte=box.south, place__lat__lte=box.north)
    if box.west <= box.east:
        return found & Q(place__lng__gte=box.west, place__lng__lte=box.east)
    return found & (Q(place__lng__gte=box.west) | Q(place__lng__lte=box.east))
