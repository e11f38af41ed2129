"""A source on its way in, whoever asked for it: read and judged first, then written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sharingcity.directory.queries import organisations_by_external_key, organisations_by_id
from sharingcity.kernel.city import city_calendar, currency
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.memory import uncollected
from sharingcity.kernel.states import Actor
from sharingcity.listings.queries.imported import shown_ids_by_key
from sharingcity.partners.frame.problems import RowProblem, Severity, problem
from sharingcity.partners.frame.setting import Setting
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.staging import Staged, stage
from sharingcity.partners.operations.apply_districts import apply_districts
from sharingcity.partners.operations.apply_listings import Allowance, Origin, apply_listings
from sharingcity.partners.operations.outcome import Applied
from sharingcity.partners.queries import import_city
from sharingcity.partners.registry import Brings, ConnectorEntry
from sharingcity.partners.rules.prepared import prepare
from sharingcity.partners.rules.years_hours import never_open


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What a source says, and its items in the words of our tables."""

    entry: ConnectorEntry
    staged: Staged[Any]
    items: Sequence[Any]
    origin: Origin


@uncollected()
def read_source(entry: ConnectorEntry, source: Source, setting: Setting, today: date) -> Brought:
    """Nothing is written yet.

    Raises: Refusal `import.…` when the source as a whole cannot be taken.
    """
    connector: Any = entry.build(import_city())
    staged: Staged[Any] = stage(replace(connector, setting=setting) if entry.is_tuned else connector, source)
    origin = _origin(entry, source, setting)
    if entry.brings is not Brings.LISTINGS:
        return Brought(entry=entry, staged=staged, items=staged.items, origin=origin)
    found = never_open(staged.items, today, city_calendar())
    told = replace(staged, problems=_in_order((*staged.problems, *found)))
    return Brought(entry=entry, staged=told, items=prepare(staged.items, currency()), origin=origin)


def _origin(entry: ConnectorEntry, source: Source, setting: Setting) -> Origin:
    if entry.identify is None:
        return Origin(connector=entry.name, file=source.name, licence=entry.licence, is_by_owner=entry.is_by_owner)
    told = entry.identify(source, setting)
    return Origin(connector=told.scope, file=source.name, licence=told.licence, attribution=told.attribution)


def only_own(brought: Brought, organisation_id: int) -> Brought:
    """Where a table names its organisations, what an organisation sends speaks for itself alone: rows of others are
    rejected, and what they have is left alone.
    """
    if not brought.origin.is_by_owner:
        return brought
    others = [item for item in brought.items if item.organisation.known_id != organisation_id]
    if not others:
        return brought
    owners = organisations_by_id({item.organisation.known_id for item in others})
    told = [
        problem(
            Severity.REJECTED,
            "organisation_other",
            item.row,
            "",
            localised(owners[item.organisation.known_id].names)[:200] if item.organisation.known_id in owners else "",
        )
        for item in others
    ]
    return _without(brought, others, told)


def only_listed(brought: Brought) -> Brought:
    """Where a source brings its organisations along, nothing new of those that the city has taken off is shown: such
    rows are skipped. Under the origin's lock and in its transaction, so that it holds when the rest is written.
    """
    if brought.entry.brings is not Brings.LISTINGS or brought.origin.organisation_id is not None:
        return brought
    found = organisations_by_external_key({item.organisation.key for item in brought.items})
    off = {key: localised(one.names)[:200] for key, one in found.items() if one.state == "retired"}
    if not off:
        return brought
    shown = shown_ids_by_key(brought.origin.connector)
    left = [item for item in brought.items if item.organisation.key in off and item.key not in shown]
    told = [
        problem(Severity.SKIPPED, "organisation_retired", item.row, "", off[item.organisation.key]) for item in left
    ]
    return _without(brought, left, told)


def _without(brought: Brought, left: Sequence[Any], told: Sequence[RowProblem]) -> Brought:
    """Lacks these items and says of each, by `told`, whether it was rejected or skipped."""
    gone = {item.key for item in left}
    staged = brought.staged
    rejected = sum(found.severity is Severity.REJECTED for found in told)
    staged = replace(
        staged,
        items=tuple(item for item in staged.items if item.key not in gone),
        problems=_in_order((*staged.problems, *told)),
        rejected=staged.rejected + rejected,
        skipped=staged.skipped + len(told) - rejected,
    )
    return replace(brought, staged=staged, items=[item for item in brought.items if item.key not in gone])


def _in_order(problems: Iterable[RowProblem]) -> tuple[RowProblem, ...]:
    return tuple(sorted(problems, key=lambda found: found.row))


@uncollected()
def write_brought(brought: Brought, allowance: Allowance, by: Actor, now: datetime) -> Applied:
    """Listings or districts. The caller holds the lock of the origin and its transaction.

    Raises: Refusal `import.too_many_retired`, `import.neighbourhoods` before anything is written.
    """
    if brought.entry.brings is Brings.DISTRICTS:
        return apply_districts(brought.items, by, now)
    return apply_listings(
        brought.items, brought.origin, allowance=allowance, by=by, now=now, kept=brought.staged.rejected_keys
    )
