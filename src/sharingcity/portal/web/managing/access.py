"""Which listing a page is about, for those who may manage it."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.i18n import localised
from sharingcity.listings.permissions import can_manage_listing
from sharingcity.listings.queries import managed_listing
from sharingcity.portal.web.desk_access import signed_in
from sharingcity.ui.desk import moment

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing


def managed(request: HttpRequest, code: str) -> "Listing":
    """The listing, drafts too; 404 where there is none, 403 for those who may not manage it."""
    try:
        listing = managed_listing(code)
    except NotFound as refusal:
        raise Http404(str(refusal.sentence)) from refusal
    if not can_manage_listing(signed_in(request), listing, moment(request)):
        raise PermissionDenied
    return listing


def common(listing: "Listing") -> dict[str, Any]:
    """What every page about the listing says of it."""
    return {"code": listing.code, "title": localised(listing.titles), "place": localised(listing.place.names)}
