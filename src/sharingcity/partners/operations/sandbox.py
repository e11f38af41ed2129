"""What a partner's developers try out: a table is judged as a feed of theirs would be, and nothing is written."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import Refusal
from sharingcity.partners.connectors.office_csv.connector import OfficeCsv
from sharingcity.partners.frame.plan import refuse_too_many_retired
from sharingcity.partners.frame.problems import RowProblem
from sharingcity.partners.frame.source import Source
from sharingcity.partners.models import Feed
from sharingcity.partners.operations.apply_listings import ListingPlan, plan_listings
from sharingcity.partners.operations.bringing import only_own, read_source
from sharingcity.partners.operations.feed_runs import origin_of, setting_of
from sharingcity.partners.registry import connector_entry
from sharingcity.partners.rules.prepared import PreparedListing

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation

NAME: Final = "sandbox"
MOST_HEADINGS: Final = 100
"""Of rows in JSON, all their names together: each row is written out with every one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a run would come to. `is_held_back`: so much would vanish that a feed would wait for a person."""

    rows: int
    rejected: int
    skipped: int
    plan: ListingPlan
    problems: Sequence[RowProblem]
    is_held_back: bool

    @property
    def outcomes(self) -> list[tuple[str, PreparedListing]]:
        """Each row that would be taken with what would become of it, in the order of the table."""
        found = [("created", item) for item in self.plan.created]
        found += [("changed", item) for item, _known in self.plan.changed]
        found += [("unchanged", item) for item, _known in self.plan.unchanged]
        return sorted(found, key=lambda pair: pair[1].row)


def judge_table(*, organisation: "Organisation", table: bytes, now: datetime, today: date) -> Judged:
    """Raises: Refusal `import.…` when the table as a whole cannot be taken."""
    entry, feed = connector_entry(OfficeCsv.name), _feed_of(organisation, now)
    read = read_source(entry, Source(name=NAME, data=table), setting_of(feed, now), today)
    brought = only_own(read, organisation.pk)
    plan = plan_listings(brought.items, origin_of(feed, brought), brought.staged.rejected_keys)
    return Judged(
        rows=brought.staged.rows,
        rejected=brought.staged.rejected,
        skipped=brought.staged.skipped,
        plan=plan,
        problems=brought.staged.problems,
        is_held_back=_is_too_much(plan),
    )


def _feed_of(organisation: "Organisation", now: datetime) -> Feed:
    """The one that reads such tables of theirs; else one as it would be added, which nobody saves."""
    standing = Feed.objects.filter(organisation=organisation, connector=OfficeCsv.name).exclude(state="retired")
    return standing.order_by("pk").first() or Feed(
        connector=OfficeCsv.name, organisation_id=organisation.pk, created_at=now, watched_since=now
    )


def _is_too_much(plan: ListingPlan) -> bool:
    try:
        refuse_too_many_retired(plan)
    except Refusal:
        return True
    return False


def table_of_json(text: bytes) -> bytes:
    """`{"rows": [{"title": …}]}` as the table that it stands for, its headings in row 1.

    Raises: Refusal `sandbox.rows`.
    """
    rows = _rows(text)
    headings = list(dict.fromkeys(name for row in rows for name in row))
    if len(headings) > MOST_HEADINGS:
        raise _unreadable()
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(headings)
    writer.writerows([_cell(row.get(name)) for name in headings] for row in rows)
    return stream.getvalue().encode("utf-8", "replace")


def _rows(text: bytes) -> list[Mapping[str, Any]]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise _unreadable() from problem
    rows = said.get("rows") if isinstance(said, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _unreadable()
    return rows


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _unreadable()
    return str(value)


def _unreadable() -> Refusal:
    return Refusal(
        "sandbox.rows",
        _("Send {“rows”: [{…}]}: rows with the template's headings as names, each value a text or a number."),
        field="rows",
    )


def replaced_by_index(problems: Sequence[RowProblem]) -> list[RowProblem]:
    """Of rows in JSON the first is 1: there is no row of headings."""
    return [replace(found, row=max(1, found.row - 1)) for found in problems]
