"""What finding draws: cards, results, kinds, the map."""

from dataclasses import dataclass, field
from typing import Literal

MarkStatus = Literal["", "valid", "suspended", "ended"]
HourState = Literal["free", "chosen", "busy", "closed", "late", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A short fact with its icon; the note says more in the second voice."""

    icon: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What it costs. `each` is the division by people, in words: “₩20,000 ÷ 12 people = ₩1,667 each”."""

    amount: str
    per: str = ""
    each: str = ""
    is_free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Who stands behind a listing: a designated organisation (`valid`, …) or a public building (empty status)."""

    words: str
    status: MarkStatus = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The photo of a listing, else its drawn plan: `listing` is its number, `free` of `total` units are lit.

    `form` says what it is where that is known: a hall, a bicycle, a walk (see `drawings.patterns`).
    """

    kind: str
    listing: str
    total: int = 1
    free: int = 1
    form: str = ""
    photo_url: str = ""
    photo_alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heart:
    """A thing that can be kept: `name` is what a device remembers of it (`listing.8FZK2M9QWT`)."""

    name: str
    title: str
    url: str
    is_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A listing on a card or in a row of results. `when` is its first free time.

    `sort` says more than its kind does, where there is more to say (a bike station is a vehicle).
    """

    title: str
    url: str
    picture: Picture
    place: str
    when: str
    price: Price
    day: str = ""
    area: str = ""
    room: str = ""
    room_icon: str = "users"
    sort: str = ""
    sort_icon: str = ""
    mark: Mark | None = None
    facts: list[Fact] = field(default_factory=list)
    heart: Heart | None = None

    @property
    def kind(self) -> str:
        """The kind, which gives the hue."""
        return self.picture.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCard:
    """An organisation or a service on a small card. `kind` is which of them; `note` whose it is or what it shares."""

    kind: Literal["organisation", "service"]
    title: str
    url: str
    text: str = ""
    note: str = ""
    place: str = ""
    mark: Mark | None = None
    heart: Heart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """A result: its number is its pin's number. `hours` is the day in a line, one state an hour."""

    number: int
    card: Card
    hours: list[HourState] = field(default_factory=list)
    is_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """A kind with how much of it there is; the empty kind stands for all."""

    kind: str
    url: str
    count: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of several values of a choice."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A small change of a search that finds something."""

    icon: str
    title: str
    url: str
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPin:
    """A place on the map; `row` is the number of its result, which `href` leads to."""

    lat: float
    lng: float
    kind: str
    row: int
    label: str
    href: str
    is_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCluster:
    """Several places in one: counts by kind; `href` narrows the search to them."""

    lat: float
    lng: float
    parts: list[tuple[str, int]]
    label: str
    href: str

    @property
    def count(self) -> int:
        """How many places there are in all."""
        return sum(count for _, count in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CityMap:
    """A map: the drawn one works as it is, the script makes it move.

    `drawing` is the body of an SVG of `width` × `height`. `districts_url` answers GeoJSON, `tile_url` is a tile
    server's pattern or empty; to `search_here_url` a `bbox` is added. `reach_m` draws how far the search goes.
    """

    label: str
    drawing: str
    lat: float
    lng: float
    width: int = 640
    height: int = 720
    zoom: int = 13
    districts_url: str = ""
    tile_url: str = ""
    credit: str = ""
    search_here_url: str = ""
    reader_label: str = ""
    reach_m: int = 0
    pins: list[MapPin] = field(default_factory=list)
    clusters: list[MapCluster] = field(default_factory=list)
