"""The time that was asked for, in words."""

from datetime import datetime, time

from django.utils.translation import gettext as _

from sharingcity.finding.queries.asked import Asked
from sharingcity.finding.rules.question import Flexible
from sharingcity.finding.rules.times import DAY_PART_WORDS
from sharingcity.kernel.city import zone
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.wording import day_words, span_words, when_words


def asked_time_words(asked: Asked) -> str:
    """`Thu 12 Nov, 19:00 – 21:00`; empty when no time was asked for."""
    when = asked.question.when if asked.question else None
    if isinstance(when, Interval):
        return when_words(when.starts_at, when.ends_at)
    return _flexible(when, asked.values.get("part", "")) if when else ""


def _flexible(when: Flexible, part: str) -> str:
    days = day_words(when.date_from)
    if when.date_to != when.date_from:
        days = _("%(first)s to %(last)s") % {"first": days, "last": day_words(when.date_to)}
    if part in DAY_PART_WORDS and part:
        return _("%(day)s, %(hours)s") % {"day": days, "hours": DAY_PART_WORDS[part]}
    if when.time_from == when.time_to == time(0):
        return days
    starts, ends = (datetime.combine(when.date_from, at, tzinfo=zone()) for at in (when.time_from, when.time_to))
    return _("%(day)s, %(hours)s") % {"day": days, "hours": span_words(starts, ends)}
