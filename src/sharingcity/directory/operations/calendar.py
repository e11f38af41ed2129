"""The city calendar: filled from the known public holidays, then kept by staff."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.operations.holiday_names import arabic_names
from sharingcity.directory.operations.short_lists import UpsertCounts
from sharingcity.kernel import journal
from sharingcity.kernel.calendar import public_holidays
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.kernel.i18n import Words
from sharingcity.kernel.models import Fact, PublicHoliday
from sharingcity.kernel.states import Actor
from sharingcity.people.permissions import CITY, require_ability

# Days that the library proposes and staff took out: filling the calendar again must not bring them back.
REMOVED = "calendar_removed_days"


def fill_city_calendar(*, years: Iterable[int], by: Actor, now: datetime) -> UpsertCounts:
    """Brings the known public holidays of `years` into the calendar. What staff entered or took out stays so.

    Raises: NotAllowed `people.not_allowed`; kernel.calendar.UnknownCountry.
    """
    require_ability(by, "manage_calendar", [CITY], now)
    proposed = _proposed(sorted(set(years)))
    with write():
        lock(["calendar"])
        removed = set(_removed_days())
        known = {row.date: row for row in PublicHoliday.objects.filter(date__in=proposed)}
        new = [
            PublicHoliday(date=day, names=names)
            for day, names in proposed.items()
            if day not in known and day.isoformat() not in removed
        ]
        changed = [row for day, row in known.items() if row.is_from_library and row.names != proposed[day]]
        for row in changed:
            row.names = proposed[row.date]
        PublicHoliday.objects.bulk_create(new)
        PublicHoliday.objects.bulk_update(changed, ["names"])
        counts = UpsertCounts(created=len(new), updated=len(changed), unchanged=len(proposed) - len(new) - len(changed))
        if new or changed:
            _record("fill", "all", by, now, created=counts.created, updated=counts.updated)
    return counts


def set_holiday(*, day: date, names: Words, by: Actor, now: datetime) -> PublicHoliday:
    """Staff declare a day a public holiday, or name one otherwise. Opening hours follow at once.

    The Korean name tells the named groups: one with 설날 or 추석 and 대체 belongs to that run.

    Raises: NotAllowed `people.not_allowed`; Refusal `calendar.name_missing`.
    """
    require_ability(by, "manage_calendar", [CITY], now)
    if not any(name.strip() for name in names.values()):
        raise Refusal("calendar.name_missing", _("Give the holiday a name."), field="names")
    with write():
        lock(["calendar"])
        row, _is_new = PublicHoliday.objects.update_or_create(
            date=day, defaults={"names": dict(names), "is_from_library": False}
        )
        _keep_removed(set(_removed_days()) - {day.isoformat()})
        _record("set", day.isoformat(), by, now)
    return row


def remove_holiday(*, day: date, by: Actor, now: datetime) -> None:
    """Staff take a day out of the calendar for good.

    Raises: NotAllowed `people.not_allowed`; NotFound `calendar.no_holiday`.
    """
    require_ability(by, "manage_calendar", [CITY], now)
    with write():
        lock(["calendar"])
        deleted, _rows = PublicHoliday.objects.filter(date=day).delete()
        if not deleted:
            raise NotFound("calendar.no_holiday", _("This day is no public holiday in the calendar."))
        _keep_removed({*_removed_days(), day.isoformat()})
        _record("remove", day.isoformat(), by, now)


def _proposed(years: list[int]) -> dict[date, dict[str, str]]:
    country = settings.CITY_COUNTRY
    own = public_holidays(country, years)
    english = public_holidays(country, years, language="en_US")
    own_language = settings.LANGUAGE_CODE
    return {
        day: {own_language: name, "en": english.get(day, name), "ar": arabic_names(english.get(day, name))}
        for day, name in own.items()
    }


def _removed_days() -> list[str]:
    fact = Fact.objects.filter(name=REMOVED).first()
    return list(fact.value) if fact else []


def _keep_removed(days: set[str]) -> None:
    if sorted(days) != _removed_days():
        Fact.objects.update_or_create(name=REMOVED, defaults={"value": sorted(days)})


def _record(event: str, day: str, by: Actor, now: datetime, **data: object) -> None:
    journal.append(
        journal.Change(
            stream="city",
            event=f"calendar.{event}",
            actor=by.pseudonym,
            at=now,
            object_type="kernel.publicholiday",
            object_id=day,
            data=data,
        )
    )
