"""Is the header the header of these values?

Published tables come with columns left out of the header, so that every name stands over its neighbour's values.
Such a file reads without an error and is wrong in every row. So each column says what its values look like, and a
column whose values look like something else refuses the whole file, in one line that names it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sharingcity.partners.frame.rows import RawRow
from sharingcity.partners.frame.source import SourceRefused
from sharingcity.partners.frame.told import Told

STRANGERS_SHARE = 0.5
"""From this share of values that look like something else on, a column is taken for shifted."""


class HeaderRefused(SourceRefused):
    """The header does not fit; nothing of the file is imported."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What values of a sort look like, and how to call them."""

    title: str | Promise
    matches: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the format: whether the header must have it, and what stands in it when it can be told."""

    name: str
    shape: Shape | None = None
    required: bool = True


def _pattern(text: str) -> Callable[[str], bool]:
    compiled = re.compile(text, re.IGNORECASE)
    return lambda value: compiled.search(value) is not None


_phone = _pattern(
    r"^\D{0,30}\(?\d{2,4}\)?\s?[-.)~ ]\s?\d{3,4}\s?[-.~ ]\s?\d{4}|^1\d{3}-\d{4}|^0\d{8,10}$|^\d{3,4}-\d{4}"
)
_address = _pattern(r"[시군구읍면동리로길가]\s?(지하\s?)?(산\s?)?\d+([-~]\d+)?(번지)?(\s?\(.*\))?$")
_url = _pattern(r"^(https?:|www\.|[\w-]+(\.[\w-]+)+)")
_number = _pattern(r"^[\d.,\s]+(㎡|m2|명|인|석|원)?$")

PHONE = Shape(_("telephone numbers"), _phone)
ADDRESS = Shape(_("addresses"), _pattern(r"[시도군구읍면동리로길가]"))
LOT_ADDRESS = Shape(_("addresses"), _address)
URL = Shape(_("web addresses"), lambda value: _url(value) and not _phone(value))
TIME = Shape(_("times of day"), _pattern(r"^\d{1,2}:\d{2}(:\d{2})?$"))
FLAG = Shape(_("Y or N"), _pattern(r"^[yn]$"))
DATE = Shape(_("dates"), _pattern(r"^\d{4}[-./]?\d{1,2}[-./]?\d{1,2}$"))
COORDINATE = Shape(_("coordinates"), _pattern(r"^-?\d{1,3}(\.\d+)?$"))
NUMBER = Shape(_("numbers"), _number)
NAME = Shape(_("names"), lambda value: not (_phone(value) or _number(value) or _address(value)))
KINDS: Sequence[Shape] = (TIME, DATE, FLAG, PHONE, COORDINATE, NUMBER, URL, LOT_ADDRESS)


def check_header(columns: Sequence[Column], header: Sequence[str], rows: Sequence[RawRow]) -> None:
    """Refuse a header with missing names, or one that stands over other columns' values.

    Raises: `import.header_refused`, one line that names every column concerned and what stands there.
    """
    missing = [column.name for column in columns if column.required and column.name not in header]
    shifted = [told for column in columns if (told := _stranger(column, header, rows))]
    if not missing and not shifted:
        return
    parts = list(shifted)
    if missing:
        parts.append(Told(_("missing from the header: %(names)s"), {"names": ", ".join(missing)}))
    blank = [str(at) for at, name in enumerate(header, start=1) if not name]
    if blank:
        parts.append(Told(_("column without a name: %(numbers)s"), {"numbers": ", ".join(blank)}))
    sentence = _("The header does not fit the values, nothing was imported: %(parts)s.")
    raise HeaderRefused("header_refused", sentence, parts=parts)


def _stranger(column: Column, header: Sequence[str], rows: Sequence[RawRow]) -> Told | None:
    """What to say about a column whose values are another one's; None when it is in order."""
    if column.shape is None or column.name not in header:
        return None
    values = [text for row in rows if (text := str(row.values.get(column.name, "")).strip())]
    strangers = [value for value in values if not column.shape.matches(value)]
    if not strangers or len(strangers) < STRANGERS_SHARE * len(values):
        return None
    words: Mapping[str, object] = {
        "name": column.name,
        "at": list(header).index(column.name) + 1,
        "found": _looks_like(strangers),
        "value": strangers[0][:60],
        "expected": column.shape.title,
    }
    return Told(_("“%(name)s” (column %(at)d) holds %(found)s such as “%(value)s” instead of %(expected)s"), words)


def _looks_like(values: Sequence[str]) -> str | Promise:
    for kind in KINDS:
        if sum(kind.matches(value) for value in values) > STRANGERS_SHARE * len(values):
            return kind.title
    return _("text")
