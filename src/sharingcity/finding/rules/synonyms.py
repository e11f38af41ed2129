"""Names that mean the same thing to whoever looks for it: a text that says one of them is found by the others.

Short, and only what is shared in cities; the words of one group stand for each other in three languages. They are added
where texts are indexed, so that a question costs nothing more.
"""

import re

from sharingcity.kernel.text import normalise

GROUPS: tuple[tuple[str, ...], ...] = (
    ("회의실", "회의 공간", "미팅룸", "미팅 공간", "meeting room", "conference room", "قاعة اجتماعات"),
    ("강의실", "교육장", "classroom", "lecture room", "قاعة دروس"),
    ("강당", "auditorium", "assembly hall"),
    ("세미나실", "seminar room", "قاعة ندوات"),
    ("연습실", "practice room", "rehearsal room", "غرفة تدريب"),
    ("공유부엌", "공유주방", "shared kitchen", "مطبخ مشترك"),
    ("체육관", "gymnasium", "gym", "sports hall", "صالة رياضية"),
    ("풋살장", "풋살 구장", "풋살경기장", "futsal court", "futsal", "ملعب فوتسال"),
    ("축구장", "football pitch", "football field", "soccer field", "ملعب كرة القدم"),
    ("농구장", "basketball court", "ملعب كرة السلة"),
    ("야구장", "baseball field", "ملعب بيسبول"),
    ("테니스장", "tennis court", "ملعب تنس"),
    ("배드민턴장", "badminton court", "ملعب ريشة"),
    ("탁구장", "table tennis", "ping pong", "تنس الطاولة"),
    ("수영장", "swimming pool", "مسبح"),
    ("공연장", "theatre", "theater", "مسرح"),
    ("전시장", "전시실", "gallery", "صالة عرض"),
    ("주차장", "주차 공간", "car park", "parking lot", "موقف سيارات"),
    ("따릉이", "공공자전거", "public bike", "bike station", "دراجة عامة"),
    ("카셰어링", "나눔카", "공유 차량", "car sharing", "carsharing", "مشاركة السيارات"),
    ("전동드릴", "전동 드릴", "drill", "مثقاب"),
    ("빔프로젝터", "프로젝터", "projector", "جهاز عرض"),
    ("휠체어", "wheelchair", "كرسي متحرك"),
    ("유모차", "stroller", "pram", "عربة أطفال"),
    ("텐트", "tent", "خيمة"),
    ("사다리", "ladder", "سلم"),
    ("음악회", "콘서트", "concert", "حفلة موسيقية"),
    ("전시회", "exhibition", "معرض"),
    ("강연", "강좌", "lecture", "محاضرة"),
)


def _one(name: str) -> str:
    """Korean is spaced as one likes; other words end where they end."""
    normal = normalise(name)
    if re.search(r"[가-힣]", normal):
        return r"\s*".join(map(re.escape, normal.replace(" ", "")))
    # The first letter stands first, so that the engine skips to it: most texts name nothing of all this.
    return rf"{re.escape(normal[0])}(?<=\b.){re.escape(normal[1:])}s?\b"


_PATTERNS = tuple(re.compile("|".join(map(_one, group))) for group in GROUPS)
_NAMES = tuple({name: normalise(name) for name in group} for group in GROUPS)
_ANY = re.compile("|".join(pattern.pattern for pattern in _PATTERNS))


def other_names(text: str) -> str:
    """The names that the text does not say, of everything that it names; empty when it names none of them."""
    normal = normalise(text)
    if not _ANY.search(normal):
        return ""
    found = (names for names, pattern in zip(_NAMES, _PATTERNS, strict=True) if pattern.search(normal))
    return " ".join(name for names in found for name, plain in names.items() if plain not in normal)
