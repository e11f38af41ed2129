"""Content in several languages: a mapping of language code to words, and which of them to show."""

from collections.abc import Mapping
from typing import TypeAlias

from django.conf import settings
from django.utils.translation import get_language

Words: TypeAlias = Mapping[str, str]


def language() -> str:
    """The active language as one of the city's codes (`ko`, `en`, `ar`)."""
    active = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return active if active in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def localised(words: Words, code: str = "") -> str:
    """The words in `code` (else the active language), else the city's own language, else any; never an error."""
    for wanted in (code or language(), settings.LANGUAGE_CODE, "en"):
        if found := words.get(wanted):
            return found
    return next((word for word in words.values() if word), "")


def is_right_to_left(code: str = "") -> bool:
    return (code or language()) in ("ar", "fa", "he", "ur")
