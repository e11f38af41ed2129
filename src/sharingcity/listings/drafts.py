"""What is to be created: typed rows from forms, imports and the demo city."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sharingcity.kernel.i18n import Words
from sharingcity.kernel.records import record
from sharingcity.listings.access import Access

NO_NEEDS = Access(0)


@record
class PlaceDraft:
    """A building or spot. Its district is told by its point when `district_id` is not given."""

    names: Words
    organisation_id: int
    address: str = ""
    directions: Words = field(default_factory=dict)
    district_id: int | None = None
    lat: float | None = None
    lng: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDraft:
    """A unit to be made with its listing. Equal `shared_key`s at one place and in one batch are one unit."""

    name: str
    turnaround_minutes: int = 0
    shared_key: str = ""


@record
class HoursDraft:
    """An `opening_hours` rule, and the named holidays (`kernel.calendar.named_days`) on which it is closed besides."""

    rule: str
    closed_groups: tuple[str, ...] = ()


@record
class Source:
    """Where an import's fields came from: file or service, its licence; the row is each draft's own."""

    name: str
    licence: str = ""


@record
class ListingDraft:
    """A listing to be, with its units and hours. `category` is a slug; `units` are new ones or ids of known ones.

    `row` is where it stood in the source. `hours_from`: the day from which the hours hold.
    """

    kind: str
    booking: str
    titles: Words
    organisation_id: int
    place_id: int
    books: str = "all"
    state: str = "published"
    descriptions: Words = field(default_factory=dict)
    category: str = ""
    units: tuple[UnitDraft | int, ...] = ()
    hours: HoursDraft | None = None
    hours_from: date = date(2000, 1, 1)
    floor: str = ""
    capacity: int | None = None
    spots: int | None = None
    area_m2: float | None = None
    access: Access = NO_NEEDS
    opening_note: str = ""
    fee_note: str = ""
    hour_fee_minor: int | None = None
    first_date: date | None = None
    last_date: date | None = None
    how_to_book: Mapping[str, Any] = field(default_factory=dict)
    phone: str = ""
    url: str = ""
    is_extra: bool = False
    quality: int = 50
    connector: str = ""
    external_key: str = ""
    content_hash: str = ""
    row: int | None = None


# Fields of a listing that a person or an import may change; each has its own provenance.
CHANGEABLE = frozenset(
    {
        "titles", "descriptions", "category", "booking", "floor", "capacity", "spots", "area_m2", "access",
        "opening_note", "fee_note", "hour_fee_minor", "first_date", "last_date", "how_to_book", "phone",
        "url", "quality",
    }
)  # fmt: skip


# An import and a person may not each set one end of it: whoever set one has set both.
DATES = frozenset({"first_date", "last_date"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingUpdate:
    """What an import now says of a known listing. `content_hash` tells the next import that nothing has changed."""

    listing_id: int
    changes: Mapping[str, Any]
    hours: HoursDraft | None = None
    content_hash: str = ""
    row: int | None = None
