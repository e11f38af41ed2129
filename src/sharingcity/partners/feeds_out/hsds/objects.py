"""Organisations, services and listings as HSDS objects: in short for lists, whole for one."""

from datetime import date
from typing import TYPE_CHECKING, Any

from sharingcity.directory.access import WORDS as ACCESS_WORDS
from sharingcity.directory.access import needs_in
from sharingcity.directory.vocabulary import FIELDS, LEGAL_FORMS, PRICE_LEVELS
from sharingcity.kernel.i18n import localised
from sharingcity.listings.how_to_book import how_to_book_words
from sharingcity.listings.queries.given_away import hours_on_day
from sharingcity.partners.feeds_out.addresses import (
    organisation_path,
    part_id,
    service_path,
    short_path,
    uuid_of,
)
from sharingcity.partners.feeds_out.atom import rfc3339
from sharingcity.partners.feeds_out.hsds.parts import (
    Object,
    address_of,
    attribute_of,
    cost_of,
    languages_of,
    other_name,
    phone_of,
    schedules_of,
    term_of,
    told,
)
from sharingcity.partners.feeds_out.licences import licence_of
from sharingcity.partners.feeds_out.privacy import is_coarse, shown_address, shown_phone, whereabouts
from sharingcity.ui.kinds import kind_look

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation, Service
    from sharingcity.listings.models import Listing


def short_organisation(one: "Organisation", origin: str) -> Object:
    """The fields that an organisation has once."""
    return {
        "id": str(uuid_of("organization", one.code)),
        "name": localised(one.names) or one.slug,
        # Required; an organisation that says nothing of itself is at least named.
        "description": localised(one.descriptions) or localised(one.names) or one.slug,
        "uri": origin + organisation_path(one),
        **told(
            {
                "alternate_name": other_name(one.names),
                "website": one.url,
                "legal_status": str(LEGAL_FORMS.get(one.legal_form, one.legal_form)),
            }
        ),
    }


def whole_organisation(one: "Organisation", services: "list[Service]", origin: str) -> Object:
    """With its telephone, its office and its services. Its listings are in `/services?organization_id=`."""
    key = str(uuid_of("organization", one.code))
    number = one.registration_number
    identifier = {
        "id": str(part_id("identifier", one.code)),
        "organization_id": key,
        "identifier_type": "registration number",
        "identifier": number,
    }
    terms = [term_of("fields of sharing", code, str(FIELDS.get(code, code))) for code in one.fields]
    return short_organisation(one, origin) | told(
        {
            "phones": phone_of(one.code, shown_phone(one), organization_id=key),
            "locations": _office(one, key),
            "organization_identifiers": [identifier] if number else [],
            "attributes": [attribute_of(key, "organization", term) for term in terms],
            "services": [short_service(service, origin) for service in services],
        }
    )


def _office(one: "Organisation", key: str) -> list[Object]:
    street = shown_address(one)
    if not street:
        return []
    location = str(part_id("office", one.code))
    facts = {"organization_id": key, "name": localised(one.names), "latitude": one.lat, "longitude": one.lng}
    address = address_of(f"office {one.code}", location, street, one.district)
    return [{"id": location, "location_type": "physical", **told(facts), "addresses": [address]}]


def short_service(one: "Service", origin: str) -> Object:
    """The fields that a service of the directory has once."""
    return {
        "id": str(uuid_of("service", one.code)),
        "organization_id": str(uuid_of("organization", one.organisation.code)),
        "name": localised(one.names) or one.slug,
        "status": "active" if one.state == "published" else "defunct",
        "last_modified": rfc3339(one.changed_at),
        **told(
            {
                "alternate_name": other_name(one.names),
                "description": localised(one.descriptions) or localised(one.summaries),
                "url": one.url or origin + service_path(one),
                "application_process": "\n".join(localised(step) for step in one.steps),
                "fees_description": localised(one.price_words)
                or str(PRICE_LEVELS.get(one.price_level, one.price_level)),
                "eligibility_description": localised(one.audience),
                "assured_date": one.confirmed_at.date().isoformat() if one.confirmed_at else "",
            }
        ),
    }


def whole_service(one: "Service", origin: str) -> Object:
    """With its organisation, the area served, languages and opening hours."""
    key = str(uuid_of("service", one.code))
    page = origin + service_path(one)
    terms = [term_of("fields of sharing", code, str(FIELDS.get(code, code))) for code in one.kinds]
    links = [{"id": str(part_id("link", one.code)), "label": "page", "url": page}] if one.url else []
    return short_service(one, origin) | told(
        {
            "organization": short_organisation(one.organisation, origin),
            "additional_urls": links,
            "phones": phone_of(f"service {one.code}", shown_phone(one.organisation), service_id=key),
            "schedules": schedules_of(one.code, "", localised(one.opening), one.changed_at.date(), service_id=key),
            "languages": languages_of(one.code, tuple(one.languages), key),
            "service_areas": _areas(one, key),
            "attributes": [attribute_of(key, "service", term) for term in terms],
        }
    )


def _areas(one: "Service", key: str) -> list[Object]:
    return [
        {
            "id": str(part_id("area", one.code, district.slug)),
            "service_id": key,
            "name": localised(district.names),
            "extent": localised(district.names),
            "extent_type": "text",
        }
        for district in one.districts.all()
    ]


def short_listing(one: "Listing", origin: str) -> Object:
    """A listing is a service, too: something that can be had at a place."""
    licence = licence_of(one)
    return {
        "id": str(uuid_of("listing", one.code)),
        "organization_id": str(uuid_of("organization", one.organisation.code)),
        "name": localised(one.titles) or one.code,
        "status": "active" if one.state == "published" else "defunct",
        "last_modified": rfc3339(one.changed_at),
        "url": origin + short_path(one),
        **told(
            {
                "alternate_name": other_name(one.titles),
                "description": localised(one.descriptions),
                "application_process": how_to_book_words(one.how_to_book),
                "fees_description": one.fee_note,
                "licenses": f"{licence.attribution} · {licence.name}".strip(" ·") if one.connector else "",
            }
        ),
    }


def whole_listing(one: "Listing", today: date, origin: str) -> Object:
    """With its organisation, its place, its hours and what an hour costs."""
    key = str(uuid_of("listing", one.code))
    terms = [term_of("kinds of sharing", one.kind, str(kind_look(one.kind).one))]
    if one.category:
        terms.append(term_of("categories", one.category.slug, localised(one.category.names)))
    links = [{"id": str(part_id("link", one.code)), "label": "source", "url": one.url}] if one.url else []
    return short_listing(one, origin) | told(
        {
            "organization": short_organisation(one.organisation, origin),
            "additional_urls": links,
            "phones": phone_of(one.code, whereabouts(one).phone, service_id=key),
            "schedules": _schedules(one, today, key),
            "cost_options": cost_of(one.code, one.hour_fee_minor, key),
            "service_at_locations": [whole_at_location(one)],
            "attributes": [attribute_of(key, "service", term) for term in terms],
        }
    )


def _schedules(one: "Listing", today: date, key: str) -> list[Object]:
    hours = hours_on_day(one, today)
    note = one.opening_note
    return schedules_of(one.code, hours.rule if hours else "", note, today, service_id=key)


def short_at_location(one: "Listing") -> Object:
    """That a listing is had at a place."""
    return {
        "id": str(uuid_of("service_at_location", one.code)),
        "service_id": str(uuid_of("listing", one.code)),
        "location_id": str(_location_id(one)),
    }


def _location_id(one: "Listing") -> Any:
    """A home has a location of its own: that of its building would show which homes share one."""
    return part_id("home", one.code) if is_coarse(one) else uuid_of("location", one.place.code)


def whole_at_location(one: "Listing") -> Object:
    return short_at_location(one) | {"location": _location(one)}


def _location(one: "Listing") -> Object:
    place, where, key = one.place, whereabouts(one), str(_location_id(one))
    facts = {
        "organization_id": str(uuid_of("organization", one.organisation.code)),
        "name": "" if is_coarse(one) else localised(place.names),
        "transportation": "" if is_coarse(one) else localised(place.directions),
        "latitude": where.lat,
        "longitude": where.lng,
        "accessibility": [
            {"id": str(part_id("access", one.code, need.name)), "description": str(ACCESS_WORDS[need])}
            for need in needs_in(one.access)
        ],
    }
    return {
        "id": key,
        "location_type": "physical",
        **told(facts),
        "addresses": [address_of(f"listing {one.code}", key, where.address, place.district)],
    }
