"""Listings that fit the question but for its words and its time."""

from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from sharingcity.directory.queries import designated_organisations, district_by_slug_or_code, get_organisation
from sharingcity.finding.queries.moment import Moment
from sharingcity.finding.rules.nearness import cells_q
from sharingcity.finding.rules.question import Question, invalid
from sharingcity.kernel.geo import BoundingBox
from sharingcity.listings.queries import published_listings

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing


def fitting(question: Question, moment: Moment) -> "QuerySet[Listing]":
    """The query of all that fits but for words and time.

    Raises: `request.invalid` for an unknown district; `organisation.unknown`.
    """
    rows = published_listings().filter(_plain(question), *_of_whom(question, moment))
    if question.near is not None and question.radius_m is not None:
        rows = rows.filter(cells_q(question.near, question.radius_m))
    if question.access:
        rows = rows.annotate(needs=F("access").bitand(question.access)).filter(needs=question.access)
    return rows


def _plain(question: Question) -> Q:
    asked: dict[str, object] = {
        "kind": question.kind,
        "category__slug": question.category,
        "booking": question.booking,
        "place__district_id": _district_id(question.district),
        "hour_fee_minor__lte": question.max_fee_minor,
        "hour_fee_minor": 0 if question.free_only else None,
    }
    found = Q(**{name: value for name, value in asked.items() if value not in ("", None)})
    if question.party_size is not None:
        found &= Q(capacity__gte=question.party_size) | Q(capacity=None)
    return found & _inside(question.bbox) if question.bbox else found


def _district_id(text: str) -> int | None:
    if not text:
        return None
    district = district_by_slug_or_code(text)
    if district is None:
        raise invalid("district", f"“{text}”")
    return district.pk


def _inside(box: BoundingBox) -> Q:
    found = Q(place__lat__gte=box.south, place__lat__lte=box.north)
    if box.west <= box.east:
        return found & Q(place__lng__gte=box.west, place__lng__lte=box.east)
    return found & (Q(place__lng__gte=box.west) | Q(place__lng__lte=box.east))


def _of_whom(question: Question, moment: Moment) -> list[Q]:
    found = []
    if question.organisation:
        found.append(Q(organisation_id=get_organisation(question.organisation).pk))
    if question.designated:
        found.append(Q(organisation_id__in=designated_organisations(moment.now).values("pk")))
    return found
