"""Closing-day sentences, read.

Publishers write the column freely: `토+일`, `매주 월요일, 1월1일, 설/추석 연휴`, `둘째 주 일+넷째 주 일+공휴일`,
`토(12:00 이후)+일+공휴일`, `일(시설 사정에 따라 변경가능)`. Blanks carry no meaning and are dropped; then the
sentence is read from left to right, the most specific phrase first, and whatever no phrase explains is kept:

- a *hedged* part says that somebody decides as they see fit: the hours stand, with a note;
- a part that is *not understood* makes the whole sentence unusable.

Decisions: a bare `설날`, `설` or `추석` is the day itself, `연휴` the eve, the day, the day after and the
substitute day. `설/추석 연휴` means the `연휴` for both. `공휴일` is the city's public holidays and not every Sunday.
`둘째 주 일` is the second Sunday of a month. `휴관중` is closed for the time being.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

DAYS = "월화수목금토일"
_ORDINALS = {
    "첫째": 1, "첫번째": 1, "둘째": 2, "두번째": 2, "셋째": 3, "세번째": 3,
    "넷째": 4, "네째": 4, "네번째": 4, "다섯째": 5, "마지막": -1,
}  # fmt: skip
_FIXED = {
    "신정": ((1, 1),), "근로자의날": ((5, 1),), "삼일절": ((3, 1),), "3.1절": ((3, 1),), "어린이날": ((5, 5),),
    "현충일": ((6, 6),), "광복절": ((8, 15),), "개천절": ((10, 3),), "한글날": ((10, 9),), "성탄절": ((12, 25),),
    "국경일": ((3, 1), (7, 17), (8, 15), (10, 3), (10, 9)),
}  # fmt: skip
_NAMED = {
    "석가탄신일": "buddha", "부처님오신날": "buddha", "선거일": "election",
    "대체공휴일": "substitute", "임시공휴일": "temporary",
}  # fmt: skip
_TYPOS = {"툐요일": "토요일", "연중뮤휴": "연중무휴", "연주무휴": "연중무휴", "네째": "넷째"}
_OPEN_ALL_YEAR = frozenset({"연중무휴", "무휴", "없음", "무", "휴관일없음"})
_NOT_STATED = frozenset({"", "-", "N", "n", "해당없음"})
_SUSPENDED = re.compile(r"휴관중|폐쇄|사용중단|일시중단|운영중단|잠정중단")
_HEDGE = re.compile(
    r"사정|변동|변경|별도|조정|유동|필요|기관장|지정|경우|보수|점검|정비|행사|대관|이용자|임시휴관|등$|기타|그밖|그외|단,|예약|한시|기준|창립|개관기념"
)
_SEASON = r"(?:동절기휴관|잔디휴면기|잔디휴식기|잔디보호기간|동절기|겨울|장기휴관|휴관)"
_SEPARATORS = "+,./·~및와과&;)"
_DAY_END = r"(?=$|[+,./·~(&;)]|및|휴무|휴관|을제외)"
_DAY = rf"(?:[{DAYS}]요일|[{DAYS}]{_DAY_END})"
_ORDINAL = r"(?:첫째|첫번째|둘째|두번째|셋째|세번째|넷째|네번째|다섯째|마지막|[1-5](?:째)?)주?"
_EXTENT = r"(?:당일|연휴기간|연휴|전후3일)"
_FESTIVAL = r"(?:설날|설명절|설|구정|추석명절|추석|명절)"


@dataclass(slots=True)
class ClosingDays:
    """What a sentence says. Weekdays count from Monday = 0; `until` closes a weekday from that minute on."""

    weekdays: set[int] = field(default_factory=set)
    ordinals: dict[int, set[int]] = field(default_factory=dict)
    until: dict[int, int] = field(default_factory=dict)
    dates: set[tuple[int, int]] = field(default_factory=set)
    months: set[int] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    public_holidays: bool = False
    open_on_holiday_sundays: bool = False
    day_after_holidays: bool = False
    is_suspended: bool = False
    is_stated: bool = True
    hedged: list[str] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)
    typos: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_exact(self) -> bool:
        """Whether nothing of the sentence is left unsaid."""
        return self.is_stated and not self.hedged and not self.not_understood


def read_closing_days(sentence: str) -> ClosingDays:
    """What `sentence` says, and which of its parts say nothing that can be computed."""
    closing = ClosingDays()
    text = _normalised(sentence, closing)
    if text in _NOT_STATED:
        closing.is_stated = False
    elif _SUSPENDED.search(text):
        closing.is_suspended = True
    elif text in _OPEN_ALL_YEAR:
        pass
    elif text.startswith("연중무휴"):
        closing.hedged.append(text.removeprefix("연중무휴"))
    else:
        _scan(text, closing)
    return closing


def _normalised(sentence: str, closing: ClosingDays) -> str:
    text = re.sub(r"\s+", "", sentence).translate(str.maketrans("ㆍ・（），～", "··(),~")).strip(",.+")
    for typo, meant in _TYPOS.items():
        if typo in text:
            closing.typos.append((typo, meant))
            text = text.replace(typo, meant)
    return text


def _scan(text: str, closing: ClosingDays) -> None:
    at = 0
    after_ordinal = False
    while at < len(text):
        for pattern, apply in _PHRASES:
            match = pattern.match(text, at)
            if match is None:
                continue
            if apply is _weekday and after_ordinal:
                closing.hedged.append(match.group())
            else:
                apply(match, closing)
            after_ordinal = apply is _ordinal or (after_ordinal and apply is _nothing)
            at = match.end()
            break
        else:
            at = _unexplained(text, at, closing)


def _unexplained(text: str, at: int, closing: ClosingDays) -> int:
    """Keep the part up to the next separator; one in brackets is kept with its brackets' end."""
    if text[at] == "(":
        end = text.find(")", at) + 1 or len(text)
        closing.hedged.append(text[at:end].strip("()"))
        return end
    end = next((i for i in range(at, len(text)) if text[i] in "+,/(·"), len(text))
    end = max(end, at + 1)
    part = text[at:end]
    (closing.hedged if _HEDGE.search(part) else closing.not_understood).append(part)
    return end


def _day_numbers(text: str) -> list[int]:
    return [DAYS.index(letter) for letter in re.sub("요일", "", text) if letter in DAYS]


def _nothing(_match: re.Match[str], closing: ClosingDays) -> None:
    """A separator, or a word that adds nothing."""


def _weekday(match: re.Match[str], closing: ClosingDays) -> None:
    closing.weekdays.update(_day_numbers(match["d"]))


def _weekday_span(match: re.Match[str], closing: ClosingDays) -> None:
    first, last = _day_numbers(match["a"])[0], _day_numbers(match["b"])[0]
    closing.weekdays.update(range(first, last + 1) if first <= last else (*range(first, 7), *range(last + 1)))


def _weekend(_match: re.Match[str], closing: ClosingDays) -> None:
    closing.weekdays.update((5, 6))


def _working_days(_match: re.Match[str], closing: ClosingDays) -> None:
    closing.weekdays.update(range(5))


def _from_time(match: re.Match[str], closing: ClosingDays) -> None:
    minute = 12 * 60 if match["t"] == "오후" else int(match["h"]) * 60 + int(match["m"] or 0)
    closing.until[_day_numbers(match["d"])[0]] = minute


def _ordinal(match: re.Match[str], closing: ClosingDays) -> None:
    numbers = {_ORDINALS.get(word) or int(word) for word in re.findall("|".join((*_ORDINALS, "[1-5]")), match["n"])}
    closing.ordinals.setdefault(_day_numbers(match["d"])[0], set()).update(numbers)


def _ordinal_behind(match: re.Match[str], closing: ClosingDays) -> None:
    _ordinal(match, closing)


def _date(match: re.Match[str], closing: ClosingDays) -> None:
    closing.dates.add((int(match[1]), int(match[2])))


def _fixed(match: re.Match[str], closing: ClosingDays) -> None:
    closing.dates.update(_FIXED[match.group()])


def _name(match: re.Match[str], closing: ClosingDays) -> None:
    closing.names.append(_NAMED[match.group()])


def _festival(match: re.Match[str], closing: ClosingDays) -> None:
    extent = match["e"] or ""
    if extent == "전후3일":
        closing.hedged.append(match.group())
        extent = "연휴"
    if match["f"] == "명절" and not extent:
        closing.hedged.append(match.group())
        extent = "연휴"
    whole = extent.startswith("연휴") or ("명절" in match["f"] and not extent)
    closing.names.extend(f"{name}{'' if whole else '_day'}" for name in _festivals(match["f"]))


def _festival_pair(match: re.Match[str], closing: ClosingDays) -> None:
    suffix = "" if match["e"].startswith("연휴") else "_day"
    for part in (match["a"], match["b"]):
        closing.names.extend(f"{name}{suffix}" for name in _festivals(part))


def _festivals(text: str) -> Sequence[str]:
    if text == "명절":
        return ("seollal", "chuseok")
    return ("chuseok",) if text.startswith("추석") else ("seollal",)


def _public(_match: re.Match[str], closing: ClosingDays) -> None:
    closing.public_holidays = True


def _public_except_sunday(_match: re.Match[str], closing: ClosingDays) -> None:
    closing.public_holidays = True
    closing.open_on_holiday_sundays = True


def _substitute(_match: re.Match[str], closing: ClosingDays) -> None:
    closing.names.append("substitute")


def _included(match: re.Match[str], closing: ClosingDays) -> None:
    """Brackets that name more days: `주말 및 공휴일(수요일 포함)`, `휴관일(첫째 주 금, 셋째 주 금)`."""
    _scan(match["x"] or match["y"], closing)


def _day_after_public(_match: re.Match[str], closing: ClosingDays) -> None:
    closing.day_after_holidays = True


def _months(match: re.Match[str], closing: ClosingDays) -> None:
    first, last = int(match["a"]), int(match["b"] or match["a"])
    closing.months.update(range(first, last + 1) if first <= last else (*range(first, 13), *range(1, last + 1)))


_Phrase = Callable[[re.Match[str], ClosingDays], None]
_PUBLIC = r"(?:법정|법적|국가지정|국가|국·?|국,)?공휴일|법정휴일"
_PHRASES: Sequence[tuple[re.Pattern[str], _Phrase]] = tuple(
    (re.compile(pattern), apply)
    for pattern, apply in (
        (r"\(?(\d{1,2})월(\d{1,2})일\)?", _date),
        (rf"{_SEASON}?\(?매?월?(?P<a>\d{{1,2}})월?[~-](?:익년)?(?P<b>\d{{1,2}})월\)?", _months),
        (rf"{_SEASON}\((?P<a>\d{{1,2}})(?P<b>)월\)", _months),
        (
            rf"(?:매월|매달|매년)?(?P<n>(?=[1-5](?:[,.][1-5])*[주째]|[첫둘두셋세넷네다마]){_ORDINAL}(?:[+,.·]?{_ORDINAL})*)(?P<d>{_DAY})",
            _ordinal,
        ),
        (rf"(?P<d>[{DAYS}](?:요일)?)\((?P<n>{_ORDINAL}(?:[+,.·]?{_ORDINAL})*)\)", _ordinal_behind),
        (rf"(?P<d>[{DAYS}](?:요일)?)\((?P<t>오후|(?P<h>\d{{1,2}})(?::(?P<m>\d\d)|시)이후)\)", _from_time),
        (rf"(?:일요일|일)(?:을|은)?제외한(?:{_PUBLIC})|(?:{_PUBLIC})\(일요일(?:은)?제외\)", _public_except_sunday),
        (rf"(?:{_PUBLIC})의다음날", _day_after_public),
        ("|".join(map(re.escape, _NAMED)), _name),
        ("|".join(map(re.escape, _FIXED)), _fixed),
        (
            r"(?P<a>설명절|설|추석|설날(?=[·/,및]))(?:[+,/·]|및)(?P<b>설날|설명절|설|추석)(?P<e>당일|연휴)(?:기간)?",
            _festival_pair,
        ),
        (rf"(?P<f>{_FESTIVAL})(?P<e>{_EXTENT})?", _festival),
        (r"「?관공서의?공휴일에관한규정」?(?:제\d+조)?에따른대체공휴일", _substitute),
        (rf"「?관공서의?(?:공)?휴일에관한규정」?(?:에따름|에따른공휴일)?|{_PUBLIC}", _public),
        (r"\((?P<x>[^()]*)포함\)|휴관일\((?P<y>[^()]*)\)", _included),
        (r"주말", _weekend),
        (r"평일", _working_days),
        (rf"(?P<a>{_DAY})~(?P<b>{_DAY})", _weekday_span),
        (rf"(?P<d>{_DAY})", _weekday),
        (
            rf"매주|매년|매월|매달|기간|휴무|휴관|\((?:신정|매년|5\.1)\)|[{_SEPARATORS}]",
            _nothing,
        ),
    )
)
