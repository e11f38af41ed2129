"""Spans of time in words: a dash between numbers turns round in right-to-left text, so Arabic has a word there."""

from django.utils.translation import gettext as _

NO_BREAK = "\u00a0"
JOINER = "\u2060"


def _unbroken(words: str) -> str:
    """Kept on one line; a line may else break after a dash, even before a no-break space."""
    return words.replace(" ", NO_BREAK).replace("–", f"–{JOINER}")


def time_span(start: str, end: str) -> str:
    """Two times of the clock, kept on one line: “18:00 – 20:00”."""
    return _unbroken(_("%(start)s – %(end)s") % {"start": start, "end": end})


def hour_span(start: int, end: int) -> str:
    """Two hours, as short as can be: “18–20”."""
    return _unbroken(_("%(start)s–%(end)s") % {"start": start, "end": end})
