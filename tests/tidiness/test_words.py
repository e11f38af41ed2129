"""The catalogues' manners; `docs/glossary.md` says them in words."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from sharingcity.site.messages import SOURCE, catalogue_path

CONTEXTS = sorted(path.parents[3].name for path in SOURCE.glob("*/locale/ar/LC_MESSAGES/django.po"))
HUNDREDS, ELEVEN_AND_MORE = 4, 5


def messages(context: str, language: str) -> Iterator[Message]:
    with catalogue_path(context, language).open("rb") as file:
        yield from (message for message in read_po(file, locale=language) if message.id)


def texts(context: str, language: str) -> Iterator[str]:
    for message in messages(context, language):
        yield from message.string if isinstance(message.string, tuple | list) else (message.string or "",)


@pytest.mark.parametrize("context", CONTEXTS)
def test_arabic_plurals_stand_in_the_order_of_their_rule(context: str) -> None:
    """100 شخص comes before 11 شخصًا: where the two differ, the later one carries the accusative."""
    plurals = [m.string for m in messages(context, "ar") if isinstance(m.string, tuple | list)]
    assert [p for p in plurals if p[HUNDREDS] != p[ELEVEN_AND_MORE] and "ً" not in p[ELEVEN_AND_MORE]] == []


@pytest.mark.parametrize("context", CONTEXTS)
def test_arabic_ranges_and_points_are_arabic(context: str) -> None:
    dash_or_latin_point = re.compile(r"\)s ?[–—-] ?%\(|[ء-ي][,;?]")
    assert [text for text in texts(context, "ar") if dash_or_latin_point.search(text)] == []


@pytest.mark.parametrize("context", CONTEXTS)
def test_korean_needs_no_particle_in_brackets(context: str) -> None:
    """(으)로 alone is allowed: it stands in set phrases where no other order is natural."""
    assert [text for text in texts(context, "ko") if re.search(r"[을은이와]\([를는가과]\)", text)] == []


@pytest.mark.parametrize("language", ["ko", "ar"])
@pytest.mark.parametrize("context", CONTEXTS)
def test_nobody_is_shouted_at(context: str, language: str) -> None:
    assert [text for text in texts(context, language) if "!" in text or "！" in text] == []
