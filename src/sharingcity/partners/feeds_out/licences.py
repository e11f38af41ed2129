"""Under which terms a row may be used, and whom to name."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings

from sharingcity.kernel.i18n import localised
from sharingcity.listings.queries.given_away import Origin, told_of
from sharingcity.listings.queries.provenance import origin_of
from sharingcity.partners.registry import CONNECTORS

if TYPE_CHECKING:
    from sharingcity.listings.models import FieldSource, Listing

NAMES: Final = {
    "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
    "https://creativecommons.org/licenses/by-sa/4.0/": "CC BY-SA 4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
    "https://www.kogl.or.kr/info/license.do": "KOGL",
    "https://www.kogl.or.kr/info/licenseType1.do": "KOGL Type 1",
    "https://www.data.go.kr/ugs/selectPortalPolicyView.do": "이용허락범위 제한 없음",
}
"""Licences by their address, as publishers call them."""

ADDRESSES: Final = {name: address for address, name in NAMES.items()}


@dataclass(frozen=True, slots=True)
class Licence:
    """`url` is empty where the publisher names terms without an address."""

    name: str
    url: str
    attribution: str


def city_licence() -> Licence:
    """For what was entered here: the city states it (`SHARINGCITY_OPEN_DATA_LICENCE`)."""
    url = str(settings.OPEN_DATA_LICENCE)
    return Licence(NAMES.get(url, url), url, publisher_name())


def publisher_name() -> str:
    """Who gives this away, in the city's own language."""
    return f"Sharing City {localised(settings.CITY_NAMES, settings.LANGUAGE_CODE)}"


def licence_of(listing: "Listing") -> Licence:
    """An imported row keeps its publisher's terms, whoever has corrected it since."""
    if not listing.connector:
        return city_licence()
    entry = CONNECTORS.get(listing.connector)
    if entry is not None and entry.attribution:
        return _named(entry.licence, entry.attribution)
    origin = _origin(listing)  # a partner's feed, or a connector that has been taken out: what it said itself
    by = localised(listing.organisation.names, settings.LANGUAGE_CODE)
    return _named(origin.licence, origin.source or by) if origin else _named("", by)


def _named(licence: str, attribution: str) -> Licence:
    url = licence if licence.startswith("https://") else ADDRESSES.get(licence, "")
    return Licence(NAMES.get(url, licence), url, attribution)


def _origin(listing: "Listing") -> "FieldSource | Origin | None":
    """What the queries of open data bring along; a page of one listing asks for it."""
    told = told_of(listing)
    return origin_of(listing) if told is None else told.origin
