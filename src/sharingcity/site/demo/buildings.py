"""Some 120 public buildings, where they stand and who runs them."""

from dataclasses import dataclass
from random import Random
from typing import Final

from shapely import Point
from shapely.geometry.base import BaseGeometry

from sharingcity.site.demo.districts import DISTRICTS, DistrictFacts, Name

CITY: Final = "city"
# Where the manager and the key-holder work.
MANAGED: Final = "망원동주민센터"
# How far from the district's middle its buildings lie, in degrees of latitude.
_SPREAD: Final = 0.014


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """`kind` decides its rooms; `owner` is the code of its district, or `city`."""

    kind: str
    owner: str
    name: Name
    address: str
    directions: Name
    lat: float
    lng: float


def district_buildings(shapes: dict[str, BaseGeometry], random: Random) -> list[Building]:
    """Office, two community centres and a library in each district; a youth centre or a welfare hall in most."""
    found: list[Building] = []
    for index, facts in enumerate(DISTRICTS):
        place = _Placer(facts, shapes[facts.code], random)
        found.append(place.building("office", _office(facts), facts.dongs[0]))
        found += [place.building("community", _community(dong), dong) for dong in facts.dongs[:2]]
        found.append(place.building("library", _library(facts.dongs[2]), facts.dongs[2]))
        if index % 7:
            kind, name = ("youth", _youth(facts)) if index % 2 else ("welfare", _welfare(facts))
            found.append(place.building(kind, name, facts.dongs[index % 3]))
    return found


def city_buildings(random: Random) -> list[Building]:
    """What the city itself opens."""
    rows = (
        ("city-hall", Name("서울시청", "Seoul City Hall", "مبنى بلدية سيول"), "중구 시청앞길 1", 37.5662, 126.9779),
        (
            "learning", Name("시민배움터", "Citizens' Learning Centre", "مركز تعلّم المواطنين"),
            "은평구 배움길 24", 37.6098, 126.9336,
        ),
        (
            "sharing-centre", Name("서울공유센터", "Seoul Sharing Centre", "مركز سيول للمشاركة"),
            "성동구 나눔길 12", 37.5538, 127.0388,
        ),
    )  # fmt: skip
    return [
        Building(
            kind=kind,
            owner=CITY,
            name=name,
            address=f"서울특별시 {address}",
            directions=_directions(random),
            lat=lat,
            lng=lng,
        )
        for kind, name, address, lat, lng in rows
    ]


class _Placer:
    """Puts buildings at random spots of one district, near its middle and never outside or in the river."""

    def __init__(self, facts: DistrictFacts, shape: BaseGeometry, random: Random) -> None:
        self.facts, self.random = facts, random
        self.inside = shape.buffer(-0.0015)

    def building(self, kind: str, name: Name, dong: Name) -> Building:
        lat, lng = self._spot()
        number = self.random.randint(2, 198)
        return Building(
            kind=kind,
            owner=self.facts.code,
            name=name,
            address=f"서울특별시 {self.facts.name.ko} {dong.ko.removesuffix('동')}로 {number}",
            directions=_directions(self.random),
            lat=lat,
            lng=lng,
        )

    def _spot(self) -> tuple[float, float]:
        for _ in range(200):
            lat, lng = self.random.choice(self.facts.points)
            lat += self.random.gauss(0, _SPREAD / 2)
            lng += self.random.gauss(0, _SPREAD / 2) * 1.25
            if self.inside.covers(Point(lng, lat)):
                return round(lat, 5), round(lng, 5)
        return self.facts.points[0]


def _base(gu: Name) -> Name:
    """`Mapo` of `Mapo-gu`."""
    return Name(gu.ko.removesuffix("구") or gu.ko, gu.en.removesuffix("-gu"), gu.ar.removesuffix("-غو"))


def _office(facts: DistrictFacts) -> Name:
    return Name(f"{facts.name.ko}청", f"{facts.name.en} Office", f"مكتب {facts.name.ar}")


def _community(dong: Name) -> Name:
    return Name(f"{dong.ko}주민센터", f"{dong.en} Community Centre", f"مركز أهالي {dong.ar}")


def _library(dong: Name) -> Name:
    return Name(f"{dong.ko}마을도서관", f"{dong.en} Neighbourhood Library", f"مكتبة حي {dong.ar}")


def _youth(facts: DistrictFacts) -> Name:
    base = _base(facts.name)
    return Name(f"{facts.name.ko}청소년센터", f"{base.en} Youth Centre", f"مركز شباب {base.ar}")


def _welfare(facts: DistrictFacts) -> Name:
    base = _base(facts.name)
    return Name(f"{facts.name.ko}종합복지관", f"{base.en} Welfare Hall", f"دار الرعاية في {base.ar}")


_DIRECTIONS: Final = (
    Name(
        "지하철역에서 걸어서 7분 거리입니다. 저녁에는 옆문으로 들어오세요.",
        "Seven minutes on foot from the underground. In the evening, come in by the side door.",
        "سبع دقائق سيرًا من محطة المترو. الدخول في المساء من الباب الجانبي.",
    ),
    Name(
        "버스 정류장 바로 앞입니다. 정문 왼쪽 경사로를 이용할 수 있습니다.",
        "The bus stops in front. There is a ramp to the left of the main entrance.",
        "تقف الحافلة أمام المبنى. يوجد منحدر إلى يسار المدخل الرئيسي.",
    ),
    Name(
        "시장 골목 끝에 있는 붉은 벽돌 건물입니다.",
        "The red brick building at the end of the market lane.",
        "المبنى ذو الطوب الأحمر في آخر زقاق السوق.",
    ),
    Name(
        "주말에는 안내 데스크가 쉽니다. 승강기 옆 안내판을 따라오세요.",
        "The desk is closed at weekends: follow the signs beside the lift.",
        "مكتب الاستقبال مغلق في عطلة نهاية الأسبوع: يُرجى اتباع اللافتات بجانب المصعد.",
    ),
    Name(
        "주차 공간이 적으니 대중교통을 이용해 주세요.",
        "Parking is scarce: please come by bus or underground.",
        "مواقف السيارات قليلة: يُرجى استخدام الحافلة أو المترو.",
    ),
)


def _directions(random: Random) -> Name:
    return random.choice(_DIRECTIONS)
