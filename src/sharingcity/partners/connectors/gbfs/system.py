"""The system as a whole: its names, languages, licence, and what its vehicles cost and need."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings

from sharingcity.kernel.i18n import localised
from sharingcity.listings.how_to_book import is_app_address
from sharingcity.partners.connectors.gbfs.documents import Documents, by_id, rows_of
from sharingcity.partners.frame.values import clean, read_url

_CREATIVE_COMMONS = re.compile(r"creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)", re.IGNORECASE)
LONGEST_WORDS: Final = 300
UNLICENSED: Final = "CC0-1.0"
"""What the standard says of a system that names no licence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """`language` is the one that plain words are in."""

    id: str
    names: Mapping[str, str]
    operators: Mapping[str, str]
    url: str
    phone: str
    hours: str
    licence: str
    language: str
    types: Mapping[str, Mapping[str, Any]]
    plans: Mapping[str, Mapping[str, Any]]
    regions: Mapping[str, Mapping[str, Any]]

    def words(self, value: Any) -> dict[str, str]:
        """Words of version 3 (a list, one for each language) or 2 (a text), in the city's languages."""
        return in_city_words(value, self.language)


def read_system(documents: Documents, language: str) -> System:
    """What the files say of the system; everything in it is optional."""
    data = documents.get("system_information", {}).get("data", {})
    languages = data.get("languages")
    spoken = language or str(
        data.get("language") or (languages[0] if isinstance(languages, list) and languages else "")
    )
    names = in_city_words(data.get("name"), spoken)
    operators = in_city_words(data.get("attribution_organization_name") or data.get("operator"), spoken) or names
    return System(
        id=clean(data.get("system_id"))[:60],
        names=names,
        operators=operators,
        url=read_url(clean(data.get("url"))) or read_url(clean(data.get("purchase_url"))),
        phone=clean(data.get("phone_number"))[:60],
        hours=clean(data.get("opening_hours")),
        licence=_licence(data),
        language=spoken.split("-")[0],
        types=by_id(rows_of(documents, "vehicle_types", "vehicle_types"), "vehicle_type_id"),
        plans=by_id(rows_of(documents, "system_pricing_plans", "plans"), "plan_id"),
        regions=by_id(rows_of(documents, "system_regions", "regions"), "region_id"),
    )


def own_words(words: Mapping[str, str]) -> str:
    """In the city's own language, whoever reads the source."""
    return localised(words, settings.LANGUAGE_CODE)


def in_city_words(value: Any, language: str) -> dict[str, str]:
    """The words in the languages of the city; those in another one stand in for the city's own where it is missing."""
    if isinstance(value, list):
        pairs = [(str(one.get("language", "")), one.get("text")) for one in value if isinstance(one, dict)]
    else:
        pairs = [(language, value)]
    found: dict[str, str] = {}
    for code, text in pairs:
        if cleaned := clean(text)[:LONGEST_WORDS]:
            found.setdefault(code.split("-")[0].lower(), cleaned)
    known = {code: found[code] for code, _name in settings.LANGUAGES if code in found}
    if found and settings.LANGUAGE_CODE not in known:
        known[settings.LANGUAGE_CODE] = localised(known) or next(iter(found.values()))
    return known


def _licence(data: Mapping[str, Any]) -> str:
    if named := clean(data.get("license_id")):
        return named[:80]
    address = clean(data.get("license_url"))
    if not address:
        return UNLICENSED
    found = _CREATIVE_COMMONS.search(address)
    if found is None:
        return address[:80]
    kind, name, version = found.groups()
    return f"CC0-{version}" if kind.lower() == "publicdomain" else f"CC-{name.upper()}-{version}"


def deep_links(row: Mapping[str, Any]) -> dict[str, str]:
    """`web`, `android`, `ios`: where the partner's page or app opens at this very place; nothing that runs in here."""
    uris = row.get("rental_uris")
    if not isinstance(uris, dict):
        return {}
    links = {"web": read_url(clean(uris.get("web")))}
    for platform in ("android", "ios"):
        address = clean(uris.get(platform))[:600]
        links[platform] = address if is_app_address(address) else ""
    return {name: address for name, address in links.items() if address}
