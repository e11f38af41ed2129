"""The managing body takes over what an import brought: from then on people book it here."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sharingcity.booking.operations.terms import TermsDraft, set_terms
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Conflict, Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.states import Actor
from sharingcity.listings.drafts import UnitDraft
from sharingcity.listings.operations import add_unit, change_listing
from sharingcity.listings.permissions import check_may_manage
from sharingcity.listings.queries import hours_versions, units_of
from sharingcity.partners.queries.claiming import CLAIMABLE

if TYPE_CHECKING:
    from sharingcity.booking.models import FeeSchedule, Policy
    from sharingcity.listings.models import Listing


def claim_imported(
    *,
    listing: "Listing",
    policy: "Policy",
    by: Actor,
    now: datetime,
    fees: "FeeSchedule | None" = None,
    booking: str = "here",
) -> "Listing":
    """Makes an imported listing bookable here (`here`, or `request`), under a policy and fees of the managing body.

    It gets its unit, and later imports leave how it is booked alone. Hours are the imported ones until the body sets
    its own. Locks the listing.

    Raises: NotAllowed `people.not_allowed`; Conflict `claim.not_imported`, `claim.taken`, `claim.retired`; Refusal
    `claim.hours_missing` while nobody knows when it is open, `listing.choice_unknown`.
    """
    check_may_manage(by, listing.place, listing.organisation_id, now)
    if booking not in ("here", "request"):
        raise Refusal("listing.choice_unknown", _("Choose one of the values offered."), field="booking")
    with write():
        lock([f"listing:{listing.pk}"])
        listing.refresh_from_db()
        _check(listing, now)
        if not units_of([listing.pk]):
            add_unit(listing=listing, draft=UnitDraft(name=localised(listing.titles)[:120]), by=by, now=now)
        set_terms(drafts=[TermsDraft(listing=listing, policy=policy, fees=fees)], by=by, now=now)
        change_listing(listing=listing, changes={"booking": booking}, by=by, now=now)
    return listing


def _check(listing: "Listing", now: datetime) -> None:
    if not listing.connector:
        raise Conflict("claim.not_imported", _("This listing was not imported: it belongs to whoever entered it."))
    if listing.state == "retired":
        raise Conflict("claim.retired", _("This listing is retired. Show it again first."))
    if listing.booking not in CLAIMABLE:
        raise Conflict("claim.taken", _("This listing is booked here already."))
    if not hours_versions([listing.pk], Interval(now, now + timedelta(days=1))).get(listing.pk):
        raise Refusal("claim.hours_missing", _("Set the opening hours first: nobody knows yet when it is open."))
