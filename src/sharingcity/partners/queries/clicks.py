"""How many residents an organisation was sent: by day, by month, by entry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from sharingcity.directory.queries import organisations_by_id, services_by_id
from sharingcity.kernel.i18n import Words
from sharingcity.listings.queries import listings_by_id
from sharingcity.partners.feeds_out.addresses import organisation_path, service_path, short_path
from sharingcity.partners.models import ClickOut

DAYS: Final = 30
MONTHS: Final = 12
PATHS: Final[Mapping[str, Callable[[Any], str]]] = {
    "listing": short_path,
    "service": service_path,
    "organisation": organisation_path,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryClicks:
    """One entry; without names where it is gone altogether."""

    kind: str
    names: Words
    page: str
    days: int
    months: int


def by_day(organisation_id: int, today: date) -> list[tuple[date, int]]:
    """The last thirty days, today last, none left out."""
    first = today - timedelta(days=DAYS - 1)
    rows = ClickOut.objects.filter(organisation_id=organisation_id, day__gte=first, day__lte=today)
    found: dict[date, int] = dict(rows.values_list("day").annotate(clicks=Sum("count")))
    days = (first + timedelta(days=number) for number in range(DAYS))
    return [(day, found.get(day, 0)) for day in days]


def by_month(organisation_id: int, today: date) -> list[tuple[date, int]]:
    """The last twelve months by their first days, this one last."""
    months = _months(today)
    rows = ClickOut.objects.filter(organisation_id=organisation_id, day__gte=months[0], day__lte=today)
    summed = rows.annotate(month=TruncMonth("day")).values_list("month").annotate(clicks=Sum("count"))
    found: dict[date, int] = dict(summed)
    return [(month, found.get(month, 0)) for month in months]


def _months(today: date) -> list[date]:
    found = [today.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def by_entry(organisation_id: int, today: date, start: int, limit: int) -> list[EntryClicks]:
    """Entries with clicks in the last twelve months, the most of them first."""
    first = today - timedelta(days=DAYS - 1)
    rows = ClickOut.objects.filter(organisation_id=organisation_id, day__gte=_months(today)[0], day__lte=today)
    asked = rows.values("kind", "entry").annotate(months=Sum("count")).order_by("-months", "kind", "entry")
    shown: list[Mapping[str, Any]] = list(asked[start : start + limit])
    lately = rows.filter(day__gte=first).values("kind", "entry").annotate(days=Sum("count"))
    late = {(row["kind"], row["entry"]): row["days"] for row in lately}
    things = _things(shown)
    return [_entry(row, things, late.get((row["kind"], row["entry"]), 0)) for row in shown]


def _things(rows: list[Mapping[str, Any]]) -> Mapping[str, Mapping[int, Any]]:
    ids = {kind: [row["entry"] for row in rows if row["kind"] == kind] for kind in ClickOut.Kind.values}
    return {
        "listing": listings_by_id(ids["listing"]),
        "service": services_by_id(ids["service"]),
        "organisation": organisations_by_id(ids["organisation"]),
    }


def _entry(row: Mapping[str, Any], things: Mapping[str, Mapping[int, Any]], days: int) -> EntryClicks:
    kind, one = row["kind"], things[row["kind"]].get(row["entry"])
    if one is None:
        return EntryClicks(kind=kind, names={}, page="", days=days, months=row["months"])
    names = one.titles if kind == "listing" else one.names
    return EntryClicks(kind=kind, names=names, page=PATHS[kind](one), days=days, months=row["months"])
