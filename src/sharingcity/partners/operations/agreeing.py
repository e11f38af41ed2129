"""What somebody agreed to when they saw the preview: that is done, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import Conflict
from sharingcity.partners.operations.apply_listings import Allowance, ListingPlan, plan_listings
from sharingcity.partners.operations.bringing import Brought


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The plan as it was shown. `vanished`: so many listings may go although that is more than a fifth."""

    plan: str
    vanished: int = 0


def plan_of(brought: Brought) -> ListingPlan:
    return plan_listings(brought.items, brought.origin, brought.staged.rejected_keys)


def keep_to(agreed: Agreed, brought: Brought) -> Allowance:
    """What may vanish. The caller holds the lock of the origin.

    Raises: Conflict `upload.preview_changed` when it would do something else than what was shown.
    """
    if fingerprint(plan_of(brought)) != agreed.plan:
        raise Conflict("upload.preview_changed", _("Meanwhile something has changed here. Look at the preview again."))
    return Allowance(accepted=agreed.vanished)


def fingerprint(plan: ListingPlan) -> str:
    """The same for plans that do the same."""
    told: Sequence[str] = [
        *(f"+{item.key} {item.content_hash}" for item in plan.created),
        *(f"~{item.key} {item.content_hash}" for item, _known in plan.changed),
        *(f"-{row.listing_id}" for row in plan.vanished),
    ]
    return sha256("\n".join(sorted(told)).encode("utf-8", "replace")).hexdigest()
