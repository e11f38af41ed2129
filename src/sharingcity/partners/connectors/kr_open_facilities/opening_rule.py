"""The hours columns and the closing days as one `opening_hours` rule."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sharingcity.partners.connectors.kr_open_facilities.closing_days import ClosingDays, read_closing_days
from sharingcity.partners.frame.problems import RowProblem, warning
from sharingcity.partners.mapped import MappedHours

CLOSING = "휴관일"
WEEKDAYS = ("평일운영시작시각", "평일운영종료시각")
WEEKENDS = ("주말운영시작시각", "주말운영종료시각")
_OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_OSM_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TIME = re.compile(r"^(\d{1,2}):(\d{2})(?::\d{2})?$")
_WHOLE_DAY = 24 * 60
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes of a day, the end beyond 24 hours where it lies on the next day."""

    starts: int
    ends: int

    def __str__(self) -> str:
        return f"{_clock(self.starts)}-{_clock(self.ends)}"


@dataclass(frozen=True, slots=True)
class Hours:
    """One pair of columns: a span, closed (`is_known` without a span), or unknown; with what was noticed."""

    span: Span | None
    is_known: bool
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class OpeningTimes:
    """What a row says about its hours; `needs_asking` when its closing days cannot be understood."""

    hours: MappedHours
    needs_asking: bool
    problems: tuple[RowProblem, ...]


def read_opening_times(values: Mapping[str, str], row: int) -> OpeningTimes:
    """One rule from five columns, or none with the text kept."""
    week = read_hours(values, WEEKDAYS, _("weekdays"), row)
    weekend = read_hours(values, WEEKENDS, _("weekends"), row)
    sentence = values.get(CLOSING, "").strip()
    closing = read_closing_days(sentence)
    problems = [*week.problems, *weekend.problems, *_closing_problems(closing, sentence, row)]
    if closing.not_understood:
        return OpeningTimes(MappedHours(note=sentence), True, tuple(problems))
    if not (week.is_known or weekend.is_known):
        return OpeningTimes(MappedHours(note=sentence), True, tuple(problems))
    rule = compose_rule(week.span, weekend.span, closing)
    all_known = week.is_known and weekend.is_known
    never = rule == "off"
    if never and not (all_known or closing.is_suspended):
        return OpeningTimes(MappedHours(note=sentence), True, tuple(problems))
    is_exact = closing.is_suspended or (closing.is_exact and all_known)
    if never:
        problems.append(warning("suspended" if closing.is_suspended else "never_opens", row, CLOSING, sentence))
    hours = MappedHours(
        rule=rule,
        closed_groups=() if never else tuple(sorted(set(closing.names))),
        is_exact=is_exact,
        note="" if is_exact and not closing.is_suspended else sentence,
        never_opens=never,
    )
    return OpeningTimes(hours, False, tuple(problems))


def read_hours(values: Mapping[str, str], columns: tuple[str, str], days: Promise, row: int) -> Hours:
    """A start and an end; 00:00–00:00 is closed, an end at or before the start lies on the next day."""
    texts = [values.get(column, "").strip() for column in columns]
    label, value = "–".join(columns), "–".join(texts)
    if not any(texts):
        return Hours(None, False, (warning("hours_missing", row, label, "", days=days),))
    starts, ends = _minute(texts[0]), _minute(texts[1])
    if starts is None or ends is None or (starts == ends != 0) or starts == _WHOLE_DAY:
        return Hours(None, False, (warning("hours_unreadable", row, label, value, days=days),))
    if starts == ends == 0:
        return Hours(None, True, (warning("hours_zero", row, label, value, days=days),))
    if ends == 0:
        return Hours(Span(starts, _WHOLE_DAY), True, (warning("hours_midnight", row, label, value),))
    if (starts, ends) == (0, _WHOLE_DAY - 1):
        return Hours(Span(0, _WHOLE_DAY), True)
    return Hours(Span(starts, ends if ends > starts else ends + _WHOLE_DAY), True)


def compose_rule(week: Span | None, weekend: Span | None, closing: ClosingDays) -> str:
    """The rule; `off` when no weekday is left open.

    Later parts overrule earlier ones, so what closes stands behind what opens. Sundays that stay open on a
    public holiday are opened again behind `PH off`, before their own closings.
    """
    spans = {day: span for day in range(7) if (span := _span_of(day, week, weekend, closing)) is not None}
    if closing.is_suspended or not spans or len(closing.months) == 12:
        return "off"
    return "; ".join((*_weekly(spans), *_holidays(spans, closing), *_ordinals(spans, closing), *_dates(closing)))


def _holidays(spans: Mapping[int, Span], closing: ClosingDays) -> Iterable[str]:
    if closing.public_holidays:
        yield "PH off"
        if closing.open_on_holiday_sundays and SUNDAY in spans:
            yield f"Su {spans[SUNDAY]}"
    if closing.day_after_holidays:
        yield "PH +1 day off"


def _ordinals(spans: Mapping[int, Span], closing: ClosingDays) -> Iterable[str]:
    for day, numbers in sorted(closing.ordinals.items()):
        if day in spans:
            listed = ",".join(str(number) for number in sorted(numbers, key=lambda n: n if n > 0 else 9))
            yield f"{_OSM_DAYS[day]}[{listed}] off"


def _dates(closing: ClosingDays) -> Iterable[str]:
    yield from (f"{_OSM_MONTHS[month]} off" for month in sorted(closing.months))
    yield from (f"{_OSM_MONTHS[month]} {day:02d} off" for month, day in sorted(closing.dates))


def _span_of(day: int, week: Span | None, weekend: Span | None, closing: ClosingDays) -> Span | None:
    span = weekend if day >= 5 else week
    if span is None or day in closing.weekdays:
        return None
    until = closing.until.get(day)
    if until is None or span.ends <= until:
        return span
    return Span(span.starts, until) if span.starts < until else None


def _weekly(spans: Mapping[int, Span]) -> Iterable[str]:
    """Days of equal hours together, in the order of their first day."""
    for span in dict.fromkeys(spans.values()):
        days = [day for day in sorted(spans) if spans[day] == span]
        yield f"{_day_list(days)} {span}"


def _day_list(days: list[int]) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        f"{_OSM_DAYS[run[0]]}-{_OSM_DAYS[run[-1]]}" if len(run) > 2 else ",".join(_OSM_DAYS[day] for day in run)
        for run in runs
    )


def _closing_problems(closing: ClosingDays, sentence: str, row: int) -> Iterable[RowProblem]:
    for typo, meant in closing.typos:
        yield warning("closing_typo", row, CLOSING, typo, read=meant)
    for part in closing.not_understood:
        yield warning("closing_not_understood", row, CLOSING, sentence, part=part)
    if not closing.is_stated:
        yield warning("closing_missing", row, CLOSING, sentence)
    for part in closing.hedged:
        yield warning("closing_hedged", row, CLOSING, sentence, part=part)


def _minute(text: str) -> int | None:
    match = _TIME.match(text)
    if match is None:
        return None
    minute = int(match[1]) * 60 + int(match[2])
    return minute if minute <= _WHOLE_DAY and int(match[2]) < 60 else None


def _clock(minute: int) -> str:
    """00:00 to 24:00, and the hour of the next day where a span crosses midnight."""
    shown = minute - _WHOLE_DAY if minute > _WHOLE_DAY else minute
    return f"{shown // 60:02d}:{shown % 60:02d}"
