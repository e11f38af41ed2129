"""Hearts: what can be kept from a page."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from sharingcity.finding.rules.keeping import Kept
from sharingcity.kernel.i18n import localised
from sharingcity.ui.components import Heart

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation, Service
    from sharingcity.listings.models import Listing


def heart_of_listing(listing: "Listing", kept: Collection[Kept]) -> Heart:
    return _heart(Kept("listing", listing.code), localised(listing.titles), kept)


def heart_of_service(service: "Service", kept: Collection[Kept]) -> Heart:
    return _heart(Kept("service", service.code), localised(service.names), kept)


def heart_of_organisation(organisation: "Organisation", kept: Collection[Kept]) -> Heart:
    return _heart(Kept("organisation", organisation.code), localised(organisation.names), kept)


def heart_of_kept(thing: Kept, title: str) -> Heart:
    """Of something on a list of kept things: the name it is kept under, which a merge may have changed since."""
    return _heart(thing, title, [thing])


def _heart(thing: Kept, title: str, kept: Collection[Kept]) -> Heart:
    """Without script it leads to a page that asks the same; strangers sign in on the way."""
    url = f"{reverse('favourites-keep')}?{urlencode(thing._asdict())}"
    return Heart(name=str(thing), title=title, url=url, is_kept=thing in kept)
