"""Arabic names of Korea's public holidays, which the library of holidays does not have."""

from typing import Final

_NAMES: Final = {
    "New Year's Day": "رأس السنة",
    "Korean New Year": "رأس السنة الكورية (سولّال)",
    "Independence Movement Day": "يوم حركة الاستقلال",
    "Labor Day": "عيد العمال",
    "Children's Day": "يوم الطفل",
    "Buddha's Birthday": "ميلاد بوذا",
    "Local Election Day": "يوم الانتخابات المحلية",
    "Presidential Election Day": "يوم الانتخابات الرئاسية",
    "National Assembly Election Day": "يوم الانتخابات البرلمانية",
    "Memorial Day": "يوم الذكرى",
    "Constitution Day": "يوم الدستور",
    "Liberation Day": "يوم التحرير",
    "Chuseok": "عيد تشوسوك",
    "Armed Forces Day": "يوم القوات المسلحة",
    "National Foundation Day": "يوم تأسيس الأمة",
    "Hangul Day": "يوم الهانغول",
    "Christmas Day": "عيد الميلاد",
    "Temporary Public Holiday": "عطلة رسمية مؤقتة",
}
_AROUND: Final = (
    ("The day preceding ", "اليوم السابق لـ{}"),
    ("The second day of ", "اليوم التالي لـ{}"),
    ("Alternative holiday for ", "عطلة بديلة عن {}"),
)


def arabic_names(english: str) -> str:
    """The Arabic for an English name of the library, several on one day parted by a semicolon; unknown ones stay."""
    return "؛ ".join(_arabic(part.strip()) for part in english.split(";"))


def _arabic(name: str) -> str:
    for beginning, pattern in _AROUND:
        if name.startswith(beginning):
            rest = name.removeprefix(beginning)
            return pattern.format(_NAMES[rest]) if rest in _NAMES else name
    return _NAMES.get(name, name)
