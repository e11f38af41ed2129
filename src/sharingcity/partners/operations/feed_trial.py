"""What a feed would bring, before anybody adds it: fetched and judged, nothing written."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.states import Actor
from sharingcity.listings.queries.imported import imported_rows
from sharingcity.partners.frame.plan import make_plan
from sharingcity.partners.frame.problems import RowProblem, Severity
from sharingcity.partners.frame.setting import Setting
from sharingcity.partners.frame.source import SourceRefused
from sharingcity.partners.frame.web import Limits
from sharingcity.partners.operations.asking import asker
from sharingcity.partners.operations.bringing import Brought, read_source
from sharingcity.partners.operations.feeds import FeedDraft, checked
from sharingcity.partners.registry import Brings, ConnectorEntry
from sharingcity.people.permissions import CITY, require_ability

FILE: Final = Limits(max_bytes=20 * 1024 * 1024, timeout_seconds=12)
WHOLE_SECONDS: Final = 25.0
"""Somebody waits before the page."""
TOLD: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """`items` are what rows came to; `known` of them are here already. `told` are the first lines of the report."""

    rows: int
    items: int
    known: int
    rejected: int
    skipped: int
    warnings: int
    titles: tuple[str, ...]
    told: tuple[RowProblem, ...]


def try_feed(*, draft: FeedDraft, by: Actor, now: datetime, today: date) -> Trial:
    """Raises: as `add_feed`, and Refusal `import.…` when the source cannot be had or read."""
    require_ability(by, "run_imports", [CITY], now)
    entry = checked(draft)
    setting = Setting(language=draft.language, is_anywhere=draft.is_anywhere, now=now)
    fetched = entry.fetch(draft.location.strip(), asker(FILE, WHOLE_SECONDS), {}, draft.language)
    if fetched is None:
        raise SourceRefused("unreachable", _("“%(name)s” answers a question that nobody asked."), name=draft.location)
    return _judged(entry, read_source(entry, fetched.source, setting, today))


def _judged(entry: ConnectorEntry, brought: Brought) -> Trial:
    staged = brought.staged
    known = 0
    if entry.brings is Brings.LISTINGS:
        plan = make_plan(brought.items, imported_rows(brought.origin.connector))
        known = len(plan.changed) + len(plan.unchanged)
    return Trial(
        rows=staged.rows,
        items=len(staged.items),
        known=known,
        rejected=staged.rejected,
        skipped=staged.skipped,
        warnings=sum(found.severity is Severity.WARNING for found in staged.problems),
        titles=tuple(item.label for item in staged.items[:TOLD]),
        told=staged.problems[:TOLD],
    )
