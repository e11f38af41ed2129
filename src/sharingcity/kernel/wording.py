"""Times in words of the reader's language, on the city's clock."""

from datetime import date, datetime, timedelta

from babel.dates import format_date, format_interval, format_skeleton, format_time, format_timedelta
from django.utils.translation import gettext as _

from sharingcity.kernel.city import zone
from sharingcity.kernel.i18n import language

# Babel's Arabic writes Western digits in the Gulf and Maghreb; `ar-AE` keeps them, as the hours on the doors do.
_LOCALES = {"ar": "ar_AE", "en": "en_GB", "ko": "ko_KR"}


def babel_locale(code: str = "") -> str:
    return _LOCALES.get(code or language(), "en_GB")


def day_words(day: date | datetime, *, with_year: bool = False) -> str:
    """`Thu 4 Dec`, `12월 4일 (목)`, `الخميس، 4 ديسمبر`; a datetime is taken on the city's clock."""
    if isinstance(day, datetime):
        day = day.astimezone(zone()).date()
    return format_skeleton("yMMMEd" if with_year else "MMMEd", day, locale=babel_locale())


def days_words(first: date, last: date) -> str:
    """`Thu, 26 Nov – Sat, 28 Nov 2026`, `2026년 11월 26일 (목) ~ 28일 (토)`: what two days share is said once.

    In Arabic with words, as in `span_words`.
    """
    if first == last:
        return day_words(first, with_year=True)
    if language() == "ar":
        begins = day_words(first, with_year=first.year != last.year)
        return _("%(starts)s – %(ends)s") % {"starts": begins, "ends": day_words(last, with_year=True)}
    return str(format_interval(first, last, "yMMMEd", locale=babel_locale())).replace("\u2009", " ")


def long_day_words(day: date) -> str:
    return format_date(day, "full", locale=babel_locale())


def time_words(at: datetime) -> str:
    """`19:00`, the same in every language: what stands on the doors."""
    return format_time(at.astimezone(zone()), "HH:mm", locale="en_GB")


def span_words(starts_at: datetime, ends_at: datetime) -> str:
    """`19:00 – 21:00`; in Arabic with words, because a dash turns round between numbers. 24:00 for midnight."""
    ends = time_words(ends_at)
    return _("%(starts)s – %(ends)s") % {
        "starts": time_words(starts_at),
        "ends": "24:00" if ends == "00:00" and ends_at > starts_at else ends,
    }


def when_words(starts_at: datetime, ends_at: datetime) -> str:
    """Day and hours together."""
    return _("%(day)s, %(hours)s") % {"day": day_words(starts_at), "hours": span_words(starts_at, ends_at)}


def moment_words(at: datetime, *, with_year: bool = False) -> str:
    """A single instant: a due date with its hour."""
    return _("%(day)s, %(hour)s") % {"day": day_words(at, with_year=with_year), "hour": time_words(at)}


def ago_words(at: datetime, now: datetime) -> str:
    """`2 min ago`, `2분 전`, `قبل دقيقتين`; a minute at least, whatever a clock that is ahead says."""
    gone = min(at - now, -timedelta(minutes=1))
    return format_timedelta(gone, granularity="minute", add_direction=True, format="short", locale=babel_locale())


def length_words(minutes: int) -> str:
    """`2 h`, `30 min`, `1 h 30 min`."""
    hours, rest = divmod(minutes, 60)
    parts = [_("%(hours)s h") % {"hours": hours}] if hours else []
    parts += [_("%(minutes)s min") % {"minutes": rest}] if rest or not hours else []
    return " ".join(parts)
