"""How people apply for a facility today."""

import re
from collections.abc import Mapping

from sharingcity.partners.connectors.kr_open_facilities import columns
from sharingcity.partners.frame.problems import RowProblem, warning
from sharingcity.partners.frame.values import clean, read_url
from sharingcity.partners.mapped import HowToBook

_WAYS = (
    ("online", re.compile(r"인터넷|온라인|홈페이지|시스템|\bapp\b|앱|모바일", re.IGNORECASE)),
    ("phone", re.compile(r"전화|유선")),
    ("visit", re.compile(r"방문|현장")),
    ("e_mail", re.compile(r"메일|e-?mail", re.IGNORECASE)),
    ("fax", re.compile(r"팩스|fax", re.IGNORECASE)),
    ("post", re.compile(r"우편")),
    ("walk_in", re.compile(r"자유\s*이용|상시\s*개방|선착순")),
)
_RESERVATION_PAGE = "selectReservView"


def read_how_to_book(values: Mapping[str, str], row: int) -> tuple[HowToBook, list[RowProblem]]:
    """The ways, the words, and the page that leads straight to the reservation where one is given.

    Many publishers put that page into the column for photographs.
    """
    found: list[RowProblem] = []
    words = clean(values.get(columns.HOW))
    url = _address(values, columns.HOMEPAGE, row, found)
    photo = clean(values.get(columns.PHOTO))
    if _RESERVATION_PAGE in photo:
        url = read_url(photo) or url
    ways = tuple(way for way, pattern in _WAYS if pattern.search(words))
    return HowToBook(ways=ways, words=words, url=url, phone=clean(values.get(columns.TELEPHONE))), found


def read_photo(values: Mapping[str, str]) -> str:
    """The address of a photograph; the column also holds remarks and reservation pages."""
    text = clean(values.get(columns.PHOTO))
    return "" if _RESERVATION_PAGE in text else read_url(text)


def _address(values: Mapping[str, str], column: str, row: int, found: list[RowProblem]) -> str:
    text = clean(values.get(column))
    url = read_url(text)
    if text not in ("", "-", ".") and not url:
        found.append(warning("url_unreadable", row, column, text))
    return url
