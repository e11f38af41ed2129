"""Listings that fit the question but for its words and its time, as conditions on their facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sharingcity.directory.queries import (
    categories,
    designated_organisations,
    district_by_slug_or_code,
    standing_organisation,
)
from sharingcity.finding.listing_index.asked import Facets
from sharingcity.finding.queries.moment import Moment
from sharingcity.finding.rules.nearness import areas_around, in_cells
from sharingcity.finding.rules.question import Question, invalid
from sharingcity.kernel.city import local_date
from sharingcity.kernel.db import Condition, as_date, every, within
from sharingcity.kernel.geo import BoundingBox, distance_m

WIDEST_BOX_M = 10_000
"""A larger section of the map is not asked by its cells: its edges tell as much."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """What listings must be: in columns of `facts` that the word index knows (`named`), in others, and how near."""

    facets: Facets
    named: Condition
    plain: Condition
    around: tuple[tuple[float, float], int] | None

    @property
    def near(self) -> Condition:
        """Worked out when asked for: a wide circle has hundreds of cells."""
        return in_cells(*self.around) if self.around else Condition("TRUE")

    @property
    def all(self) -> Condition:
        return every([self.anywhere, self.near])

    @property
    def anywhere(self) -> Condition:
        """For readers that look at the distance themselves."""
        return every([self.named, self.plain])

    @property
    def others(self) -> Condition:
        """What the word index does not know."""
        return every([self.plain, self.near])


def fitting(question: Question, moment: Moment) -> Fitting:
    """What listings must be to fit, but for words and time.

    Raises: `request.invalid` for an unknown district; `organisation.unknown`.
    """
    facets = Facets(
        kind=question.kind,
        district_id=_district_id(question.district) if question.district else None,
        category_id=_category_id(question.category) if question.category else None,
        booking=question.booking,
    )
    plain = [not_over(local_date(moment.now)), *_plain(question), *_of_whom(question, moment)]
    if question.bbox:
        plain += _inside(question.bbox)
    return Fitting(facets, every(_named(facets)), every(plain), _around(question))


def not_over(today: date) -> Condition:
    """What was for a time only is no longer found when its last day is past."""
    return Condition("facts.last_date IS NULL OR facts.last_date >= %s", (as_date(today),))


def areas_of(question: Question) -> tuple[tuple[int, ...], ...]:
    """The areas in which the question's listings lie, for the word index; none where it names no near place."""
    around = _around(question)
    areas = areas_around(*around) if around else ()
    return (areas,) if areas else ()


def _named(facets: Facets) -> Iterator[Condition]:
    for column in ("kind", "district_id", "category_id", "booking"):
        if (value := getattr(facets, column)) not in ("", None):
            yield Condition(f"facts.{column} = %s", (value,))


def _plain(question: Question) -> Iterator[Condition]:
    """What the listing's own row tells."""
    if question.max_fee_minor is not None:
        yield Condition("facts.fee_minor <= %s", (question.max_fee_minor,))
    if question.free_only:
        yield Condition("facts.fee_minor = 0")
    if question.access:
        yield Condition("facts.access & %s = %s", (question.access, question.access))
    if question.party_size is not None:
        yield Condition("facts.capacity >= %s OR facts.capacity IS NULL", (question.party_size,))


def _of_whom(question: Question, moment: Moment) -> Iterator[Condition]:
    if question.organisation:
        yield Condition("facts.organisation_id = %s", (standing_organisation(question.organisation).pk,))
    if question.designated:
        yield within("facts.organisation_id", designated_organisations(moment.now).values("pk"))


def _around(question: Question) -> tuple[tuple[float, float], int] | None:
    """The place and how far round it, where the question says so."""
    if question.near is None or question.radius_m is None:
        return None
    return question.near, question.radius_m


def _category_id(slug: str) -> int:
    """0, which no category is, for an unknown one."""
    return next((category.pk for category in categories() if category.slug == slug), 0)


def _district_id(text: str) -> int:
    district = district_by_slug_or_code(text)
    if district is None:
        raise invalid("district", f"“{text}”")
    return district.pk


def _inside(box: BoundingBox) -> Iterator[Condition]:
    yield Condition("facts.lat BETWEEN %s AND %s", (box.south, box.north))
    if box.west > box.east:
        yield Condition("facts.lng >= %s OR facts.lng <= %s", (box.west, box.east))
        return
    yield Condition("facts.lng BETWEEN %s AND %s", (box.west, box.east))
    middle = ((box.south + box.north) / 2, (box.west + box.east) / 2)
    reach_m = max(distance_m(*middle, lat, lng) for lat in (box.south, box.north) for lng in (box.west, box.east))
    if reach_m <= WIDEST_BOX_M:
        yield in_cells(middle, reach_m)
