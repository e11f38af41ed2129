"""What an organisation's own people may know of the feeds that bring its entries: never where they are fetched."""

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Final

from django.db.models import OuterRef, Subquery

from sharingcity.partners.frame.report import ReportLine, read_report
from sharingcity.partners.models import ImportRun
from sharingcity.partners.queries.feeds import feeds, unknown_feed
from sharingcity.partners.queries.reports import report_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sharingcity.partners.models import Feed

LINES: Final = 50


def feeds_of(organisation_id: int) -> "QuerySet[Feed]":
    """Those that are not given up; the ones that need somebody first."""
    return feeds().filter(organisation_id=organisation_id).exclude(state="retired")


def feed_of(organisation_id: int, code: str) -> "Feed":
    """Raises: NotFound `feed.unknown` for a feed of somebody else, too."""
    found = feeds_of(organisation_id).filter(code=code).first()
    if found is None:
        raise unknown_feed()
    return found


def last_runs(found: "Iterable[Feed]") -> dict[int, ImportRun]:
    """The last run of each feed that changed something or found something new; one query."""
    last = ImportRun.objects.filter(feed=OuterRef("feed")).order_by("-started_at", "-id").values("pk")[:1]
    rows = ImportRun.objects.filter(feed__in=[feed.pk for feed in found], pk=Subquery(last))
    return {run.feed_id: run for run in rows if run.feed_id}


def lines_of(run: ImportRun, severity: str, page: int = 1) -> tuple[list[ReportLine], bool]:
    """A page of the lines that tell of one severity, and whether more follow.

    Raises: NotFound `import.report_gone`.
    """
    wanted = (line for line in read_report(report_of(run)) if line.severity == severity)
    found = list(islice(wanted, (page - 1) * LINES, page * LINES + 1))
    return found[:LINES], len(found) > LINES
