"""What a reader asked on the page, from the address: every filter stands there, so a search can be kept and sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _

from sharingcity.directory.queries import districts
from sharingcity.finding.rules.question import Question, Sort, invalid
from sharingcity.finding.rules.reading import read_bbox, read_near, read_needs, read_when
from sharingcity.finding.rules.times import FIELDS, read_time, settled
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.geo import PlaceInvalid, parse_point
from sharingcity.kernel.text import normalise

if TYPE_CHECKING:
    from sharingcity.directory.models import District

TEXTS = ("q", "where", "kind", "category", "district", "booking", "organisation", "sort", "near", "bbox", "cursor")
TIMES = ("when", "then", "minutes", *FIELDS)
NUMBERS = ("people", "max_fee", "radius_m")
SWITCHES = ("free", "designated")
OLD_NAMES = {"people": "party_size", "max_fee": "max_fee_minor"}
MOST_NUMBER = 10**9
YES = ("true", "1", "on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`values` are what was typed, to be shown again; without a question, `refusal` says what is wrong."""

    values: Mapping[str, str]
    access: tuple[str, ...]
    question: Question | None
    district: "District | None" = None
    refusal: Refusal | None = None


def read_asked(get: QueryDict, now: datetime, limit: int) -> Asked:
    """Reads an address; one query when a place is named."""
    names = (*TEXTS, *TIMES, *NUMBERS, *SWITCHES)
    values = {name: _first(get, name) for name in names}
    access = tuple(dict.fromkeys(code for text in get.getlist("access") for code in text.split(",") if code))
    values = settled({name: value for name, value in values.items() if value})
    if "near" in values:
        values["near"] = rounded(values["near"])
    district, rest = _place(values)
    rest = {**values, **rest}
    try:
        question = _question(values, access, rest, now, limit)
    except Refusal as refusal:
        return Asked(values=values, access=access, question=None, district=district, refusal=refusal)
    return Asked(values=values, access=access, question=question, district=district)


def rounded(text: str) -> str:
    """A place to about 100 m: near enough to search, too coarse to tell a door. What is no place stays as typed."""
    try:
        lat, lng = parse_point(text)
    except PlaceInvalid:
        return text
    return f"{lat:.3f},{lng:.3f}"


def _first(get: QueryDict, name: str) -> str:
    return (get.get(name) or get.get(OLD_NAMES.get(name, ""), "") or "").replace("\x00", "").strip()[:300]


def _place(values: Mapping[str, str]) -> tuple["District | None", dict[str, str]]:
    """The district that is meant, and what changes by it: other words of “where” are searched as words."""
    text, code = values.get("where", ""), values.get("district", "")
    if not text and not code:
        return None, {}
    known = districts()
    if code:
        return next((one for one in known if code in (one.slug, one.code)), None), {}
    one = district_named(text, known)
    if one is not None:
        return one, {"district": one.slug}
    return None, {"q": f"{values.get('q', '')} {text}".strip()}


def district_named(text: str, known: "Sequence[District]") -> "District | None":
    """By its name or the beginning of it, in any language."""
    wanted = normalise(text)
    for one in known:
        names = [normalise(name) for name in (*one.names.values(), one.slug)]
        if any(name == wanted or (len(wanted) > 1 and name.startswith(wanted)) for name in names):
            return one
    return None


def _question(
    typed: Mapping[str, str], access: tuple[str, ...], values: Mapping[str, str], now: datetime, limit: int
) -> Question:
    """Raises: `request.invalid` about the field that cannot be read."""
    near = read_near(values.get("near", ""))
    return Question(
        q=values.get("q", ""),
        kind=values.get("kind", ""),
        category=values.get("category", ""),
        district=values.get("district", ""),
        near=near,
        radius_m=_number(values, "radius_m") if near else None,
        bbox=read_bbox(values.get("bbox", "")),
        party_size=_number(values, "people"),
        max_fee_minor=_number(values, "max_fee"),
        free_only=values.get("free") in YES,
        designated=values.get("designated") in YES,
        access=read_needs(access),
        booking=values.get("booking", ""),
        organisation=values.get("organisation", ""),
        when=read_when(read_time(typed, now), local_date(now)),
        sort=_sort(values.get("sort", ""), near),
        limit=limit,
        cursor=values.get("cursor", ""),
    )


def _sort(text: str, near: tuple[float, float] | None) -> Sort | None:
    """An order that is none, or needs a place that is not given, is left to the question."""
    found = next((sort for sort in Sort if sort == text), None)
    return None if found == Sort.DISTANCE and near is None else found


def _number(values: Mapping[str, str], name: str) -> int | None:
    text = values.get(name, "").replace(",", "")
    if not text:
        return None
    if not text.isdecimal() or not 0 <= int(text[:12]) <= MOST_NUMBER:
        raise invalid(name, _("Write a number, such as 20."))
    return int(text)
