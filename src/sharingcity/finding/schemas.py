"""Shapes of finding in the API."""

from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, BeforeValidator, Field

from sharingcity.finding.rules.question import MOST_RESULTS


def _plus(value: Any) -> Any:
    """In an address a plus sign means a space: `19:00 09:00` is an offset that was not escaped."""
    return value.replace(" ", "+") if isinstance(value, str) and value.count(" ") == 1 and "T" in value else value


def _midnight(value: Any) -> Any:
    return "00:00" if value in ("24:00", "24:00:00") else value


Instant = Annotated[AwareDatetime, BeforeValidator(_plus)]
Clock = Annotated[time, BeforeValidator(_midnight)]
WITHOUT_NUL = r"^[^\x00]*$"
Text = Annotated[str, Field(max_length=200, pattern=WITHOUT_NUL)]
Amount = Annotated[int, Field(ge=0, le=2**53)]


class ListingsIn(Schema):
    """The question. Fixed time: `starts_at ends_at`; flexible: `date_from … duration_minutes` on the city's clock."""

    q: Text = ""
    kind: Literal["", "space", "thing", "vehicle", "home", "event"] = ""
    category: Text = ""
    district: Annotated[str, Field(max_length=200, pattern=WITHOUT_NUL, description="Code or slug")] = ""
    near: Annotated[str, Field(max_length=60, description="lat,lng")] = ""
    radius_m: Annotated[int, Field(ge=1, le=100_000)] | None = None
    bbox: Annotated[str, Field(max_length=120, description="west,south,east,north")] = ""
    party_size: Annotated[int, Field(ge=1, le=100_000)] | None = None
    max_fee_minor: Annotated[Amount, Field(description="For one hour")] | None = None
    free: bool = False
    designated: bool = False
    access: Annotated[list[Text], Field(max_length=10)] = []
    booking: Literal["", "here", "request", "elsewhere", "ask"] = ""
    organisation: Annotated[str, Field(max_length=200, pattern=WITHOUT_NUL, description="Slug or id")] = ""
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    date_from: date | None = None
    date_to: date | None = None
    time_from: Clock | None = None
    time_to: Annotated[Clock, Field(description="At or before `time_from` it lies on the next day")] | None = None
    duration_minutes: Annotated[int, Field(ge=1, le=10_080)] | None = None
    sort: Literal["relevance", "distance", "soonest", "price"] | None = None
    limit: Annotated[int, Field(ge=1, le=MOST_RESULTS)] = 20
    cursor: Annotated[str, Field(max_length=300)] = ""


class SearchIn(Schema):
    """Words, a place, a kind; without any, everything by quality."""

    q: Text = ""
    near: Annotated[str, Field(max_length=60, description="lat,lng")] = ""
    district: Annotated[str, Field(max_length=200, pattern=WITHOUT_NUL, description="Code or slug")] = ""
    kinds: Annotated[
        list[Literal["organisation", "service", "space", "thing", "vehicle", "home", "event"]],
        Field(max_length=7, description="None: everything"),
    ] = []
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class WindowIn(Schema):
    """From now for a week when nothing is given."""

    from_: Annotated[Instant | None, Field(alias="from")] = None
    to: Instant | None = None


class SlotOut(Schema):
    starts_at: datetime
    ends_at: datetime


class PlaceOut(Schema):
    name: str
    district: str | None
    lat: float | None
    lng: float | None


class OrganisationOut(Schema):
    id: str
    slug: str
    name: str


class FeeOut(Schema):
    """What one hour costs; the exact price of a time comes from `POST /quotes`."""

    amount_minor: int
    currency: str
    per_minutes: int


class LiveOut(Schema):
    """What is free at this minute at a partner's station. Null: unknown; all of it once it is stale."""

    vehicles_available: int | None
    docks_available: int | None
    reported_at: datetime
    is_stale: bool


class ListingOut(Schema):
    """A listing as a result. `first_slot` is null when it cannot be booked here within the question."""

    id: str
    kind: str
    title: str
    booking: str
    category: str | None
    place: PlaceOut
    organisation: OrganisationOut
    fee: FeeOut | None
    capacity: int | None
    spots: int | None
    first_date: date | None
    last_date: date | None
    access: list[str]
    unit_count: int
    first_slot: SlotOut | None
    distance_m: float | None
    live: LiveOut | None
    url: str


class CountOut(Schema):
    value: int
    is_exact: bool


class EntryOut(Schema):
    """An organisation or a service. `organisation` is who runs the service, or the organisation itself."""

    id: str
    slug: str
    name: str
    summary: str
    organisation: OrganisationOut
    is_designated: bool
    distance_m: int | None
    url: str


class FoundOut(Schema):
    """One answer: a listing, or an entry of the directory."""

    kind: Literal["organisation", "service", "space", "thing", "vehicle", "home", "event"]
    listing: ListingOut | None = None
    entry: EntryOut | None = None


class SearchOut(Schema):
    """`counts` by kind, also of those that were not asked for."""

    results: list[FoundOut]
    counts: dict[str, CountOut]


class ListingsOut(Schema):
    results: list[ListingOut]
    count: CountOut
    next: str | None


class ClusterOut(Schema):
    """Listings near one another: how many, of which kinds, and the middle of where they are."""

    lat: float
    lng: float
    count: int
    kinds: dict[str, int]


class MapOut(Schema):
    """`is_filtered`: the clusters count what answers; else, in a wide section, what is there of the kind asked for."""

    clusters: list[ClusterOut]
    count: int
    is_filtered: bool


class HoursOut(Schema):
    """OpenStreetMap `opening_hours`, closed besides on the named holidays."""

    rule: str
    closed_on: list[str]
    valid_from: date
    valid_until: date | None


class ListingDetailOut(ListingOut):
    """Everything public about one listing."""

    titles: dict[str, str]
    description: str
    address: str
    directions: str
    floor: str
    area_m2: float | None
    hours: list[HoursOut]
    opening_note: str
    fee_note: str
    how_to_book: str
    phone: str
    external_url: str
    state: str


class AvailabilityOut(Schema):
    open: list[SlotOut]
    busy: list[SlotOut]
    free: list[SlotOut]


class Problem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[dict[str, str]] = []
