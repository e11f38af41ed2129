"""Titles of a drawn city: few words are in very many titles, as in every real one (Zipf's law)."""

import random
from collections.abc import Iterator
from itertools import accumulate

KINDS = {"space": 44, "thing": 30, "vehicle": 16, "event": 8, "home": 2}
"""In per cent of all listings."""

HEADS = {
    "space": "회의실 강당 세미나실 공유부엌 동아리방 강의실 연습실 작업실 스튜디오 풋살장 테니스장 주차장 전시장 텃밭",
    "thing": "전동드릴 사다리 텐트 유모차 카시트 프로젝터 마이크 천막 공구세트 재봉틀 기타 장난감 정장 한복",
    "vehicle": "따릉이 승용차 전기차 승합차 트럭 킥보드 화물자전거 전기자전거",
    "event": "강연 워크숍 전시 음악회 벼룩시장 체험 나눔장터 상담",
    "home": "셰어하우스 게스트룸 한지붕세대공감 쉐어룸",
}
ENGLISH = {"space": "Room", "thing": "Tool", "vehicle": "Vehicle", "event": "Event", "home": "Home"}
MODIFIERS = [
    "다목적",
    "소형",
    "대형",
    "야외",
    "실내",
    "가족",
    "청소년",
    "어르신",
    "주민",
    "마을",
    "공동",
    "열린",
    "새",
    "넓은",
    "조용한",
    "주말",
    "야간",
    "지하",
    "신관",
    "별관",
    "중앙",
    "북부",
    "남부",
    "동부",
    "서부",
    "친환경",
    "접이식",
    "휴대용",
    "무선",
    "초보자용",
    "어린이",
    "반려동물",
    "음향",
    "조명",
]


def commonest(most: int = 10) -> list[str]:
    """The words that most titles hold: the first of each kind, then the first modifiers."""
    return [words.split()[0] for words in HEADS.values()][:4] + MODIFIERS[: most - 4]


class Zipf:
    """Draws words, the n-th a n-th as often as the first."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self._weights = list(accumulate(1 / (place + 1) for place in range(len(words))))

    def draw(self, draw: random.Random, count: int) -> list[str]:
        return draw.choices(self.words, cum_weights=self._weights, k=count)


_HEADS = {kind: Zipf(words.split()) for kind, words in HEADS.items()}
_MODIFIERS = Zipf(MODIFIERS)


def draw_kinds(draw: random.Random, count: int) -> list[str]:
    return draw.choices(list(KINDS), weights=list(KINDS.values()), k=count)


def draw_titles(draw: random.Random, kinds: list[str]) -> Iterator[tuple[str, str]]:
    """For each kind a Korean title of two words, and an English one."""
    heads = {kind: iter(_HEADS[kind].draw(draw, kinds.count(kind))) for kind in set(kinds)}
    for kind, modifier in zip(kinds, _MODIFIERS.draw(draw, len(kinds)), strict=True):
        yield f"{modifier} {next(heads[kind])}", f"{ENGLISH[kind]}"


def drawn_words(draw: random.Random, count: int) -> list[str]:
    """Words as residents type them: as often as they are written in titles."""
    every = Zipf(sorted({*MODIFIERS, *(word for heads in HEADS.values() for word in heads.split())}, key=_how_common))
    return every.draw(draw, count)


def _how_common(word: str) -> tuple[int, str]:
    places = [words.index(word) for words in (MODIFIERS, *(h.split() for h in HEADS.values())) if word in words]
    return min(places), word


def draw_description(draw: random.Random) -> str:
    return " ".join(_MODIFIERS.draw(draw, 4))
