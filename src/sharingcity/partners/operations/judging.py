"""A table that an office sends, judged as bringing it in would judge it: nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sharingcity.kernel.errors import Refusal
from sharingcity.partners.connectors.office_csv.connector import OfficeCsv
from sharingcity.partners.frame.plan import refuse_too_many_retired
from sharingcity.partners.frame.problems import RowProblem
from sharingcity.partners.frame.setting import Setting
from sharingcity.partners.frame.source import Source
from sharingcity.partners.models import Feed
from sharingcity.partners.operations.agreeing import plan_of
from sharingcity.partners.operations.apply_listings import ListingPlan
from sharingcity.partners.operations.bringing import Brought, only_own, read_source
from sharingcity.partners.operations.feed_runs import origin_of
from sharingcity.partners.registry import connector_entry
from sharingcity.partners.rules.prepared import PreparedListing
from sharingcity.partners.states import BY_HAND

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a run would come to. `is_held_back`: so much would vanish that it waits for a person of the city."""

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


def judge_table(*, organisation: "Organisation | None", table: bytes, now: datetime, today: date, name: str) -> Judged:
    """`organisation` None: the city's own table, of as many organisations as it names.

    Raises: Refusal `import.…` when the table as a whole cannot be taken.
    """
    brought = read_table_of(organisation, Source(name=name, data=table), now, today)
    plan = plan_of(brought)
    return Judged(
        rows=brought.staged.rows,
        rejected=brought.staged.rejected,
        skipped=brought.staged.skipped,
        plan=plan,
        problems=brought.staged.problems,
        is_held_back=_is_too_much(plan),
    )


def read_table_of(organisation: "Organisation | None", source: Source, now: datetime, today: date) -> Brought:
    """What it says, under the name that it would be kept under. Raises: as `judge_table`."""
    read = read_source(connector_entry(OfficeCsv.name), source, Setting(now=now), today)
    if organisation is None:
        return read
    brought = only_own(read, organisation.pk)
    feed = standing_feed(organisation.pk) or feed_by_hand(organisation, now)
    return replace(brought, origin=origin_of(feed, brought))


def standing_feed(organisation_id: int) -> Feed | None:
    """The one that reads such tables of theirs."""
    found = Feed.objects.filter(organisation_id=organisation_id, connector=OfficeCsv.name).exclude(state="retired")
    return found.select_related("organisation").order_by("pk").first()


def feed_by_hand(organisation: "Organisation", now: datetime) -> Feed:
    """As it would be made with their first table; nobody has saved it yet."""
    return Feed(
        connector=OfficeCsv.name,
        location=f"upload:{organisation.code}",
        organisation_id=organisation.pk,
        name=connector_entry(OfficeCsv.name).title,
        state=BY_HAND,
        every_minutes=31 * 24 * 60,
        created_at=now,
        watched_since=now,
        next_due_at=now,
    )


def _is_too_much(plan: ListingPlan) -> bool:
    try:
        refuse_too_many_retired(plan)
    except Refusal:
        return True
    return False
