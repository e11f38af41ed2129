"""What a feed's runs leave behind: a row and a report for each that changed something, for a month."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db.models import OuterRef, Subquery

from sharingcity.kernel import journal
from sharingcity.partners.frame.problems import Severity
from sharingcity.partners.frame.report import write_report
from sharingcity.partners.models import Feed, ImportRun
from sharingcity.partners.operations.bringing import Brought
from sharingcity.partners.operations.outcome import Applied
from sharingcity.partners.queries import report_path, reports_folder

KEPT: Final = timedelta(days=30)


def record_run(
    feed: Feed, brought: Brought, applied: Applied, *, digest: str, began_at: datetime, now: datetime, by: str = ""
) -> None:
    """In the transaction of what it changed. A run that changed nothing and found nothing new leaves no row.

    `by`: the pseudonym of a person who brought it; empty for a run of the schedule.
    """
    staged = brought.staged
    run = ImportRun(
        connector=feed.connector,
        feed=feed,
        location=feed.location,
        digest=digest,
        state=ImportRun.State.DONE,
        by=by or f"feed:{feed.code}",
        started_at=began_at,
        finished_at=now,
        rows=staged.rows,
        created=applied.created,
        updated=applied.updated,
        unchanged=applied.unchanged,
        rejected=staged.rejected,
        skipped=staged.skipped,
        retired=applied.retired,
        warnings=sum(found.severity is Severity.WARNING for found in staged.problems),
    )
    path = report_path(feed.connector, run.code, now)
    write_report(path, staged.problems)
    if not _is_news(feed, run, path):
        path.unlink()
        return
    run.report = path.name
    run.save()
    _record(feed, run, now)


def _record(feed: Feed, run: ImportRun, now: datetime) -> None:
    counts = {name: getattr(run, name) for name in ("rows", "created", "updated", "unchanged", "rejected", "retired")}
    journal.append(
        journal.Change(
            stream=f"organisation:{feed.organisation_id}",
            event="import.run",
            actor=run.by,
            at=now,
            object_type="partners.importrun",
            object_id=str(run.pk),
            data={"connector": feed.connector, "digest": run.digest, **counts},
        )
    )


def _is_news(feed: Feed, run: ImportRun, report: Path) -> bool:
    """Whether it changed something, or has other things to tell than the run before it."""
    if run.created or run.updated or run.retired:
        return True
    last = ImportRun.objects.filter(feed=feed, state=ImportRun.State.DONE).order_by("-started_at", "-id").first()
    figures = ("rows", "rejected", "skipped", "warnings")
    if last is None or any(getattr(last, name) != getattr(run, name) for name in figures):
        return True
    told = reports_folder() / Path(last.report).name
    return not (last.report and told.is_file() and told.read_bytes() == report.read_bytes())


def forget_old_runs(now: datetime) -> int:
    """Rows and reports of feeds' runs that are older than a month, but for the last of each feed: it still holds.

    Imports that people started stay.
    """
    last = ImportRun.objects.filter(feed=OuterRef("feed")).order_by("-started_at", "-id").values("pk")[:1]
    kept = ImportRun.objects.filter(feed__isnull=False, pk=Subquery(last)).exclude(feed__state="retired")
    old = ImportRun.objects.filter(feed__isnull=False, finished_at__lt=now - KEPT).exclude(
        pk__in=list(kept.values_list("pk", flat=True))
    )
    reports = [name for name in old.values_list("report", flat=True) if name]
    count, _each = old.delete()
    for name in reports:
        (reports_folder() / Path(name).name).unlink(missing_ok=True)
    return count
