"""What goes when the city takes an organisation off: the listings that are shown. Just these come back."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.slots import ORGANISATION_RETIRED, RetirePart
from sharingcity.kernel.db import lock
from sharingcity.kernel.states import Actor
from sharingcity.listings.models import Listing
from sharingcity.listings.operations.recording import record_batch
from sharingcity.listings.slots import announce_change


def _count(organisation_id: int, _now: datetime) -> int:
    return Listing.objects.filter(organisation_id=organisation_id, state=Listing.State.PUBLISHED).count()


def _take(organisation_id: int, by: Actor, now: datetime, _reason: str) -> list[int]:
    """The reason stands with the organisation. What was not taken off by an import, no import shows again."""
    rows = Listing.objects.filter(organisation_id=organisation_id, state=Listing.State.PUBLISHED)
    found = _moved(list(rows.values_list("pk", flat=True)), Listing.State.PUBLISHED, now)
    announce_change([row.pk for row in found])
    record_batch(found, "retire", by, now, None)
    return [row.pk for row in found]


def _give_back(ids: list[int], by: Actor, now: datetime) -> None:
    found = _moved(ids, Listing.State.RETIRED, now)
    announce_change([row.pk for row in found])
    record_batch(found, "republish", by, now, None)


def _moved(ids: list[int], source: str, now: datetime) -> list[Listing]:
    """Those that still stand in `source`, now in the other state."""
    lock(f"listing:{pk}" for pk in ids)
    is_going = source == Listing.State.PUBLISHED
    found = list(Listing.objects.filter(pk__in=ids, state=source).order_by("pk"))
    for row in found:
        row.state = Listing.State.RETIRED if is_going else Listing.State.PUBLISHED
        row.retired_at, row.changed_at = now if is_going else None, now
    Listing.objects.bulk_update(found, ["state", "retired_at", "changed_at"], batch_size=200)
    return found


def register() -> None:
    part = RetirePart(title=_("Listings that are shown"), count=_count, take=_take, give_back=_give_back)
    ORGANISATION_RETIRED.register("listings", part)
