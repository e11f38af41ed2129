"""Listings, results, the map: what finding shows."""

from django.utils.translation import gettext as _

from sharingcity.ui.components import (
    Card,
    CityMap,
    EntryCard,
    Fact,
    Heart,
    HourState,
    KindCount,
    MapCluster,
    MapPin,
    Mark,
    Picture,
    Price,
    ResultRow,
    WayOut,
)
from sharingcity.ui.drawings.district_map import Atlas, District, View
from sharingcity.ui.kinds import KINDS
from sharingcity.ui.maps import MapSources, OnTheMap, city_map
from sharingcity.ui.words import time_span

DAY: list[HourState] = [
    "closed", "free", "busy", "busy", "free", "free", "free", "busy", "busy", "chosen", "chosen", "free",
]  # fmt: skip


def _public() -> Mark:
    return Mark(words=_("Public"))


def _designated() -> Mark:
    return Mark(words=_("Designated"), status="valid")


def _space_card() -> Card:
    return Card(
        title=_("Lecture room 1"),
        url="#",
        picture=Picture(kind="space", listing="1043", total=12),
        place=_("Riverside Community Hall"),
        area=_("1.0 km, Riverside"),
        when=time_span("18:00", "22:00"),
        day=_("Thu 4 Dec"),
        price=Price(amount="₩10,000", per=_("an hour"), each=_("₩20,000 ÷ 12 people = ₩1,667 each")),
        room="30",
        mark=_public(),
        facts=[Fact(icon="accessibility", value=_("Step-free"))],
        heart=Heart(name="listing.0000001043", title=_("Lecture room 1"), url="#"),
    )


def _thing_card() -> Card:
    return Card(
        title=_("Cordless drill with bits"),
        url="#",
        picture=Picture(kind="thing", listing="77", total=4, free=2),
        place=_("Hillside Tool Library"),
        area=_("2.4 km, Hillside"),
        when=_("Pick up until 20:00"),
        price=Price(amount="", is_free=True),
        room=_("2 of 3 left"),
        room_icon="layers",
        mark=_designated(),
    )


def _vehicle_card() -> Card:
    return Card(
        title=_("Small electric car"),
        url="#",
        picture=Picture(kind="vehicle", listing="311", total=6),
        place=_("Station car park"),
        area=_("300 m, Riverside"),
        when=time_span(_("Now"), "23:30"),
        price=Price(amount="₩3,300", per=_("per 30 min")),
        room="5",
        mark=_designated(),
    )


def _event_card() -> Card:
    return Card(
        title=_("Repair café: lamps and toasters"),
        url="#",
        picture=Picture(kind="event", listing="5", total=24, free=7),
        place=_("Riverside Community Hall"),
        area=_("1.9 km, Riverside"),
        when=time_span("19:30", "21:30"),
        price=Price(amount="", is_free=True),
        room=_("7 of 24 left"),
        mark=_public(),
    )


def entries() -> list[EntryCard]:
    tools, host = _("Tool lending"), _("Hillside Tool Library")
    return [
        EntryCard(
            kind="service",
            title=tools,
            url="#",
            text=_("Drills, ladders and sewing machines for a week, free of charge."),
            note=host,
            heart=Heart(name="service.0000000077", title=tools, url="#", is_kept=True),
        ),
        EntryCard(kind="organisation", title=host, url="#", mark=_designated()),
    ]


def cards() -> list[Card]:
    """One card of each of four kinds."""
    return [_space_card(), _thing_card(), _vehicle_card(), _event_card()]


def rows(prefix: int = 0) -> list[ResultRow]:
    """Results; the numbers differ from frame to frame, because they are ids on the page."""
    return [
        ResultRow(number=prefix + i, card=card, hours=DAY if i == 1 else [], is_on=i == 1)
        for i, card in enumerate(cards()[:3], start=1)
    ]


def pictures() -> list[Picture]:
    """Pictures of every kind."""
    return [
        Picture(kind=kind, listing=str(number), total=24 if kind == "event" else 6, free=number % 3)
        for kind in KINDS
        for number in range(101, 107)
    ]


def kinds(*, with_all: bool) -> list[KindCount]:
    """Kinds with counts."""
    every = [KindCount(kind="", url="#", count="38", is_current=True)] if with_all else []
    counts = {"space": "921", "thing": "2,146", "vehicle": "1,777", "home": "37", "event": "92"}
    return every + [KindCount(kind=kind, url="#", count=count) for kind, count in counts.items()]


def ways() -> list[WayOut]:
    """Small changes that find something."""
    return [
        WayOut(icon="calendar", title=_("Sunday 7 December instead"), url="#", found=_("1 result")),
        WayOut(icon="map", title=_("The whole city, not only 3 km"), url="#", found=_("4 results")),
    ]


def _block(code: str, name: str, corner: tuple[float, float]) -> District:
    """An invented district: a leaning block."""
    lng, lat = corner
    ring = [[lng, lat], [lng + 0.05, lat + 0.006], [lng + 0.046, lat + 0.04], [lng - 0.003, lat + 0.036], [lng, lat]]
    return District(code, name, {"type": "Polygon", "coordinates": [ring]})


def sample_map(prefix: int = 0) -> CityMap:
    """An invented city of four districts and a river between them."""
    atlas = Atlas(
        [
            _block("n1", _("Hillside"), (0.0, 0.041)),
            _block("n2", _("Old Town"), (0.05, 0.046)),
            _block("s1", _("Riverside"), (0.0, 0.0)),
            _block("s2", _("Harbour"), (0.05, 0.006)),
        ]
    )
    pins = [
        MapPin(lat=0.028, lng=0.03, kind="space", row=prefix + 1, label=_("Lecture room 1"), href="#map", is_on=True),
        MapPin(lat=0.055, lng=0.02, kind="thing", row=prefix + 2, label=_("Cordless drill with bits"), href="#map"),
        MapPin(lat=0.02, lng=0.07, kind="vehicle", row=prefix + 3, label=_("Small electric car"), href="#map"),
    ]
    more = MapCluster(
        lat=0.06, lng=0.075, parts=[("space", 4), ("event", 2)], label=_("places in the Old Town"), href="#map"
    )
    view = View(lng=0.05, lat=0.042, km_across=12, width=640, height=420)
    shown = OnTheMap(pins=pins, clusters=[more], here=frozenset({"s1"}), reader_label=_("Your place"), reach_m=3000)
    return city_map(
        atlas,
        view,
        shown,
        label=f"{_('Map of the results')} {prefix // 10}",
        sources=MapSources(credit=_("Invented city")),
    )
