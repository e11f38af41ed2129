"""The columns of the template: their headings in three languages, what belongs in them, and an example."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.i18n import language


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its name in the program, its headings by language, what to write, and two examples by language."""

    name: str
    words: Mapping[str, str]
    told: str | Promise
    is_needed: bool = False


def _heading(name: str, words: tuple[str, str, str], told: str | Promise, *, is_needed: bool = False) -> Heading:
    return Heading(name, dict(zip(("ko", "en", "ar"), words, strict=True)), told, is_needed)


HEADINGS: Final = (
    _heading(
        "id",
        ("관리번호", "Number", "الرقم"),
        _("Your own number for it. With it you may change the name later. A row that begins with # is not read."),
    ),
    _heading("title", ("이름", "Name", "الاسم"), _("What people look for: “Meeting room 2”."), is_needed=True),
    _heading(
        "organisation",
        ("기관", "Organisation", "الجهة"),
        _("Whose it is: the name as it stands in the directory."),
        is_needed=True,
    ),
    _heading(
        "kind",
        ("종류", "Kind", "النوع"),
        _("Space, thing, vehicle, home or event. Empty: a space."),
    ),
    _heading("category", ("분류", "Category", "الفئة"), _("One of the city’s categories, or empty.")),
    _heading("place", ("장소", "Place", "المكان"), _("The building, when it has a name of its own.")),
    _heading("address", ("주소", "Address", "العنوان"), _("Street and number.")),
    _heading("district", ("자치구", "District", "الحي"), _("Needed only where the address does not name it.")),
    _heading("lat", ("위도", "Latitude", "خط العرض"), _("In degrees, such as 37.5663. Empty: not on the map.")),
    _heading("lng", ("경도", "Longitude", "خط الطول"), _("In degrees, such as 126.9779.")),
    _heading("capacity", ("정원", "People", "عدد الأشخاص"), _("How many people at most.")),
    _heading("spots", ("주차면", "Vehicles", "عدد المركبات"), _("Of a car park or a station: room for how many.")),
    _heading("area", ("면적", "Area", "المساحة"), _("In square metres.")),
    _heading(
        "hours",
        ("이용 시간", "Opening hours", "ساعات العمل"),
        _("As you would say it: Mon–Fri 09:00–18:00, Sat 10:00–13:00, public holidays closed."),
    ),
    _heading("first_date", ("시작일", "First day", "اليوم الأول"), _("Of an event or a season: 2026-11-26.")),
    _heading("last_date", ("종료일", "Last day", "اليوم الأخير"), _("The last day itself counts.")),
    _heading(
        "fee",
        ("요금", "Fee", "الرسوم"),
        _("“Free”, the amount for an hour as a number, or a sentence."),
    ),
    _heading("audience", ("이용 대상", "For whom", "لمن"), _("When not everybody may use it.")),
    _heading(
        "way",
        ("신청 방법", "How to apply", "طريقة الطلب"),
        _("Online, app, phone, visit, e-mail or no booking; several with commas."),
    ),
    _heading("url", ("누리집", "Link", "الرابط"), _("The page on which people apply.")),
    _heading("phone", ("전화", "Telephone", "الهاتف"), _("Whom to call.")),
    _heading("description", ("설명", "Description", "الوصف"), _("What else people should know.")),
)
NEEDED: Final = frozenset(heading.name for heading in HEADINGS if heading.is_needed)
_MORE: Final[Mapping[str, Sequence[str]]] = {
    "id": ("ID", "번호", "No"),
    "title": ("시설명", "명칭", "제목", "Title", "العنوان الرئيسي"),
    "organisation": ("기관명", "운영기관", "관리기관", "Organization", "المنظمة", "المؤسسة"),
    "kind": ("유형",),
    "place": ("장소명", "건물", "Building", "المبنى"),
    "address": ("도로명주소", "소재지"),
    "district": ("구", "지역구"),
    "capacity": ("수용인원", "인원", "Capacity", "السعة"),
    "spots": ("주차면수", "총 주차면", "거치대", "Spots", "Parking spaces", "Docks"),
    "hours": ("운영시간", "개방시간", "이용시간", "Hours"),
    "first_date": ("시작 일자", "Start date", "Start"),
    "last_date": ("종료 일자", "End date", "End"),
    "fee": ("이용료", "사용료", "이용요금", "Price"),
    "audience": ("대상", "이용대상", "Audience"),
    "way": ("신청방법", "예약 방법", "How to book"),
    "url": ("홈페이지", "홈페이지 주소", "링크", "URL", "Website", "الموقع"),
    "phone": ("전화번호", "연락처", "Phone", "رقم الهاتف"),
}
LONGEST_HEADING: Final = 200
_BRACKETS = re.compile(r"[(\[（].*?[)\]）]")


def plain(heading: str) -> str:
    """As headings are compared: without case, blanks, marks and what stands in brackets."""
    text = unicodedata.normalize("NFKC", _BRACKETS.sub("", heading[:LONGEST_HEADING])).casefold()
    return "".join(letter for letter in text if letter.isalnum())


KNOWN: Final[Mapping[str, str]] = {
    plain(words): heading.name
    for heading in HEADINGS
    for words in (*heading.words.values(), heading.name, *_MORE.get(heading.name, ()))
}

_WORDS: Final = {heading.name: heading.words for heading in HEADINGS}


def heading_of(name: str) -> str:
    """How the template calls a column in the reader's language."""
    words = _WORDS[name]
    return words.get(language(), words["en"])
