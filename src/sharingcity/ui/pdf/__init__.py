"""Papers: PDF/UA-1 files made by typst from a template and plain data.

Everything variable goes in as one JSON document (`sys.inputs.data`): nobody's words ever become source text.
"""

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import is_right_to_left, language

# What typst says when PDF/UA forbids an empty box.
NO_GLYPH = "could not be displayed"
SOURCE = Path(__file__).resolve().parents[2]
# The first that the machine has stands for its script; the others follow as a fallback.
LATIN = ("Pretendard", "Noto Sans", "Inter", "Helvetica Neue", "Arial", "DejaVu Sans", "Libertinus Serif")
KOREAN = (
    "Pretendard",
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "Source Han Sans K",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "NanumGothic",
    "Nanum Gothic",
)
ARABIC = ("Noto Sans Arabic", "Noto Naskh Arabic", "Geeza Pro", "Segoe UI", "Arial", "DejaVu Sans")


class PaperRefused(Refusal):
    """The machine cannot set this paper. 503: somebody has to mend it, the reader did nothing wrong."""

    status = 503


def fonts_folder() -> Path:
    """Fonts put here are used besides the machine's own."""
    data: Path = settings.ENVIRONMENT.data
    return data / "fonts"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The machine's fonts, looked for once a process."""
    folder = fonts_folder()
    return typst.Fonts(font_paths=[str(folder)] if folder.is_dir() else [])


def families() -> frozenset[str]:
    """The font families that papers can be set in."""
    return frozenset(_fonts().families())


def _is_korean(letter: str) -> bool:
    return "\u1100" <= letter <= "\u11ff" or "\u3130" <= letter <= "\u318f" or "\uac00" <= letter <= "\ud7af"


def _is_arabic(letter: str) -> bool:
    return "\u0600" <= letter <= "\u06ff" or "\u0750" <= letter <= "\u077f"


def font_stack(text: str, code: str, known: frozenset[str]) -> list[str]:
    """The families for a text in reading language `code`, out of the `known` ones: those of its scripts first.

    Raises: PaperRefused `pdf.font_missing`, which names the mend.
    """
    korean = [name for name in KOREAN if name in known]
    arabic = [name for name in ARABIC if name in known]
    if not korean and any(map(_is_korean, text)):
        raise _missing(_("Korean"), "fonts-noto-cjk")
    if not arabic and any(map(_is_arabic, text)):
        raise _missing(_("Arabic"), "fonts-noto-core")
    latin = [name for name in LATIN if name in known]
    own = {"ko": korean, "ar": arabic}.get(code, [])
    return list(dict.fromkeys([*own[:1], *latin[:1], *korean[:1], *arabic[:1], *own, *latin, *korean, *arabic]))


def _missing(script: Any, package: str) -> PaperRefused:
    sentence = _(
        "This paper needs a font for %(script)s letters, and the server has none. "
        "Install the package %(package)s, or put a font file into %(folder)s, and start the server anew."
    )
    values = {"script": script, "package": package, "folder": fonts_folder()}
    return PaperRefused("pdf.font_missing", sentence % values, package=package)


def make_pdf(template: str, data: Mapping[str, Any], *, title: str, now: datetime) -> bytes:
    """A tagged PDF/UA-1 in the active language; `template` is a path below the package.

    `data` is plain JSON. Raises: PaperRefused `pdf.font_missing`, `pdf.letter_missing`.
    """
    code = language()
    facts = {**data, "title": title, "lang": code, "is_rtl": is_right_to_left(code)}
    text = json.dumps(facts, ensure_ascii=False)
    fonts = font_stack(text, code, families())
    try:
        return _set(template, text, fonts, now)
    except typst.TypstError as problem:
        if NO_GLYPH not in problem.message:
            raise
    try:
        return _set(template, without_pictures(text), fonts, now)
    except typst.TypstError as problem:
        if NO_GLYPH not in problem.message:
            raise
        sentence = _("This paper holds letters that no font of the server has. Install the package %(package)s.")
        raise PaperRefused("pdf.letter_missing", sentence % {"package": "fonts-noto"}) from problem


def _set(template: str, text: str, fonts: list[str], now: datetime) -> bytes:
    return typst.compile(
        str(SOURCE / template),
        root=str(SOURCE),
        font_paths=_fonts(),
        ignore_system_fonts=True,  # `_fonts` holds them already
        sys_inputs={"data": text, "fonts": json.dumps(fonts)},
        pdf_standards=["ua-1"],
        timestamp=int(now.timestamp()),
    )


def without_pictures(text: str) -> str:
    """The text with emoji and other signs that are no letters made `?`: nobody's permit fails for a smile."""
    return "".join("?" if unicodedata.category(letter) in ("So", "Cn", "Co") else letter for letter in text)
