"""The empty table with its headings, an explanation and two examples, for any spreadsheet program."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from sharingcity.partners.connectors.office_csv.headings import HEADINGS
from sharingcity.partners.connectors.office_csv.sheet import COMMENT
from sharingcity.partners.frame.report import harmless

_EXAMPLES: Final[Mapping[str, Sequence[Mapping[str, str]]]] = {
    "ko": (
        {
            "title": "2층 회의실", "organisation": "마포구청", "kind": "공간", "category": "회의실",
            "place": "시민회관", "address": "서울특별시 마포구 월드컵로 212", "capacity": "20",
            "hours": "평일 09:00-18:00, 토 10:00-13:00, 공휴일 휴무", "fee": "10000", "way": "전화, 방문",
            "phone": "02-120",
        },
        {
            "title": "가을 수리 교실", "organisation": "마포구청", "kind": "행사", "category": "교육·체험",
            "place": "시민회관", "address": "서울특별시 마포구 월드컵로 212", "first_date": "2026-11-26",
            "last_date": "2026-11-28", "fee": "무료", "audience": "누구나", "way": "온라인",
            "url": "https://example.org/repair",
        },
    ),
    "en": (
        {
            "title": "Meeting room, 2nd floor", "organisation": "Mapo-gu Office", "kind": "Space",
            "category": "Meeting room", "place": "Citizens’ Hall", "address": "212 World Cup-ro, Mapo-gu",
            "capacity": "20", "hours": "Mon-Fri 09:00-18:00, Sat 10:00-13:00, public holidays closed",
            "fee": "10000", "way": "Phone, visit", "phone": "02-120",
        },
        {
            "title": "Autumn repair class", "organisation": "Mapo-gu Office", "kind": "Event",
            "category": "Courses and workshops", "place": "Citizens’ Hall",
            "address": "212 World Cup-ro, Mapo-gu", "first_date": "2026-11-26", "last_date": "2026-11-28",
            "fee": "Free", "audience": "Everybody", "way": "Online", "url": "https://example.org/repair",
        },
    ),
    "ar": (
        {
            "title": "قاعة اجتماعات، الطابق الثاني", "organisation": "مكتب حي مابو", "kind": "مساحة",
            "category": "قاعة اجتماعات", "place": "دار المواطنين", "address": "212 World Cup-ro, Mapo-gu",
            "capacity": "20", "hours": "الاثنين - الجمعة 09:00-18:00، السبت 10:00-13:00، العطل الرسمية مغلق",
            "fee": "10000", "way": "هاتف، زيارة", "phone": "02-120",
        },
        {
            "title": "ورشة الإصلاح الخريفية", "organisation": "مكتب حي مابو", "kind": "فعالية",
            "category": "دورات وورش عمل", "place": "دار المواطنين", "address": "212 World Cup-ro, Mapo-gu",
            "first_date": "2026-11-26", "last_date": "2026-11-28", "fee": "مجاني", "audience": "الجميع",
            "way": "عبر الإنترنت", "url": "https://example.org/repair",
        },
    ),
}  # fmt: skip


def example_of(name: str, language: str) -> str:
    """What the examples have in a column, the first that has anything."""
    return next((cells[name] for cells in _EXAMPLES[language] if cells.get(name)), "")


def template(language: str) -> bytes:
    """As a spreadsheet opens it by a double click. What begins with # explains and may stay: it is passed over."""
    code = language if language in _EXAMPLES else "en"
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(heading.words[code] for heading in HEADINGS)
    explained = {heading.name: str(heading.told) for heading in HEADINGS}
    for cells in (explained, *_EXAMPLES[code]):
        marked = {**cells, "id": f"{COMMENT} {cells.get('id', '')}".strip()}
        writer.writerow(harmless(marked.get(heading.name, "")) for heading in HEADINGS)
    return stream.getvalue().encode("utf-8-sig")
