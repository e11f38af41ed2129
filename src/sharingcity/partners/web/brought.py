"""`/host/entry/SLUG/feeds`: what an organisation's feeds brought, what was not taken, and how to mend it."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.wording import ago_words, moment_words
from sharingcity.partners.frame.problems import Severity
from sharingcity.partners.frame.report import ReportLine, harmless, read_report
from sharingcity.partners.queries.brought import feed_of, feeds_of, last_runs, lines_of
from sharingcity.partners.queries.reports import report_of
from sharingcity.partners.states import BY_HAND
from sharingcity.partners.web.brought_words import OUTCOMES, how_words
from sharingcity.partners.web.entry_pages import entry_page, for_keepers
from sharingcity.partners.web.feed_words import feed_row, pace_words
from sharingcity.people.permissions import has_ability
from sharingcity.ui.components import Pair, Tab
from sharingcity.ui.desk import address, moment, page_number

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.partners.models import Feed, ImportRun

MOST_FEEDS: Final = 100
COUNTED: Final = (
    (Severity.REJECTED, "rejected"),
    (Severity.SKIPPED, "skipped"),
    (Severity.WARNING, "warnings"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtRow:
    """One feed: how it is in words, and the figures of the last run that had something to tell."""

    name: str
    url: str
    connector: str
    state: str
    tone: str
    fresh: str
    fresh_tone: str
    read: str
    problem: str
    rows: int
    created: int
    changed: int
    unchanged: int
    rejected: int
    has_run: bool


@for_keepers
@require_safe
def brought(request: HttpRequest, organisation: "Organisation") -> HttpResponse:
    """All feeds of the organisation."""
    now = moment(request)
    found = list(feeds_of(organisation.pk)[:MOST_FEEDS])
    runs = last_runs(found)
    rows = [_row(feed, runs.get(feed.pk), organisation.slug, now) for feed in found]
    return entry_page(request, organisation, "partners/brought.html", rows=rows)


def _row(feed: "Feed", run: "ImportRun | None", slug: str, now: datetime) -> BroughtRow:
    words = feed_row(feed, now)
    return BroughtRow(
        name=feed.name,
        url=reverse("partners-brought-feed", args=[slug, feed.code]),
        connector=words.connector,
        state=words.state,
        tone=words.tone,
        fresh=words.fresh,
        fresh_tone=words.fresh_tone,
        read=words.read,
        problem=how_words(feed),
        rows=run.rows if run else 0,
        created=run.created if run else 0,
        changed=run.updated if run else 0,
        unchanged=run.unchanged if run else 0,
        rejected=run.rejected if run else 0,
        has_run=run is not None,
    )


@for_keepers
@require_safe
def brought_feed(request: HttpRequest, organisation: "Organisation", feed: str) -> HttpResponse:
    """One feed: its figures, and row by row what was not taken and why. `?what=` asks for the other lines."""
    now, found = moment(request), feed_of(organisation.pk, feed)
    run = last_runs([found]).get(found.pk)
    asked = request.GET.get("what", "")
    what = asked if asked in OUTCOMES else Severity.REJECTED.value
    lines, following, is_gone = _lines(run, what, page_number(request))
    page = page_number(request)
    return entry_page(
        request,
        organisation,
        "partners/brought_feed.html",
        row=_row(found, run, organisation.slug, now),
        pairs=_sheet(found, now),
        ran=moment_words(run.started_at, with_year=True) if run else "",
        outcomes=_outcomes(request, run, what) if run else [],
        what=what,
        lines=lines,
        is_gone=is_gone,
        previous=address(request, page=page - 1) if page > 1 else "",
        next=address(request, page=page + 1) if following else "",
        table_url=reverse("partners-brought-table", args=[organisation.slug, feed]) if run and not is_gone else "",
        desk_url=reverse("partners-feed", args=[feed]) if has_ability(request.user, "run_imports", (), now) else "",
    )


def _lines(run: "ImportRun | None", what: str, page: int) -> tuple[list[ReportLine], bool, bool]:
    """The lines, whether more follow, and whether the report is kept no longer."""
    if run is None:
        return [], False, False
    try:
        return *lines_of(run, what, page), False
    except NotFound:
        return [], False, True


def _outcomes(request: HttpRequest, run: "ImportRun", what: str) -> list[Tab]:
    return [
        Tab(
            title=str(OUTCOMES[severity.value]),
            url=address(request, what=severity.value, page=None),
            count=str(getattr(run, counted)),
            is_current=severity.value == what,
        )
        for severity, counted in COUNTED
    ]


def _sheet(feed: "Feed", now: datetime) -> list[Pair]:
    words = feed_row(feed, now)
    pairs = [
        Pair(term=_("How often"), value=pace_words(feed.every_minutes)) if feed.state != BY_HAND else None,
        Pair(term=_("Last read well"), value=words.read),
        Pair(term=_("Last tried"), value=ago_words(feed.last_run_at, now)) if feed.last_run_at else None,
        Pair(term=_("Room"), value=words.room) if words.room else None,
    ]
    return [pair for pair in pairs if pair]


@for_keepers
@require_safe
def brought_table(request: HttpRequest, organisation: "Organisation", feed: str) -> HttpResponse:
    """The same lines, all of them, for a spreadsheet."""
    found = feed_of(organisation.pk, feed)
    run = last_runs([found]).get(found.pk)
    if run is None:
        raise NotFound("import.report_gone", _("The report of this import is not kept any more."))
    out = io.StringIO()
    writer = csv.writer(out)
    heads = (_("Row"), _("How it begins"), _("Field"), _("What it says"), _("Outcome"), _("Why"), _("What to do"))
    writer.writerow(heads)
    for line in read_report(report_of(run)):
        outcome = str(OUTCOMES.get(line.severity, line.severity))
        texts = (line.entry, line.field, line.value, outcome, line.reason, line.mend)
        writer.writerow((line.row, *map(harmless, texts)))
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.connector}-{found.code}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
