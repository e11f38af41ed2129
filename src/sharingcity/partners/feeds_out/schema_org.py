"""Pages in the words of schema.org, for search engines: JSON-LD that no title can break out of."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils.safestring import SafeString

from sharingcity.directory.access import WORDS as ACCESS_WORDS
from sharingcity.directory.access import needs_in
from sharingcity.kernel.city import currency
from sharingcity.kernel.i18n import language, localised
from sharingcity.kernel.money import minor_digits
from sharingcity.partners.feeds_out.addresses import organisation_path, service_path, short_path
from sharingcity.partners.feeds_out.licences import city_licence, licence_of, publisher_name
from sharingcity.partners.feeds_out.opening import HOLIDAYS, LONG_DAYS, spans_of_rule
from sharingcity.partners.feeds_out.privacy import shown_address, shown_phone, whereabouts

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation, Service
    from sharingcity.listings.models import Listing

Thing = dict[str, Any]
CONTEXT: Final = "https://schema.org"
TYPES: Final[Mapping[str, list[str]]] = {
    "space": ["Place", "Product"],
    "thing": ["Product"],
    "vehicle": ["Place", "Product"],
    "home": ["Accommodation", "Product"],
    "event": ["Event"],
}
LEGAL_TYPES: Final = {"public_body": "GovernmentOrganization", "company": "Corporation", "non_profit": "NGO"}
# What would end the script element, begin another, or end a line of a program that holds it.
ESCAPED: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def script_of(things: Sequence[Thing]) -> SafeString:
    """The content of a `script type="application/ld+json"`: data, which no policy runs and no `</script>` ends."""
    content = things[0] if len(things) == 1 else {"@graph": list(things)}
    text = json.dumps({"@context": CONTEXT} | _said(content), ensure_ascii=False)
    return SafeString(text.replace("\\u0000", "").translate(ESCAPED))


def _said(thing: Any) -> Any:
    """Without what is not known: no nulls, no empty words, no empty lists."""
    if isinstance(thing, Mapping):
        return {key: _said(value) for key, value in thing.items() if value not in (None, "", [], {})}
    return [_said(one) for one in thing] if isinstance(thing, list) else thing


def listing_thing(listing: "Listing", rule: str, today: date, origin: str) -> Thing:
    """A listing as a place, a product or an event; `rule` is that of its hours on `today`."""
    page = origin + short_path(listing)
    licence = licence_of(listing)
    thing = {
        "@type": TYPES[listing.kind],
        "@id": page,
        "url": page,
        "identifier": listing.code,
        "name": localised(listing.titles),
        "description": localised(listing.descriptions),
        "potentialAction": _reserve(listing, page),
        "subjectOf": {"@type": "WebPage", "url": page, "license": licence.url, "creditText": licence.attribution},
    }
    parts = {"space": _place, "vehicle": _place, "home": _home, "thing": _product, "event": _event}
    return thing | _offered(listing) | parts[listing.kind](listing, rule, today, origin)


def _offered(listing: "Listing") -> Thing:
    fee = listing.hour_fee_minor
    if fee is None:
        return {}
    price = str(Decimal(fee).scaleb(-minor_digits(currency())))
    offer = {
        "@type": "Offer",
        "price": price,
        "priceCurrency": currency(),
        "businessFunction": "http://purl.org/goodrelations/v1#LeaseOut",
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            "price": price,
            "priceCurrency": currency(),
            "unitCode": "HUR",
        },
    }
    free = {} if listing.kind == "thing" else {"isAccessibleForFree": fee == 0}
    return {"offers": offer, **free}


def _reserve(listing: "Listing", page: str) -> Thing | None:
    """Where it is reserved: here, or on the platform that it belongs to."""
    if listing.state == "retired" or listing.booking == "ask":
        return None
    target = listing.url if listing.booking == "elsewhere" and listing.url else page
    return {"@type": "ReserveAction", "target": {"@type": "EntryPoint", "urlTemplate": target}}


def _place(listing: "Listing", rule: str, today: date, origin: str) -> Thing:
    where = whereabouts(listing)
    return {
        "address": _address(listing, where.address),
        "geo": _geo(where.lat, where.lng),
        "telephone": where.phone,
        "maximumAttendeeCapacity": listing.capacity,
        "containedInPlace": {"@type": "Place", "name": localised(listing.place.names)},
        "openingHoursSpecification": opening_hours(rule, today),
        "amenityFeature": _features(listing.access),
        "publicAccess": True if listing.kind == "space" else None,
    }


def _home(listing: "Listing", rule: str, today: date, origin: str) -> Thing:
    """Without a door: the district, and a point about a kilometre off."""
    where = whereabouts(listing)
    return {
        "address": _address(listing, ""),
        "geo": _geo(where.lat, where.lng),
        "amenityFeature": _features(listing.access),
        "maximumAttendeeCapacity": listing.capacity,
    }


def _product(listing: "Listing", rule: str, today: date, origin: str) -> Thing:
    return {"category": localised(listing.category.names) if listing.category else ""}


def _event(listing: "Listing", rule: str, today: date, origin: str) -> Thing:
    where = whereabouts(listing)
    place = {
        "@type": "Place",
        "name": localised(listing.place.names),
        "address": _address(listing, where.address),
        "geo": _geo(where.lat, where.lng),
    }
    return {
        "startDate": listing.first_date.isoformat() if listing.first_date else "",
        "endDate": listing.last_date.isoformat() if listing.last_date else "",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventCancelled"
        if listing.state == "retired"
        else "https://schema.org/EventScheduled",
        "location": place,
        "organizer": _named(listing.organisation, origin),
        "maximumAttendeeCapacity": listing.capacity,
    }


def _address(listing: "Listing", street: str) -> Thing:
    district = listing.place.district
    return {
        "@type": "PostalAddress",
        "streetAddress": street,
        "addressLocality": localised(district.names) if district else "",
        "addressRegion": city_name(),
        "addressCountry": country(),
    }


def _geo(lat: float | None, lng: float | None) -> Thing | None:
    if lat is None or lng is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": lat, "longitude": lng}


def _features(access: int) -> list[Thing]:
    return [
        {"@type": "LocationFeatureSpecification", "name": str(ACCESS_WORDS[need]), "value": True}
        for need in needs_in(access)
    ]


def opening_hours(rule: str, today: date) -> list[Thing]:
    """Nothing where no week can say it; a closed public holiday opens and closes at midnight."""
    if not rule:
        return []
    found = []
    for span in spans_of_rule(rule, today):
        names = [f"https://schema.org/{'PublicHolidays' if d == HOLIDAYS else LONG_DAYS[d]}" for d in span.days]
        found.append(
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": names if len(names) > 1 else names[0],
                "opens": span.opens,
                "closes": span.closes,
            }
        )
    return found


def _named(organisation: "Organisation", origin: str) -> Thing:
    """An organisation in few words, inside something else."""
    page = origin + organisation_path(organisation)
    kind = LEGAL_TYPES.get(organisation.legal_form, "Organization")
    return {"@type": kind, "@id": page, "name": localised(organisation.names), "url": page}


def organisation_thing(organisation: "Organisation", origin: str) -> Thing:
    """Who shares, with the contacts that it shows to everybody."""
    street = shown_address(organisation)
    address = {
        "@type": "PostalAddress",
        "streetAddress": street,
        "addressLocality": localised(organisation.district.names) if organisation.district else "",
        "addressRegion": city_name(),
        "addressCountry": country(),
    }
    return {
        **_named(organisation, origin),
        "identifier": organisation.code,
        "alternateName": [name for name in organisation.names.values() if name != localised(organisation.names)],
        "description": localised(organisation.descriptions),
        "telephone": shown_phone(organisation),
        "sameAs": organisation.url,
        "address": address,
        "location": _spot(organisation) if street else None,
    }


def _spot(organisation: "Organisation") -> Thing | None:
    geo = _geo(organisation.lat, organisation.lng)
    return {"@type": "Place", "geo": geo} if geo else None


def service_thing(service: "Service", origin: str) -> Thing:
    """What an organisation runs, and where one begins with it."""
    page = origin + service_path(service)
    areas = [{"@type": "AdministrativeArea", "name": localised(one.names)} for one in service.districts.all()]
    whole = [{"@type": "City", "name": city_name()}]
    return {
        "@type": "Service",
        "@id": page,
        "url": page,
        "identifier": service.code,
        "name": localised(service.names),
        "description": localised(service.descriptions) or localised(service.summaries),
        "provider": _named(service.organisation, origin),
        "areaServed": whole if service.is_citywide else areas,
        "audience": _audience(service),
        "availableChannel": {
            "@type": "ServiceChannel",
            "serviceUrl": service.url or page,
            "availableLanguage": list(service.languages),
        },
        "offers": {"@type": "Offer", "price": "0", "priceCurrency": currency()}
        if service.price_level == "free"
        else None,
    }


def _audience(service: "Service") -> Thing | None:
    words = localised(service.audience)
    return {"@type": "Audience", "audienceType": words} if words else None


def city_things(origin: str) -> list[Thing]:
    """The hub itself, with its search."""
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{origin}/find?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    publisher = {"@type": "Organization", "@id": f"{origin}/#publisher", "name": publisher_name(), "url": origin + "/"}
    site = {
        "@type": "WebSite",
        "@id": f"{origin}/#site",
        "name": publisher_name(),
        "url": f"{origin}/",
        "inLanguage": language(),
        "publisher": {"@id": f"{origin}/#publisher"},
        "license": city_licence().url,
        "potentialAction": search,
    }
    return [site, publisher]


def city_name() -> str:
    return localised(settings.CITY_NAMES)


def country() -> str:
    return str(settings.CITY_COUNTRY)
