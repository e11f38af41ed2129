"""A listing changed by people: fields, publication, and differences with what an import says."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.queries import categories
from sharingcity.kernel.city import local_date
from sharingcity.kernel.dates import read_day
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Conflict, NotFound, Refusal
from sharingcity.kernel.states import Actor
from sharingcity.listings.drafts import CHANGEABLE, DATES, HoursDraft
from sharingcity.listings.models import FieldDifference, Listing
from sharingcity.listings.operations.hours import hours_rows, write_version
from sharingcity.listings.operations.recording import keep_sources, record_change
from sharingcity.listings.permissions import check_may_manage
from sharingcity.listings.slots import announce_change
from sharingcity.listings.states import WORKFLOW


def change_listing(*, listing: Listing, changes: Mapping[str, Any], by: Actor, now: datetime) -> Listing:
    """Sets the fields named in `changes` (`category` by slug); a person's word survives the next import.

    Locks the listing. Raises: NotAllowed `people.not_allowed`; Refusal `listing.field_fixed`,
    `listing.title_missing`, `listing.category_unknown`, `listing.choice_unknown`, `listing.dates_reversed`.
    """
    check_may_manage(by, listing.place, listing.organisation_id, now)
    check_changes(changes)
    with write():
        lock([f"listing:{listing.pk}"])
        listing.refresh_from_db()
        changed = apply_changes(listing, changes)
        if changed:
            listing.changed_at = now
            listing.save(update_fields=[*changed, "changed_at"])
            keep_sources([(listing.pk, name, None) for name in changed], by=by, now=now)
            FieldDifference.objects.filter(listing=listing, field__in=changed, decided_at=None).update(decided_at=now)
            announce_change([listing.pk])
            record_change(listing, "change", by, now, fields=sorted(changed))
    return listing


def check_changes(changes: Mapping[str, Any]) -> None:
    """Raises: Refusal `listing.field_fixed`, `listing.title_missing`, `listing.choice_unknown`."""
    if unknown := set(changes) - CHANGEABLE:
        raise Refusal("listing.field_fixed", _("This cannot be changed here."), field=min(unknown))
    if "titles" in changes and not any(changes["titles"].values()):
        raise Refusal("listing.title_missing", _("Give it a title."), field="titles")
    if changes.get("booking", "here") not in Listing.Booking.values:
        raise Refusal("listing.choice_unknown", _("Choose one of the values offered."), field="booking")


def apply_changes(listing: Listing, changes: Mapping[str, Any]) -> list[str]:
    """Sets the fields on the row without saving it; returns those that really differ.

    Raises: Refusal `listing.category_unknown`, `listing.dates_reversed`.
    """
    values = {name: stored_value(name, value) for name, value in changes.items()}
    if "category" in values:
        values["category"] = _category(values["category"])
    changed = [name for name, value in values.items() if getattr(listing, name) != value]
    for name in changed:
        setattr(listing, name, values[name])
    check_dates(listing.first_date, listing.last_date)
    return changed


def stored_value(name: str, value: Any) -> Any:
    """As the row keeps it: imports and differences write days as `2026-11-26` and access as a number."""
    if name == "access":
        return int(value)
    return read_day(value) if name in DATES and isinstance(value, str) else value


def check_dates(first: date | None, last: date | None) -> None:
    """Raises: Refusal `listing.dates_reversed` for what would end before it begins."""
    if first and last and first > last:
        raise Refusal("listing.dates_reversed", _("The last day lies before the first."), field="last_date")


def _category(slug: str) -> Any:
    found = next((category for category in categories() if category.slug == slug), None)
    if slug and found is None:
        raise Refusal("listing.category_unknown", _("Choose one of the categories."), field="category")
    return found


def publish_listing(*, listing: Listing, by: Actor, now: datetime) -> Listing:
    """A draft is shown to everybody. Raises: as `Workflow.transition`."""
    return _move(listing, "publish", by, now)


def retire_listing(*, listing: Listing, by: Actor, now: datetime, reason: str) -> Listing:
    """It is no longer found nor booked; its page stays and says so. Bookings that stand are for their own queue.

    Raises: as `Workflow.transition`; `state.reason_missing`.
    """
    return _move(listing, "retire", by, now, reason)


def republish_listing(*, listing: Listing, by: Actor, now: datetime) -> Listing:
    """A retired listing is shown again. Raises: as `Workflow.transition`."""
    return _move(listing, "republish", by, now)


def _move(listing: Listing, event: str, by: Actor, now: datetime, reason: str = "") -> Listing:
    with write():
        lock([f"listing:{listing.pk}"])
        listing.refresh_from_db()
        listing.retired_at = now if event == "retire" else None
        listing.changed_at = now
        WORKFLOW.transition(listing, event, by=by, now=now, reason=reason, also=("retired_at", "changed_at"))
        announce_change([listing.pk])
    return listing


def decide_difference(*, difference_id: int, take_theirs: bool, by: Actor, now: datetime) -> FieldDifference:
    """Somebody decides between a person's word and an import's; taking theirs makes the import the origin again.

    Locks the listing. Raises: NotFound `difference.unknown`; Conflict `difference.decided`; NotAllowed
    `people.not_allowed`; Refusal `listing.dates_reversed`.
    """
    found = FieldDifference.objects.select_related("listing__place").filter(pk=difference_id).first()
    if found is None:
        raise NotFound("difference.unknown", _("There is no such difference."))
    listing = found.listing
    check_may_manage(by, listing.place, listing.organisation_id, now)
    with write():
        lock([f"listing:{listing.pk}"])
        found.refresh_from_db(fields=["decided_at"])
        if found.decided_at is not None:
            raise Conflict("difference.decided", _("Somebody has decided this already."))
        found.decided_at = now
        found.save(update_fields=["decided_at"])
        if take_theirs:
            _take(listing, found, now)
        record_change(listing, "decide_difference", by, now, field=found.field, take_theirs=take_theirs)
    return found


def _take(listing: Listing, difference: FieldDifference, now: datetime) -> None:
    listing.refresh_from_db()
    if difference.field == "hours":
        theirs = HoursDraft(rule=difference.theirs["rule"], closed_groups=tuple(difference.theirs["closed_groups"]))
        write_version(listing, hours_rows([theirs])[theirs], local_date(now))
        changed = []
        listing.changed_at = now
        listing.save(update_fields=["changed_at"])
    else:
        changed = apply_changes(listing, {difference.field: difference.theirs})
    if changed:
        listing.changed_at = now
        listing.save(update_fields=[*changed, "changed_at"])
    listing.sources.filter(field=difference.field).update(is_from_person=False, at=now)
    announce_change([listing.pk])
