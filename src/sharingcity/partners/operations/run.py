"""One import from start to end: everything is read and judged before the first write, then written at once."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.states import Actor, SystemActor
from sharingcity.partners.frame.problems import Severity
from sharingcity.partners.frame.report import ImportReport, write_report
from sharingcity.partners.frame.setting import PLAIN, Setting
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.told import Told
from sharingcity.partners.models import ImportRun
from sharingcity.partners.operations.agreeing import Agreed, keep_to
from sharingcity.partners.operations.apply_listings import Allowance
from sharingcity.partners.operations.bringing import Brought, only_listed, read_source, write_brought
from sharingcity.partners.operations.feed_outcomes import told_by
from sharingcity.partners.operations.outcome import Applied
from sharingcity.partners.queries import report_path
from sharingcity.partners.registry import Brings, ConnectorEntry, connector_entry
from sharingcity.people.permissions import CITY, require_ability

Tell = Callable[[str], None]
FOREVER_RUNNING = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class _Order:
    """Who asked for what, and under whose name it is written."""

    entry: ConnectorEntry
    location: str
    force: bool
    by: Actor
    now: datetime
    today: date
    tell: Tell
    setting: Setting = PLAIN
    source: Source | None = None
    agreed: Agreed | None = None
    began: float = field(default_factory=time.monotonic)

    @property
    def ended_at(self) -> datetime:
        """This instant, counted from `now`."""
        return self.now + timedelta(seconds=time.monotonic() - self.began)


def _say_nothing(_words: str) -> None:
    return


def run_import(
    *,
    connector_name: str,
    location: str,
    by: Actor,
    now: datetime,
    today: date,
    dry_run: bool = False,
    force: bool = False,
    tell: Tell = _say_nothing,
    setting: Setting = PLAIN,
    source: Source | None = None,
    agreed: Agreed | None = None,
) -> ImportReport:
    """Imports `location` (a path, `-`, or an address) for staff. `tell` hears what is being done.

    Safe to repeat and to kill: the city's rows change in one transaction or not at all. A dry run writes nothing but
    the report. `force` lets a file retire more than a fifth of what it brought before. `today` is the city's date.
    `source`: its bytes are here already, and `location` only says where they came from. `agreed`: what somebody saw
    of it; if it would do anything else by now, nothing is done.

    Raises: NotAllowed `people.not_allowed`; NotFound `import.connector_unknown`; Conflict `upload.preview_changed`;
    Refusal `import.needs_feed`, `import.…` when the source as a whole cannot be taken. Locks what its source brought.
    """
    require_ability(by, "run_imports", [CITY], now)
    order = _Order(
        entry=_entry(connector_name),
        location=location,
        force=force,
        by=SystemActor(by.pseudonym),
        now=now,
        today=today,
        tell=tell,
        setting=setting,
        source=source,
        agreed=agreed,
    )
    if dry_run:
        return _dry(order)
    run = _begin(order)
    try:
        return _import(order, run)
    except Refusal as refusal:
        run.refusal_code, run.refusal_told = refusal.code[:60], told_by(refusal).as_json()
        _end(order, run, ImportRun.State.REFUSED, str(refusal.sentence))
        raise
    except BaseException as problem:
        _end(order, run, ImportRun.State.FAILED, f"{type(problem).__name__}: {problem}")
        raise


def _entry(name: str) -> ConnectorEntry:
    entry = connector_entry(name)
    if entry.brings in (Brings.BUSY, Brings.NEWS):
        raise Refusal(
            "import.needs_feed",
            _("Calendars and news are read on a schedule: add them on the page “Feeds” at the desk."),
            field="connector",
        )
    return entry


def _begin(order: _Order) -> ImportRun:
    """Notes the run before it starts, and those that were killed before it."""
    with write():
        lock([f"import-runs:{order.entry.name}"])
        stuck = ImportRun.objects.filter(
            connector=order.entry.name, state=ImportRun.State.RUNNING, started_at__lte=order.now - FOREVER_RUNNING
        )
        told = Told(_("Stopped half-way."))
        stuck.update(
            state=ImportRun.State.FAILED,
            finished_at=order.now,
            refusal_told=told.as_json(),
            refusal_words=str(told),
        )
        return ImportRun.objects.create(
            connector=order.entry.name, location=order.location[:500], by=order.by.pseudonym, started_at=order.now
        )


def _end(order: _Order, run: ImportRun, state: ImportRun.State, words: str) -> None:
    run.state, run.refusal_words = state, words[:500]
    run.finished_at = order.ended_at
    run.save(update_fields=["state", "refusal_code", "refusal_told", "refusal_words", "finished_at", "digest"])


def _import(order: _Order, run: ImportRun) -> ImportReport:
    source, brought = _read(order)
    run.digest = source.digest
    path = report_path(order.entry.name, run.code, order.now)
    try:
        with write():
            brought = _held(brought)
            write_report(path, brought.staged.problems)
            report = counted(brought, _apply(order, brought), path)
            _finish(run, report, order)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return report


def _dry(order: _Order) -> ImportReport:
    """Everything is done and taken back: so the figures are those that the import will have."""
    _source, brought = _read(order)
    with write():
        brought = _held(brought)
        applied = _apply(order, brought)
        transaction.set_rollback(True)
    path = report_path(order.entry.name, "dry-run", order.now)
    write_report(path, brought.staged.problems)
    return counted(brought, applied, path)


def _read(order: _Order) -> tuple[Source, Brought]:
    order.tell(str(_("Fetching %s") % order.location))
    source = order.source or order.entry.collect(order.location)
    order.tell(str(_("Reading and checking")))
    return source, read_source(order.entry, source, order.setting, order.today)


def _held(brought: Brought) -> Brought:
    """Under its origin's lock, and without new rows of organisations that the city has taken off."""
    lock([f"import:{brought.origin.connector}"])
    return only_listed(brought)


def _apply(order: _Order, brought: Brought) -> Applied:
    order.tell(str(_("Writing %d rows") % len(brought.items)))
    allowance = Allowance(is_forced=order.force)
    if order.agreed is not None:
        allowance = keep_to(order.agreed, brought)
    return write_brought(brought, allowance, order.by, order.now)


def counted(brought: Brought, applied: Applied, path: Path | None) -> ImportReport:
    """What came of it; without a path nobody keeps the report."""
    staged = brought.staged
    return ImportReport(
        rows=staged.rows,
        created=applied.created,
        updated=applied.updated,
        unchanged=applied.unchanged,
        rejected=staged.rejected,
        skipped=staged.skipped,
        retired=applied.retired,
        warnings=sum(found.severity is Severity.WARNING for found in staged.problems),
        report=str(path or ""),
    )


def _finish(run: ImportRun, report: ImportReport, order: _Order) -> None:
    """The run's row and its journal entry, in the transaction of what it changed."""
    counts = {name: value for name, value in report.as_json().items() if isinstance(value, int)}
    run.state, run.report = ImportRun.State.DONE, Path(report.report).name
    run.finished_at = order.ended_at
    for name, value in counts.items():
        setattr(run, name, value)
    run.save()
    journal.append(
        journal.Change(
            stream="city",
            event="import.run",
            actor=order.by.pseudonym,
            at=order.now,
            object_type="partners.importrun",
            object_id=str(run.pk),
            data={"connector": run.connector, "digest": run.digest, "forced": order.force, **counts},
        )
    )
