"""Opening hours taken apart: which days a rule speaks of, which hours it gives them.

opening-hours-py checks and tidies the text and decides on which days a selector holds. The hours are ours,
for four reasons: PH must mean the city's own holidays; `00:00-00:00` must not read as open all day; an
evening past midnight belongs to the day it begins on and is not cut by the next day's rule; and clock
changes are decided by `intervals.instant`, the same for opening hours as for bookings.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache

from opening_hours import (  # type: ignore[attr-defined]  # the stub of the library lacks its ParserError
    OpeningHours,
    ParserError,
)

from sharingcity.kernel.calendar.invalid import HoursInvalid

DAY_MINUTES = 24 * 60
WHOLE_DAY = ((0, DAY_MINUTES),)

DayTest = Callable[[date], bool]
Spans = tuple[tuple[int, int], ...]

_COMMENT = re.compile(r'"[^"]*"')
_ONLY_COMMENT = re.compile(r'(^|;|\|\|)(\s*)"[^"]*"(?=\s*(?:;|\|\||$))')
_SEPARATOR = re.compile(r"(; |, | \|\| )")
_COLUMN = re.compile(r"--> \d+:(\d+)")
_TIMES = re.compile(r"(?:^| )(\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*)$")
_SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_WEEKDAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_ITEM = rf"(?:PH|{_WEEKDAY}(?:-{_WEEKDAY})?(?:\[[^\]]*\])?)(?: [+-]?\d+ days?)?"
_WEEKDAYS = re.compile(rf"(?:^| )({_ITEM}(?:,{_ITEM})*)$")
_HOLIDAY = re.compile(r"^PH(?: ([+-]?\d+) days?)?$")
_UNSUPPORTED = (
    ("sun", re.compile(r"\b(?:sunrise|sunset|dawn|dusk)\b", re.IGNORECASE)),
    ("school_holidays", re.compile(r"\bSH\b")),
    ("easter", re.compile(r"\beaster\b", re.IGNORECASE)),
)
_SAYS_WHEN = re.compile(r"\d:\d\d|24/7|\b(?:open|off|closed|unknown)\b")
_MIXED = re.compile(rf"\bPH\s+{_WEEKDAY}\b|\b{_WEEKDAY}\s+PH\b")


class Join(Enum):
    """How a part stands to what was said before it."""

    REPLACES = "; "
    ADDS = ", "
    FALLS_BACK = " || "


@dataclass(frozen=True, slots=True)
class Part:
    """One rule of the text. `holiday_offsets` are the days by which it lies after a public holiday."""

    join: Join
    opens: bool
    whole_day: bool
    spans: Spans
    days: DayTest | None
    near_days: DayTest
    holiday_offsets: tuple[int, ...]

    def speaks_of(self, day: date, holidays: frozenset[date]) -> bool:
        if self.days is not None and self.days(day):
            return True
        return any(day - timedelta(days=offset) in holidays and self.near_days(day) for offset in self.holiday_offsets)


@lru_cache(maxsize=4096)
def parse(rule: str) -> tuple[Part, ...]:
    """The parts of a rule, in order.

    Raises: HoursInvalid.
    """
    text = rule.strip().rstrip("; \t\n")
    if not text:
        raise HoursInvalid("empty")
    bare = _COMMENT.sub("", text)
    _refuse_unsupported(bare)
    _refuse_days_without_hours(bare)
    # A comment alone means "unknown" in the notation; the library reads it as open all year.
    tidy = str(_read(_ONLY_COMMENT.sub(r"\1\2off", text)))
    pieces = _SEPARATOR.split(re.sub(r"\s*" + _COMMENT.pattern, "", tidy))
    joins = [Join.REPLACES, *(Join(separator) for separator in pieces[1::2])]
    return tuple(_part(join, piece) for join, piece in zip(joins, pieces[::2], strict=True))


def spans_of(parts: tuple[Part, ...], day: date, holidays: frozenset[date]) -> Spans:
    """Minutes of the wall clock that are open from `day` on; above 1440 they lie on the next day."""
    spans: Spans = ()
    decided = False
    for part in parts:
        if part.join is Join.FALLS_BACK and decided:
            continue
        if not part.speaks_of(day, holidays):
            continue
        decided = decided or part.opens or part.join is not Join.FALLS_BACK
        if not part.opens:
            spans = () if part.whole_day else _without(spans, part.spans)
        elif part.join is Join.ADDS:
            spans = spans + part.spans
        else:
            spans = part.spans
    return spans


def _refuse_unsupported(bare: str) -> None:
    for reason, pattern in _UNSUPPORTED:
        if pattern.search(bare):
            raise HoursInvalid(reason)
    mixed = _MIXED.search(bare)
    if mixed:
        raise HoursInvalid("holiday_and_weekday", part=mixed.group())


def _refuse_days_without_hours(bare: str) -> None:
    """`Mo, We 10:00-12:00` would open the whole of Monday: the comma and space begin a rule of their own."""
    for rule in re.split(r";|\|\|", bare):
        for piece in re.split(r",\s+", rule.strip())[:-1]:
            if not _SAYS_WHEN.search(piece):
                raise HoursInvalid("list_space", part=piece)


def _read(text: str) -> OpeningHours:
    try:
        return OpeningHours(text)
    except ParserError as error:
        column = _COLUMN.search(str(error))
        raise HoursInvalid("unreadable", rule=text, column=int(column.group(1)) if column else 1) from error


def _part(join: Join, piece: str) -> Part:
    selector, opens = _modifier(piece)
    times = _TIMES.search(selector)
    spans: Spans = WHOLE_DAY
    if times:
        selector = selector[: times.start()]
        spans = tuple(_spans(times.group(1)))
    elif ":" in selector:
        raise HoursInvalid("times", part=piece)
    items = _WEEKDAYS.search(selector)
    wide = selector[: items.start()] if items else selector
    weekdays, offsets = _split_holidays(items.group(1) if items else "")
    return Part(
        join=join,
        opens=opens,
        whole_day=times is None,
        spans=spans,
        days=None if offsets and not weekdays else _days(f"{wide} {weekdays}".strip()),
        near_days=_days(wide.strip()),
        holiday_offsets=offsets,
    )


def _modifier(piece: str) -> tuple[str, bool]:
    """The piece without its last word, and whether it opens; "unknown" is not a time that can be booked."""
    for word in ("closed", "unknown"):
        if piece == word or piece.endswith(" " + word):
            return piece[: -len(word)].strip(), False
    return piece, True


def _split_holidays(items: str) -> tuple[str, tuple[int, ...]]:
    weekdays, offsets = [], []
    for item in re.split(r",(?![^\[]*\])", items):
        holiday = _HOLIDAY.match(item)
        if holiday:
            offsets.append(int(holiday.group(1) or 0))
        else:
            weekdays.append(item)
    return ",".join(weekdays), tuple(offsets)


def _spans(times: str) -> Iterator[tuple[int, int]]:
    for match in _SPAN.finditer(times):
        start_hour, start_minute, end_hour, end_minute = (int(x) for x in match.groups())
        starts, ends = start_hour * 60 + start_minute, end_hour * 60 + end_minute
        if starts == ends:
            raise HoursInvalid("zero_length", part=match.group())
        yield starts, ends if ends > starts else ends + DAY_MINUTES


def _days(selector: str) -> DayTest:
    """On which days a selector without hours and without PH holds, by the library."""
    if selector in {"", "24/7"}:
        return _every_day
    hours = _read(selector)
    noon = time(12)
    return lambda day: hours.is_open(datetime.combine(day, noon))


def _every_day(_day: date) -> bool:
    return True


def _without(spans: Spans, gone: Spans) -> Spans:
    for gone_from, gone_to in gone:
        spans = tuple(
            (starts, ends)
            for a, b in spans
            for starts, ends in ((a, min(b, gone_from)), (max(a, gone_to), b))
            if starts < ends
        )
    return spans
