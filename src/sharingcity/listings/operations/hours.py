"""Opening hours: checked, shared where equal, dated."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.calendar import HoursInvalid, validate_hours
from sharingcity.kernel.calendar.named_days import NAMES
from sharingcity.kernel.city import local_date
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.states import Actor
from sharingcity.listings.drafts import HoursDraft
from sharingcity.listings.models import HoursVersion, Listing, OpeningHours
from sharingcity.listings.operations.recording import keep_sources, record_change
from sharingcity.listings.permissions import check_may_manage
from sharingcity.listings.slots import announce_change


def set_opening_hours(
    *, listing: Listing, hours: HoursDraft, by: Actor, now: datetime, valid_from: date | None = None
) -> HoursVersion:
    """The hours of a listing from a day on (today when none is named), until the next version. Locks the listing.

    Which bookings the change hits is for booking to show before; this writes the hours.

    Raises: NotAllowed `people.not_allowed`; Refusal `hours.invalid`, `hours.group_unknown`, `hours.in_the_past`.
    """
    check_may_manage(by, listing.place, listing.organisation_id, now)
    first = valid_from or local_date(now)
    if first < local_date(now):
        raise Refusal("hours.in_the_past", _("Hours change from today on at the earliest."), field="valid_from")
    with write():
        lock([f"listing:{listing.pk}"])
        version = write_version(listing, hours_rows([hours])[hours], first)
        listing.changed_at = now
        listing.save(update_fields=["changed_at"])
        keep_sources([(listing.pk, "hours", None)], by=by, now=now)
        announce_change([listing.pk])
        record_change(listing, "set_hours", by, now, rule=hours.rule, valid_from=first.isoformat())
    return version


def write_version(listing: Listing, rule: OpeningHours, first: date) -> HoursVersion:
    """Ends what held before, keeps what is planned after. The caller holds the listing's lock."""
    versions = HoursVersion.objects.filter(listing=listing)
    following = versions.filter(valid_from__gt=first).order_by("valid_from").first()
    versions.filter(Q(valid_until=None) | Q(valid_until__gt=first), valid_from__lt=first).update(valid_until=first)
    version, _is_new = HoursVersion.objects.update_or_create(
        listing=listing,
        valid_from=first,
        defaults={"hours": rule, "valid_until": following.valid_from if following else None},
    )
    return version


def versions_on(listing_ids: Iterable[int], day: date) -> list[HoursVersion]:
    """What holds on `day`, with the rules; one query."""
    rows = HoursVersion.objects.filter(listing_id__in=list(listing_ids), valid_from__lte=day)
    return list(rows.exclude(valid_until__lte=day).select_related("hours").order_by("listing_id", "valid_from"))


def hours_rows(drafts: Iterable[HoursDraft]) -> dict[HoursDraft, OpeningHours]:
    """The shared row of each rule, made where it is new; three queries for any number.

    Raises: Refusal `hours.invalid` (with the sentence that says the mend), `hours.group_unknown`.
    """
    wanted = {draft: _key(draft) for draft in set(drafts)}
    known = _rows_by_key({rule for rule, _ in wanted.values()})
    missing = sorted(set(wanted.values()) - set(known))
    OpeningHours.objects.bulk_create(
        (OpeningHours(rule=rule, closed_groups=groups) for rule, groups in missing), ignore_conflicts=True
    )
    if missing:
        known = _rows_by_key({rule for rule, _ in wanted.values()})
    return {draft: known[key] for draft, key in wanted.items()}


def _rows_by_key(rules: set[str]) -> dict[tuple[str, str], OpeningHours]:
    return {(row.rule, row.closed_groups): row for row in OpeningHours.objects.filter(rule__in=rules)}


def _key(draft: HoursDraft) -> tuple[str, str]:
    try:
        validate_hours(draft.rule)
    except HoursInvalid as problem:
        raise Refusal("hours.invalid", problem.sentence, field="hours", rule=draft.rule) from problem
    if unknown := set(draft.closed_groups) - NAMES:
        raise Refusal(
            "hours.group_unknown", _("There is no such group of holidays."), field="hours", group=min(unknown)
        )
    return draft.rule.strip(), ",".join(sorted(set(draft.closed_groups)))
