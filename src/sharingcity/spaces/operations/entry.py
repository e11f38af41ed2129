"""Door codes and words on how to get in."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import Words
from sharingcity.kernel.states import Actor
from sharingcity.listings.permissions import check_may_manage
from sharingcity.spaces.models import EntryInstruction
from sharingcity.spaces.operations.recording import record

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing, Unit


def set_entry_instruction(
    *,
    listing: "Listing",
    door_code: str,
    words: Words,
    by: Actor,
    now: datetime,
    unit: "Unit | None" = None,
) -> EntryInstruction:
    """From now on this is how to get into the listing, or into one `unit` of it; what held before ends.

    The journal says that it changed, never the code. Locks the listing. Raises: NotAllowed `people.not_allowed`;
    Refusal `entry.empty`, `entry.unit_elsewhere`.
    """
    check_may_manage(by, listing.place, listing.organisation_id, now)
    if not door_code.strip() and not any(word.strip() for word in words.values()):
        raise Refusal("entry.empty", _("Give a door code or say how to get in."), field="door_code")
    if unit is not None and not listing.listing_units.filter(unit=unit).exists():
        raise Refusal("entry.unit_elsewhere", _("This unit is no part of the listing."), field="unit")
    with write():
        lock([f"listing:{listing.pk}"])
        _end(listing, unit, now)
        made = EntryInstruction.objects.create(
            listing=None if unit else listing,
            unit=unit,
            door_code=door_code.strip(),
            words=dict(words),
            valid_from=now,
        )
        record("entry.set", made, listing.place, by=by, now=now, listing=listing.pk, unit=unit.pk if unit else None)
    return made


def end_entry_instruction(*, listing: "Listing", by: Actor, now: datetime, unit: "Unit | None" = None) -> bool:
    """The code or the words no longer hold; returns whether there were any. Locks the listing.

    Raises: NotAllowed `people.not_allowed`.
    """
    check_may_manage(by, listing.place, listing.organisation_id, now)
    with write():
        lock([f"listing:{listing.pk}"])
        ended = _end(listing, unit, now)
        if ended:
            record("entry.end", listing, listing.place, by=by, now=now, unit=unit.pk if unit else None)
    return bool(ended)


def _end(listing: "Listing", unit: "Unit | None", now: datetime) -> int:
    rows = EntryInstruction.objects.filter(unit=unit) if unit else EntryInstruction.objects.filter(listing=listing)
    standing = rows.filter(Q(valid_until=None) | Q(valid_until__gt=now))
    return standing.update(valid_until=now)
