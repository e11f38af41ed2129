"""What may stand in the columns that have only so many answers, in three languages."""

from collections.abc import Mapping
from typing import Final

from sharingcity.partners.categories import CATEGORIES
from sharingcity.partners.connectors.office_csv.headings import plain

KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "space": ("공간", "시설", "space", "room", "مساحة", "قاعة"),
    "thing": ("물건", "물품", "thing", "tool", "غرض", "أداة"),
    "vehicle": ("차량", "자동차", "자전거", "vehicle", "car", "bike", "مركبة"),
    "home": ("집", "주거", "home", "منزل"),
    "event": ("행사", "강연·행사", "event", "فعالية"),
}
WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "online": ("온라인", "누리집", "홈페이지", "인터넷", "online", "website", "عبر الإنترنت", "إلكترونيًا"),
    "app": ("앱", "app", "تطبيق"),
    "phone": ("전화", "phone", "telephone", "هاتف", "بالهاتف"),
    "visit": ("방문", "현장", "현장 접수", "visit", "in person", "زيارة", "حضوريًا"),
    "e_mail": ("이메일", "전자우편", "메일", "e-mail", "email", "بريد إلكتروني"),
    "fax": ("팩스", "fax", "فاكس"),
    "post": ("우편", "post", "بريد"),
    "walk_in": ("예약 없이", "예약 없음", "예약 불필요", "바로 이용", "no booking", "walk in", "بدون حجز", "دون حجز"),
}


def _turned(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {plain(word): name for name, several in words.items() for word in (*several, name)}


_KIND_OF: Final = _turned(KINDS)
_WAY_OF: Final = _turned(WAYS)
_CATEGORY_OF: Final = {
    plain(word): one.slug for one in CATEGORIES for word in (one.name_ko, one.name_en, one.name_ar, one.slug)
}


def kind_of(text: str) -> str:
    """The kind, empty where it is none of the five."""
    return _KIND_OF.get(plain(text), "")


def category_slug(text: str) -> str:
    """The category, empty where the city has none of that name."""
    return _CATEGORY_OF.get(plain(text), "")


def way_of(text: str) -> str:
    """The way of applying, empty where it is none of ours."""
    return _WAY_OF.get(plain(text), "")
