"""A drawn feed in the shape of Seoul's car-sharing stations, the same for the same seed."""

import json
import random
from typing import Any

from sharingcity.directory.operations import DistrictDraft
from sharingcity.site.bench.hub.words import MODIFIERS

OPERATORS = ("쏘카", "그린카", "이지고")
DISTRICTS = (
    "종로구", "중구", "용산구", "성동구", "광진구", "동대문구", "중랑구", "성북구", "강북구", "도봉구",
    "노원구", "은평구", "서대문구", "마포구", "양천구", "강서구", "구로구", "금천구", "영등포구", "동작구",
    "관악구", "서초구", "강남구", "송파구", "강동구",
)  # fmt: skip
SPOTS = (
    "아파트", "주차장", "공영주차장", "주유소", "빌딩", "오피스텔", "시장", "도서관", "주민센터", "역",
    "병원", "초등학교",
)  # fmt: skip
STREETS = (
    "가람", "나래", "다온", "라온", "마루", "바다", "사랑", "아라", "자람", "차오름", "하늘", "한빛",
    "새봄", "온누리", "푸른솔", "은하", "별내", "솔빛", "샘터", "늘푸른",
)  # fmt: skip
WEST, SOUTH, STEP_LNG, STEP_LAT = 126.77, 37.43, 0.08, 0.05
"""The drawn districts are five by five boxes side by side."""


def districts() -> list[DistrictDraft]:
    """With outlines, so that every station has to be looked for among them."""
    return [_district(number, name) for number, name in enumerate(DISTRICTS)]


def _district(number: int, name: str) -> DistrictDraft:
    west, south = _corner(number)
    east, north = west + STEP_LNG, south + STEP_LAT
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return DistrictDraft(
        code=f"11{number:03d}",
        names={"ko": name, "en": f"District {number + 1}"},
        slug=f"district-{number + 1}",
        geometry={"type": "Polygon", "coordinates": [ring]},
    )


def _corner(number: int) -> tuple[float, float]:
    return WEST + number % 5 * STEP_LNG, SOUTH + number // 5 * STEP_LAT


def stations(rows: int, seed: int = 1) -> list[dict[str, Any]]:
    """Two stations of different operators have the same number now and then, as in the published file."""
    draw = random.Random(seed)
    return [_station(number, draw) for number in range(rows)]


def _station(number: int, draw: random.Random) -> dict[str, Any]:
    district = draw.randrange(len(DISTRICTS))
    west, south = _corner(district)
    street, spot = draw.choice(STREETS), draw.choice(SPOTS)
    return {
        "ENTRPS": OPERATORS[number % len(OPERATORS)],
        "LA": round(south + draw.random() * STEP_LAT, 6),
        "LO": round(west + draw.random() * STEP_LNG, 6),
        "POSITN_CD": str(number // len(OPERATORS) + 1),
        "ELCTYVHCLE_AT": draw.choice(("GA", "GA", "EV")),
        "ADRES": f"서울 {DISTRICTS[district]} {street}동 {draw.randrange(1, 1500)}-{draw.randrange(1, 60)}",
        "POSITN_NM": f"{street}{draw.randrange(1, 30)}단지 {draw.choice(MODIFIERS)} {spot}",
    }


def changed(entries: list[dict[str, Any]], one_of: int) -> list[dict[str, Any]]:
    """One of so many has another name."""
    return [
        {**entry, "POSITN_NM": f"{entry['POSITN_NM']} 신관"} if number % one_of == 0 else entry
        for number, entry in enumerate(entries)
    ]


def as_file(entries: list[dict[str, Any]]) -> bytes:
    """As it is published."""
    envelope = {"NanumcarSpotList": {"list_total_count": len(entries), "row": entries}}
    return json.dumps(envelope, ensure_ascii=False).encode()
