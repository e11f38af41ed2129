"""Days as people write them: 2026-11-26, 2026. 11. 26., 2026년 11월 26일, 26/11/2026, or a spreadsheet's number."""

import re
from datetime import date, timedelta
from typing import Final

from sharingcity.kernel.dates import is_near
from sharingcity.partners.frame.values import latin_digits

_YEAR_FIRST = re.compile(r"^(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?(?:\s|T|\(|$)")
_DIGITS = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_YEAR_LAST = re.compile(r"^(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4})$")
_SERIAL = re.compile(r"^([2-7]\d{4})(?:\.0+)?$")
_SPREADSHEETS_ZERO: Final = date(1899, 12, 30)


def read_date(text: str) -> date | None:
    """The day, or None where it could be two different ones or none at all."""
    written = latin_digits(text).strip()
    if match := _SERIAL.match(written):
        return _near(_SPREADSHEETS_ZERO + timedelta(days=int(match[1])))
    if match := _YEAR_FIRST.match(written) or _DIGITS.match(written):
        return _date(*(int(part) for part in match.groups()))
    if match := _YEAR_LAST.match(written):
        return _day_or_month_first(*(int(part) for part in match.groups()))
    return None


def _day_or_month_first(one: int, other: int, year: int) -> date | None:
    """Clear only where one of them cannot be a month, or both say the same."""
    if one > 12 or one == other:
        return _date(year, other, one)
    return _date(year, one, other) if other > 12 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return _near(date(year, month, day))
    except ValueError:
        return None


def _near(day: date) -> date | None:
    return day if is_near(day) else None
