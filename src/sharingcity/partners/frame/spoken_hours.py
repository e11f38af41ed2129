"""Opening hours as people say them, in three languages, as a rule."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sharingcity.kernel.calendar import HoursInvalid, validate_hours
from sharingcity.partners.frame.values import latin_digits

_DAYS: Final = {
    "Mo": ("월요일", "월", "monday", "mon", "mo", "الاثنين", "الإثنين"),
    "Tu": ("화요일", "화", "tuesday", "tues", "tue", "tu", "الثلاثاء"),
    "We": ("수요일", "수", "wednesday", "wed", "we", "الأربعاء", "الاربعاء"),
    "Th": ("목요일", "목", "thursday", "thurs", "thu", "th", "الخميس"),
    "Fr": ("금요일", "금", "friday", "fri", "fr", "الجمعة"),
    "Sa": ("토요일", "토", "saturday", "sat", "sa", "السبت"),
    "Su": ("일요일", "일", "sunday", "sun", "su", "الأحد", "الاحد"),
    "PH": (
        "법정공휴일",
        "공휴일",
        "public holidays",
        "public holiday",
        "holidays",
        "ph",
        "العطل الرسمية",
        "أيام العطل",
    ),
    "Mo-Fr": ("평일", "주중", "weekdays", "weekday"),
    "Sa,Su": ("주말", "weekends", "weekend"),
    "Mo-Su": ("매일", "every day", "everyday", "daily", "يوميًا", "يوميا", "كل يوم"),
}
_WORDS: Final = {
    "closed": ("휴무", "휴관", "휴장", "쉼", "닫음", "closed", "off", "مغلق"),
    "dash": ("부터", "until", "till", "to", "إلى", "الى", "حتى", "~", "-", "–", "—", "〜", "∼"),
    "skip": (
        *("까지", "연중무휴", "운영시간", "이용시간", "운영", "이용", "개방", "은", "는", "및", "과", "와"),
        *("and", "from", "من", "و", ",", ";", "/", "·", "،", "؛", "(", ")", ":", ".", "&", "\n"),
    ),
}
_AROUND_THE_CLOCK: Final = frozenset(("24/7", "24시간", "매일 24시간", "24 hours", "24h", "على مدار الساعة"))
_BEFORE = r"(?P<before>오전|오후|am|pm)?\s*"
_AFTER = r"\s*(?P<after>a\.?m\.?|p\.?m\.?|[صم](?!\w))?"
_CLOCK = re.compile(rf"{_BEFORE}(?P<hour>\d{{1,2}})(?:\s*[:시]\s*(?P<minute>\d{{2}})?\s*분?)?{_AFTER}", re.IGNORECASE)
_DAY_OF: Final = {word: day for day, words in _DAYS.items() for word in words}
_TOKEN_OF: Final = {word: token for token, words in _WORDS.items() for word in words}
_LONGEST_FIRST = sorted((*_DAY_OF, *_TOKEN_OF), key=len, reverse=True)
_WORD = re.compile(
    "|".join(
        rf"{re.escape(word)}\.?(?![a-z])" if word.isascii() and word.isalpha() else re.escape(word)
        for word in _LONGEST_FIRST
    )
)


@dataclass(slots=True)
class _Reading:
    """What was said so far: days, then their times."""

    days: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    is_range: bool = False

    def day(self, day: str) -> None:
        if self.times:
            self.flush()
        if self.is_range and self.days:
            self.days[-1] = f"{self.days[-1]}-{day}"
        else:
            self.days.append(day)
        self.is_range = False

    def time(self, time: str) -> None:
        if self.is_range and self.times and "-" not in self.times[-1]:
            self.times[-1] = f"{self.times[-1]}-{'24:00' if time == '00:00' else time}"
        else:
            self.times.append(time)
        self.is_range = False

    def flush(self, times: str = "") -> None:
        said = times or ",".join(self.times)
        self.parts.append(f"{','.join(self.days or ['Mo-Su'])} {said}")
        self.days, self.times, self.is_range = [], [], False


def read_hours(text: str) -> str | None:
    """The rule, or None where something of it cannot be read: then the whole is not guessed."""
    written = " ".join(latin_digits(text).casefold().split())
    if written in _AROUND_THE_CLOCK:
        return "24/7"
    reading = _Reading()
    for sort, value in _tokens(written):
        if sort == "unknown":
            return _as_rule(text)
        _take(reading, sort, value)
    if reading.times:
        reading.flush()
    is_told = not reading.days and any(not part.endswith(" off") for part in reading.parts)
    return _as_rule("; ".join(reading.parts)) if is_told else _as_rule(text)


def _take(reading: _Reading, sort: str, value: str) -> None:
    if sort == "day":
        reading.day(value)
    elif sort == "time":
        reading.time(value)
    elif sort == "dash":
        reading.is_range = True
    elif sort == "closed":
        if reading.times:
            reading.flush()
        else:
            reading.flush("off")


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        clock = _CLOCK.match(text, at)
        word = None if clock else _WORD.match(text, at)
        if clock:
            time = _time(clock)
            yield ("time", time) if time else ("unknown", text[at:])
            at = clock.end()
        elif word:
            found = word[0] if word[0] in _DAY_OF or word[0] in _TOKEN_OF else word[0].removesuffix(".")
            yield ("day", _DAY_OF[found]) if found in _DAY_OF else (_TOKEN_OF[found], found)
            at = word.end()
        else:
            yield "unknown", text[at:]
            return


def _time(clock: re.Match[str]) -> str:
    """Of twelve hours or of 24; empty where there is no such time."""
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    half = (clock["before"] or clock["after"] or "").replace(".", "")
    if half in ("오후", "pm", "م") and hour < 12:
        hour += 12
    elif half in ("오전", "am", "ص") and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if hour * 60 + minute <= 24 * 60 and minute < 60 else ""


def _as_rule(text: str) -> str | None:
    """As it is, where it is a rule already."""
    try:
        validate_hours(text)
    except HoursInvalid:
        return None
    return text
