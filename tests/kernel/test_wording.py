"""Times in the words of three languages, on the city's clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from sharingcity.kernel.wording import (
    ago_words,
    day_words,
    days_words,
    length_words,
    moment_words,
    span_words,
    time_words,
    when_words,
)

# Friday 4 December 2026, 19:00 in Seoul.
SEVEN = datetime(2026, 12, 4, 10, tzinfo=UTC)


def test_clock_is_the_city_s_and_the_same_in_every_language() -> None:
    for language in ("ko", "en", "ar"):
        with override(language):
            assert time_words(SEVEN) == "19:00"


@pytest.mark.parametrize(("language", "expected"), [("en", "Fri 4 Dec"), ("ko", "12월 4일 (금)")])
def test_day_is_said_as_people_say_it(language: str, expected: str) -> None:
    with override(language):
        assert day_words(SEVEN).replace(",", "") == expected
        assert day_words(date(2026, 12, 4)) == day_words(SEVEN)


def test_day_of_an_instant_is_the_city_s_day() -> None:
    with override("en"):
        assert "5" in day_words(datetime(2026, 12, 4, 15, tzinfo=UTC))  # midnight in Seoul


def test_span_that_ends_at_midnight_ends_at_24() -> None:
    with override("en"):
        assert span_words(SEVEN, SEVEN + timedelta(hours=2)) == "19:00 – 21:00"
        assert span_words(SEVEN, SEVEN + timedelta(hours=5)) == "19:00 – 24:00"


def test_arabic_has_no_dash_that_would_turn_round_and_western_digits() -> None:
    with override("ar"):
        words = when_words(SEVEN, SEVEN + timedelta(hours=2))

    assert "–" not in words
    assert "19:00" in words
    assert not set("٠١٢٣٤٥٦٧٨٩") & set(words)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Thu, 26 Nov – Sat, 28 Nov 2026"),
        ("ko", "2026년 11월 26일 (목) ~ 28일 (토)"),
        ("ar", "من الخميس، 26 نوفمبر إلى السبت، 28 نوفمبر 2026"),
    ],
)
def test_days_from_one_to_another(language: str, expected: str) -> None:
    with override(language):
        assert days_words(date(2026, 11, 26), date(2026, 11, 28)) == expected


def test_moment_names_day_and_hour() -> None:
    with override("en"):
        assert "19:00" in moment_words(SEVEN)
        assert "4 Dec" in moment_words(SEVEN)


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, "0 min"), (30, "30 min"), (60, "1 h"), (90, "1 h 30 min"), (240, "4 h")]
)
def test_length_is_said_in_hours_and_minutes(minutes: int, expected: str) -> None:
    with override("en"):
        assert length_words(minutes) == expected


@pytest.mark.parametrize(
    ("seconds", "words"), [(-90, "1 min ago"), (0, "1 min ago"), (120, "2 min ago"), (7200, "2 hr ago")]
)
def test_ago_is_told_in_whole_minutes_and_never_in_the_future(seconds: int, words: str) -> None:
    now = datetime(2026, 12, 4, 10, tzinfo=UTC)
    with override("en"):
        assert ago_words(now - timedelta(seconds=seconds), now) == words
