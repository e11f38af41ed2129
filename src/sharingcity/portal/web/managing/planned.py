"""What holds now and what is planned, one line a version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sharingcity.booking.wording import amount_words, may_sentences
from sharingcity.kernel.city import city_calendar
from sharingcity.kernel.wording import day_words, length_words
from sharingcity.portal.web.hours_words import all_hours_words

if TYPE_CHECKING:
    from sharingcity.booking.models import FeeVersion, PolicyVersion
    from sharingcity.listings.models import HoursVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A version: since or from when, and what it says; `lead` begins sentences that `words` end."""

    since: str
    words: list[str]
    is_now: bool
    lead: str = ""


def planned_hours(versions: "Sequence[HoursVersion]", today: date, now: datetime) -> list[Planned]:
    calendar = city_calendar()
    return [
        Planned(
            since=_since(version.valid_from, today),
            words=[all_hours_words(version.hours.rule, calendar, now)],
            is_now=version.valid_from <= today,
        )
        for version in versions
    ]


def planned_fees(versions: "Sequence[FeeVersion]", today: date) -> list[Planned]:
    found = [
        Planned(since=_since(version.valid_from, today), words=[fee_words(version)], is_now=version.valid_from <= today)
        for version in versions
    ]
    if not any(row.is_now for row in found):
        found.insert(0, Planned(since=_("Now"), words=[_("Free of charge")], is_now=True))
    return found


def planned_rules(versions: "Sequence[PolicyVersion]", today: date) -> list[Planned]:
    return [
        Planned(
            since=_since(version.valid_from, today),
            words=may_sentences(version),
            is_now=version.valid_from <= today,
            lead=_("Residents may"),
        )
        for version in versions
    ]


def fee_words(fee: "FeeVersion | None") -> str:
    """`₩20,000 for the first 2 h, then ₩10,000 for each 1 h`."""
    if fee is None or (not fee.base_minor and not fee.extra_minor):
        return _("Free of charge")
    return _("%(base)s for the first %(length)s, then %(extra)s for each further %(unit)s") % {
        "base": amount_words(fee.base_minor, fee.currency),
        "length": length_words(fee.base_minutes),
        "extra": amount_words(fee.extra_minor, fee.currency),
        "unit": length_words(fee.extra_minutes),
    }


def _since(day: date, today: date) -> str:
    return _("Now") if day <= today else _("From %(day)s on") % {"day": day_words(day, with_year=True)}
