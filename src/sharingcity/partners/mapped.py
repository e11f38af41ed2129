"""What a connector delivers: published facts in this city's words.

Everything that real data leaves out is optional, and `None` means "not stated", never "none". Nothing here knows the
database; applying it decides what is new, changed or gone.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sharingcity.kernel.records import record


class BookingMode(StrEnum):
    """How a listing is applied for, as far as an import may say."""

    ELSEWHERE = "elsewhere"
    ASK = "ask"


@record
class MappedItem:
    """`key` is stable from one snapshot to the next and unique within a connector; `row` is where it stood."""

    key: str
    row: int

    @property
    def label(self) -> str:
        """How to call it in a report."""
        return self.key


@record
class MappedOrganisation:
    """The body that runs a place; `code` is its official one where the source gives it.

    What follows `department` is written only when the organisation is made, never over what the directory has.
    """

    name: str
    code: str = ""
    department: str = ""
    known_id: int | None = None
    """Its row in the directory, where the source names one that is there."""
    name_en: str = ""
    legal_form: str = "public_body"
    phone: str = ""
    url: str = ""


@record
class HowToBook:
    """How people apply today, outside this system."""

    ways: tuple[str, ...] = ()
    """Of `online`, `app`, `phone`, `visit`, `e_mail`, `fax`, `post`, `walk_in` (nothing to apply for: just come)."""
    words: str = ""
    url: str = ""
    phone: str = ""
    apps: tuple[tuple[str, str], ...] = ()
    """(`android` or `ios`, address): where an app opens at this very place."""


@record
class MappedFee:
    """Base period plus extra units, in minor units of the city's currency; `text` where it is a sentence."""

    is_free: bool | None = None
    base_minutes: int | None = None
    base_minor: int | None = None
    extra_minutes: int | None = None
    extra_minor: int | None = None
    text: str = ""


@record
class MappedHours:
    """When it is open.

    `rule` is an `opening_hours` string whose `PH` is the city calendar's public holidays, or None where no rule can be
    told. `closed_groups` are closings that no rule can express because their dates move: see `kernel.calendar`.
    `is_exact` says that the two together are all that was published; otherwise `note` must be shown beside the hours.
    """

    rule: str | None = None
    closed_groups: tuple[str, ...] = ()
    is_exact: bool = False
    note: str = ""
    never_opens: bool = False


@record
class MappedReservation:
    """What a reservation system says about applying: when, and until when one may cancel."""

    service_from: datetime | None = None
    service_until: datetime | None = None
    apply_from: datetime | None = None
    apply_until: datetime | None = None
    cancel_days_before: int | None = None
    cancel_counted_from: str = ""
    """Of `use`, `use_period_start`, `application_end`."""
    status: str = ""
    eligibility: str = ""
    is_linked: bool = False


@record
class MappedListing(MappedItem):
    """One thing to share, as published."""

    kind: str = "space"
    title: str
    titles: Mapping[str, str] = field(default_factory=dict)
    """In the city's languages, where the source has several; else `title` is in the city's own."""
    place_name: str = ""
    road_address: str = ""
    lot_address: str = ""
    district_name: str = ""
    lat: float | None = None
    lng: float | None = None
    capacity: int | None = None
    spots: int | None = None
    """How many vehicles it has room for; people are `capacity`."""
    area_m2: float | None = None
    category: str = "other"
    description: str = ""
    descriptions: Mapping[str, str] = field(default_factory=dict)
    """In the city's languages, instead of `description`."""
    hours: MappedHours = MappedHours()
    first_date: date | None = None
    last_date: date | None = None
    """When it takes place, days on the city's wall, both included."""
    closed_text: str = ""
    """The closing days as published, word for word."""
    booking: BookingMode = BookingMode.ELSEWHERE
    how_to_book: HowToBook = HowToBook()
    fee: MappedFee = MappedFee()
    audience: str = ""
    """For whom it is, in the publisher's words."""
    equipment: tuple[str, ...] = ()
    organisation: MappedOrganisation | None = None
    provider_code: str = ""
    photo_url: str = ""
    as_of: str = ""
    """The date the publisher gives the row, ISO 8601."""
    reservation: MappedReservation | None = None

    @property
    def label(self) -> str:
        """The title, with the place where that says more."""
        return self.title


@record
class MappedDistrict(MappedItem):
    """An administrative area with its outline as a GeoJSON geometry in WGS84."""

    code: str
    name_ko: str
    name_en: str = ""
    parent_name: str = ""
    geometry: dict[str, Any]
    centre_lat: float
    centre_lng: float
    area_km2: float

    @property
    def label(self) -> str:
        """Its name."""
        return self.name_ko
