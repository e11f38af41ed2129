"""`/host/entry/SLUG/clicks`: how many residents the hub sent on to an organisation's own pages."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from babel.dates import format_skeleton
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from sharingcity.kernel.city import local_date
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import babel_locale, day_words
from sharingcity.partners.frame.report import harmless
from sharingcity.partners.queries.clicks import EntryClicks, by_day, by_entry, by_month
from sharingcity.partners.web.entry_pages import entry_page, for_keepers
from sharingcity.ui.desk import address, moment, page_number

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation

A_PAGE: Final = 25
MOST_ROWS: Final = 20_000
FEW: Final = 10
"""Below that a number says little about a trend."""
KINDS: Final = {
    "listing": gettext_lazy("Listing"),
    "service": gettext_lazy("Service"),
    "organisation": gettext_lazy("The organisation’s own page"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A figure with its share of the largest, in per cent."""

    words: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    title: str
    kind: str
    page: str
    days: int
    months: int


@for_keepers
@require_safe
def clicks(request: HttpRequest, organisation: "Organisation") -> HttpResponse:
    """Months, days, entries."""
    today, page = local_date(moment(request)), page_number(request)
    days, months = by_day(organisation.pk, today), by_month(organisation.pk, today)
    rows = by_entry(organisation.pk, today, (page - 1) * A_PAGE, A_PAGE + 1)
    lately, total = sum(count for _day, count in days), sum(count for _month, count in months)
    return entry_page(
        request,
        organisation,
        "partners/clicks.html",
        lately=lately,
        total=total,
        is_few=0 < total < FEW,
        days=_bars([(day_words(day), count) for day, count in reversed(days)]),
        months=_bars([(_month_words(month), count) for month, count in reversed(months)]),
        entries=[_entry(row) for row in rows[:A_PAGE]],
        previous=address(request, page=page - 1) if page > 1 else "",
        next=address(request, page=page + 1) if len(rows) > A_PAGE else "",
        table_url=reverse("partners-clicks-table", args=[organisation.slug]),
    )


def _month_words(month: date) -> str:
    return format_skeleton("yMMM", month, locale=babel_locale())


def _bars(rows: list[tuple[str, int]]) -> list[Bar]:
    most = max((count for _words, count in rows), default=0) or 1
    return [Bar(words=words, count=count, percent=round(100 * count / most)) for words, count in rows]


def _entry(row: EntryClicks) -> EntryRow:
    title = localised(row.names) if row.names else _("An entry that is gone")
    return EntryRow(title=title, kind=str(KINDS[row.kind]), page=row.page, days=row.days, months=row.months)


@for_keepers
@require_safe
def clicks_table(request: HttpRequest, organisation: "Organisation") -> HttpResponse:
    """The same figures for a spreadsheet: by month, by day, by entry."""
    today = local_date(moment(request))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("By"), _("What"), _("Kind"), _("Last 30 days"), _("Last 12 months")])
    for month, count in by_month(organisation.pk, today):
        writer.writerow([_("Month"), f"{month:%Y-%m}", "", "", count])
    for day, count in by_day(organisation.pk, today):
        writer.writerow([_("Day"), day.isoformat(), "", count, ""])
    for row in map(_entry, by_entry(organisation.pk, today, 0, MOST_ROWS)):
        writer.writerow([_("Entry"), harmless(row.title), row.kind, row.days, row.months])
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="clicks-{today}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
