"""The categories that imports file places under, and how to tell them from what publishers write."""

import re
from dataclasses import dataclass
from typing import Final

OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Category:
    """A slug with its name in the languages that the hub ships."""

    slug: str
    name_ko: str
    name_en: str
    name_ar: str
    words: str = ""
    """Matches the publisher's type or, where that says nothing, the facility's name. Empty: connectors choose it."""
    kind: str = "space"


CATEGORIES: Final = (
    Category("tennis-court", "테니스장", "Tennis court", "ملعب تنس", r"테니스"),
    Category("football-pitch", "축구장·풋살장", "Football pitch", "ملعب كرة قدم", r"축구|풋살"),
    Category("baseball-field", "야구장", "Baseball field", "ملعب بيسبول", r"야구"),
    Category("ball-court", "농구·배구·족구장", "Ball court", "ملعب كرة", r"농구|배구|족구"),
    Category("badminton-court", "배드민턴장", "Badminton court", "ملعب ريشة طائرة", r"배드민턴|배드맨턴"),
    Category("table-tennis", "탁구장", "Table tennis", "تنس الطاولة", r"탁구"),
    Category("golf", "골프장", "Golf", "غولف", r"골프"),
    Category("swimming-pool", "수영장", "Swimming pool", "مسبح", r"수영"),
    Category("camping", "캠핑장", "Camp site", "موقع تخييم", r"캠핑|야영"),
    Category("parking", "주차장", "Car park", "موقف سيارات", r"주차장"),
    Category("kitchen", "공유부엌·조리실", "Kitchen", "مطبخ", r"조리|부엌|주방|키친|바리스타"),
    Category("computer-room", "컴퓨터실", "Computer room", "غرفة حاسوب", r"컴퓨터|정보화|전산"),
    Category(
        "library", "작은도서관·북카페", "Library and book café", "مكتبة ومقهى كتب",
        r"도서관|북[카까]페|책다?방|독서",
    ),
    Category("exhibition", "전시실", "Exhibition room", "قاعة معارض", r"전시|갤러리"),
    Category(
        "performance", "공연장·연습실", "Stage and practice room", "مسرح وغرفة تدريب",
        r"공연|연습실|연습|무대|음악|밴드|댄스|소극장|라이브|녹음|녹화|촬영|스튜디오",
    ),
    Category("gym", "체육관·운동실", "Gym", "صالة رياضية", r"체육|헬스|체력|요가|GX|운동실|필라테스|에어로빅|스쿼시"),
    Category("sports-ground", "운동장", "Sports ground", "ملعب رياضي", r"경기장|운동장|게이트볼|궁도|국궁|그라운드"),
    Category("hall", "강당", "Hall", "قاعة كبيرة", r"강당|대회의실|홀(?:$|\(|\s)"),
    Category("meeting-room", "회의실", "Meeting room", "قاعة اجتماعات", r"회의|세미나|토론|동아리|모임"),
    Category(
        "lecture-room", "강의실", "Lecture room", "قاعة محاضرات", r"강의|교육|배움|프로그램|교실|시청각|학습|스터디"
    ),
    Category(
        "community-room", "주민사랑방", "Community room", "غرفة مجتمعية",
        r"사랑방|쉼터|소통방|나눔방|커뮤니티|카페|마루|누리방|활력소|문화방|공유사무실",
    ),
    Category("multipurpose-room", "다목적실", "Multipurpose room", "قاعة متعددة الأغراض", r"다목적|다용도|다기능"),
    Category("school-ground", "학교 체육시설", "School sports facilities", "مرافق رياضية مدرسية"),
    Category("car-sharing", "나눔카 대여소", "Car sharing station", "محطة سيارات مشتركة", kind="vehicle"),
    Category("bike-station", "공공자전거 대여소", "Public bike station", "محطة دراجات عامة", kind="vehicle"),
    Category("course", "교육·체험", "Courses and workshops", "دورات وورش عمل", kind="event"),
    Category("art-show", "전시·미술", "Exhibitions", "معارض فنية", kind="event"),
    Category("classical-music", "클래식·독주회", "Classical music", "موسيقى كلاسيكية", kind="event"),
    Category("concert", "콘서트", "Concerts", "حفلات موسيقية", kind="event"),
    Category("korean-music", "국악", "Korean traditional music", "موسيقى كورية تقليدية", kind="event"),
    Category("theatre", "연극", "Theatre", "مسرح", kind="event"),
    Category("musical-opera", "뮤지컬·오페라", "Musicals and opera", "مسرح غنائي وأوبرا", kind="event"),
    Category("dance", "무용", "Dance", "رقص", kind="event"),
    Category("film", "영화", "Films", "أفلام", kind="event"),
    Category("festival", "축제", "Festivals", "مهرجانات", kind="event"),
    Category("other-event", "그 밖의 행사", "Other events", "فعاليات أخرى", kind="event"),
)  # fmt: skip
_PATTERNS = tuple(
    (category.slug, re.compile(category.words, re.IGNORECASE)) for category in CATEGORIES if category.words
)
_VAGUE = ("multipurpose-room", OTHER)
"""A type that says next to nothing: the name may say more."""


def category_of(published_type: str, name: str) -> str:
    """The slug for a place: by its type, and by its name where the type is vague."""
    by_type = _first_match(published_type)
    if by_type not in _VAGUE:
        return by_type
    by_name = _first_match(name)
    return by_type if by_name == OTHER else by_name


def _first_match(text: str) -> str:
    return next((slug for slug, pattern in _PATTERNS if pattern.search(text)), OTHER)
