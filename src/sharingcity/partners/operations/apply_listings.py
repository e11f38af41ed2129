"""Prepared listings become listings: new ones made, changed ones updated in place, vanished ones retired."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sharingcity.kernel.dates import read_day
from sharingcity.kernel.db import writing_behind
from sharingcity.kernel.states import Actor
from sharingcity.listings.drafts import DATES, HoursDraft, ListingDraft, ListingUpdate, Source
from sharingcity.listings.operations import create_listings, retire_listings, update_listings
from sharingcity.listings.operations.imported import ImportedMark, mark_imported, mark_returned, mark_taken_off
from sharingcity.listings.operations.imported_places import ImportedPlace, settle_places
from sharingcity.listings.queries.hours import hours_as_json
from sharingcity.listings.queries.imported import ImportedRow, corrected_fields, decided_differences, imported_rows
from sharingcity.partners.frame.plan import Plan, make_plan, refuse_too_many_retired
from sharingcity.partners.operations.organisations import ensure_categories, ensure_organisations
from sharingcity.partners.operations.outcome import Applied
from sharingcity.partners.rules.prepared import PreparedHours, PreparedListing

ListingPlan = Plan[PreparedListing, ImportedRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Which connector brings it, out of which file, under which licence.

    `attribution`: whom to name instead of the file. `organisation_id`: whose it is whatever the source says.
    `is_by_owner`: the source speaks only for the owners that begin its keys; of others nothing vanishes.
    """

    connector: str
    file: str
    licence: str
    attribution: str = ""
    organisation_id: int | None = None
    is_by_owner: bool = False

    @property
    def source(self) -> Source:
        return Source(name=(self.attribution or f"{self.connector}: {self.file}")[:120], licence=self.licence[:80])


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How much may vanish: a fifth, or what somebody has seen and accepted, or anything."""

    is_forced: bool = False
    accepted: int = 0


EXAMPLES: Final = 20
A_FIFTH: Final = Allowance()


def apply_listings(
    items: Sequence[PreparedListing],
    origin: Origin,
    *,
    allowance: Allowance = A_FIFTH,
    by: Actor,
    now: datetime,
    kept: Collection[str] = (),
) -> Applied:
    """Compares first, writes then. `kept` keys are in the source, only not in order: they stay as they are.

    The caller holds the import's lock and its transaction.

    Raises: Refusal `import.too_many_retired` before anything is written.
    """
    plan = plan_listings(items, origin, kept)
    if not allowance.is_forced and len(plan.vanished) > allowance.accepted:
        refuse_too_many_retired(plan, sorted(row.listing_id for row in plan.vanished)[:EXAMPLES])
    if plan.created or plan.changed:
        with writing_behind():
            _write(plan, origin, by, now)
    _note_differences(plan, origin, by, now)
    if plan.vanished:
        gone = retire_listings(
            listing_ids=[row.listing_id for row in plan.vanished], source=origin.source, by=by, now=now
        )
        mark_taken_off(listing_ids=gone, source=origin.source.name, by=by, now=now)
    return Applied(len(plan.created), len(plan.changed), len(plan.unchanged), len(plan.vanished))


def plan_listings(items: Sequence[PreparedListing], origin: Origin, kept: Collection[str] = ()) -> ListingPlan:
    """What would become of the items, and of what the origin brought before; nothing is written."""
    known = imported_rows(origin.connector)
    if origin.is_by_owner:
        owners = {_owner(item.key) for item in items}
        known = {key: row for key, row in known.items() if _owner(key) in owners}
    in_order = {item.key for item in items}
    return make_plan(items, {key: row for key, row in known.items() if key in in_order or key not in kept})


def _owner(key: str) -> str:
    return key.partition(":")[0]


def _write(plan: ListingPlan, origin: Origin, by: Actor, now: datetime) -> None:
    written = [*plan.created, *(item for item, _ in plan.changed)]
    ensure_categories(written, by, now)
    organisations = _organisations(written, origin, by, now)
    places = settle_places(
        wanted={item.key: _place(item, organisations) for item in written},
        standing={item.key: row.place_id for item, row in plan.changed},
        by=by,
        now=now,
    )
    create_listings(
        drafts=[_draft(item, organisations, places, origin.connector) for item in plan.created],
        by=by,
        now=now,
        source=origin.source,
    )
    if plan.changed:
        _update(plan.changed, places, origin, by, now)


def _organisations(items: Sequence[PreparedListing], origin: Origin, by: Actor, now: datetime) -> Mapping[str, int]:
    if origin.organisation_id is None:
        return ensure_organisations(items, by, now)
    return {item.organisation.key: origin.organisation_id for item in items}


def _update(
    changed: Sequence[tuple[PreparedListing, ImportedRow]],
    places: Mapping[str, int],
    origin: Origin,
    by: Actor,
    now: datetime,
) -> None:
    corrected, decided = corrected_fields(origin.connector), decided_differences(origin.connector)
    updates = [
        ListingUpdate(
            listing_id=row.listing_id,
            changes=dict(_undecided(item.fields, row.listing_id, decided)),
            hours=_undecided_hours(item, row.listing_id, decided),
            content_hash=item.content_hash,
            row=item.row,
        )
        for item, row in changed
    ]
    update_listings(updates=updates, source=origin.source, by=by, now=now)
    mark_imported(
        marks=[
            ImportedMark(
                listing_id=row.listing_id,
                content_hash=item.content_hash,
                place_id=places[item.key],
                has_hours=item.hours is not None,
            )
            for item, row in changed
        ],
        corrected=corrected,
        now=now,
    )
    mark_returned(listing_ids=[row.listing_id for _, row in changed if row.may_return])


def _note_differences(plan: ListingPlan, origin: Origin, by: Actor, now: datetime) -> None:
    """A row that says what it always said may differ from what a person has set since."""
    corrected, decided = corrected_fields(origin.connector), decided_differences(origin.connector)
    updates = []
    for item, row in plan.unchanged:
        kept = corrected.get(row.listing_id, frozenset())
        said = dict(_undecided({name: item.fields[name] for name in kept & set(item.fields)}, row.listing_id, decided))
        hours = _undecided_hours(item, row.listing_id, decided) if "hours" in kept else None
        if row.is_shown and (said or hours):
            updates.append(ListingUpdate(listing_id=row.listing_id, changes=said, hours=hours))
    if updates:
        update_listings(updates=updates, source=origin.source, by=by, now=now)


def _undecided(
    fields: Mapping[str, Any], listing_id: int, decided: set[tuple[int, str, str]]
) -> Iterable[tuple[str, Any]]:
    """What nobody has turned down yet: the same answer is not asked for twice."""
    return ((name, value) for name, value in fields.items() if (listing_id, name, repr(value)) not in decided)


def _undecided_hours(item: PreparedListing, listing_id: int, decided: set[tuple[int, str, str]]) -> HoursDraft | None:
    """The hours, unless somebody has set others and turned these down."""
    hours = _hours(item.hours)
    return hours if hours and (listing_id, "hours", repr(hours_as_json(hours))) not in decided else None


def _place(item: PreparedListing, organisations: Mapping[str, int]) -> ImportedPlace:
    place = item.place
    return ImportedPlace(
        organisation_id=organisations[item.organisation.key],
        name=place.name,
        address=place.address,
        lat=place.lat,
        lng=place.lng,
        district_name=place.district_name,
    )


def _draft(
    item: PreparedListing, organisations: Mapping[str, int], places: Mapping[str, int], connector: str
) -> ListingDraft:
    days = {name: read_day(item.fields[name]) for name in DATES}
    return ListingDraft(
        kind=item.kind,
        organisation_id=organisations[item.organisation.key],
        place_id=places[item.key],
        hours=_hours(item.hours),
        connector=connector,
        external_key=item.key,
        content_hash=item.content_hash,
        row=item.row,
        **{**item.fields, **days},
    )


def _hours(hours: PreparedHours | None) -> HoursDraft | None:
    return HoursDraft(rule=hours.rule, closed_groups=hours.closed_groups) if hours else None
