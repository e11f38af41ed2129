"""The rows that are given away, one flat mapping an entry: the same columns in CSV, JSON and GeoJSON."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from sharingcity.directory.access import code_of, needs_in
from sharingcity.kernel.city import currency, zone
from sharingcity.listings.queries.given_away import hours_on_day
from sharingcity.partners.feeds_out.addresses import organisation_path, service_path, short_path
from sharingcity.partners.feeds_out.licences import Licence, city_licence, licence_of
from sharingcity.partners.feeds_out.privacy import shown_address, shown_phone, whereabouts

if TYPE_CHECKING:
    from sharingcity.directory.models import District, Organisation, Service
    from sharingcity.listings.models import Listing

Row = dict[str, Any]
LANGUAGES: Final = ("ko", "en", "ar")


def named(prefix: str, words: Mapping[str, str]) -> Row:
    """`title_ko`, `title_en` …"""
    return {f"{prefix}_{language}": words.get(language) or "" for language in LANGUAGES}


def local(at: datetime | None) -> str:
    """RFC 3339 with the city's offset, whole seconds."""
    return at.astimezone(zone()).isoformat(timespec="seconds") if at else ""


def _terms(licence: Licence) -> Row:
    return {"licence": licence.name, "licence_url": licence.url, "attribution": licence.attribution}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def listing_row(listing: "Listing", today: date, origin: str) -> Row:
    """One listing; the opening hours are those of `today`."""
    hours = hours_on_day(listing, today)
    return {
        "id": listing.code,
        "kind": listing.kind,
        "state": listing.state,
        **named("title", listing.titles),
        "category": listing.category.slug if listing.category else "",
        "booking": listing.booking,
        **_where(listing),
        "capacity": listing.capacity,
        "spots": listing.spots,
        "area_m2": listing.area_m2,
        "access": ",".join(code_of(need) for need in needs_in(listing.access)),
        "first_date": _day(listing.first_date),
        "last_date": _day(listing.last_date),
        "opening_hours": hours.rule if hours else "",
        "closed_groups": hours.closed_groups if hours else "",
        "opening_note": listing.opening_note,
        "fee_an_hour_minor": listing.hour_fee_minor,
        "currency": currency(),
        "organisation": listing.organisation.slug,
        "url": listing.url,
        "page": origin + short_path(listing),
        "source": listing.connector,
        **_terms(licence_of(listing)),
        "created_at": local(listing.created_at),
        "changed_at": local(listing.changed_at),
        "retired_at": local(listing.retired_at),
    }


def _where(listing: "Listing") -> Row:
    place, where = listing.place, whereabouts(listing)
    coarse = where.precision == "about_1_km" or (not where.address and bool(place.address))
    return {
        **named("place", {} if coarse else place.names),
        "address": where.address,
        "district": place.district.slug if place.district else "",
        "lat": where.lat,
        "lng": where.lng,
        "precision": where.precision,
        "phone": where.phone,
    }


def organisation_row(organisation: "Organisation", today: date, origin: str) -> Row:
    """One organisation with the contacts that it shows to everybody; never an e-mail address, never a person."""
    shows_address = bool(shown_address(organisation))
    return {
        "id": organisation.code,
        "slug": organisation.slug,
        "state": organisation.state,
        **named("name", organisation.names),
        **named("description", organisation.descriptions),
        "legal_form": organisation.legal_form,
        "registration_number": organisation.registration_number,
        "fields": ",".join(organisation.fields),
        "problems": ",".join(organisation.problems),
        "languages": ",".join(organisation.languages),
        "district": organisation.district.slug if organisation.district else "",
        "address": shown_address(organisation),
        "lat": organisation.lat if shows_address else None,
        "lng": organisation.lng if shows_address else None,
        "phone": shown_phone(organisation),
        "url": organisation.url,
        "page": origin + organisation_path(organisation),
        "source": "import" if organisation.external_key else "",
        **_terms(city_licence()),
        "confirmed_at": local(organisation.confirmed_at),
        "created_at": local(organisation.created_at),
        "changed_at": local(organisation.changed_at),
    }


def service_row(service: "Service", today: date, origin: str) -> Row:
    """One service of an organisation, here or on a platform of its own."""
    return {
        "id": service.code,
        "slug": service.slug,
        "state": service.state,
        "organisation": service.organisation.slug,
        **named("name", service.names),
        **named("summary", service.summaries),
        **named("description", service.descriptions),
        "kinds": ",".join(service.kinds),
        "languages": ",".join(service.languages),
        **named("audience", service.audience),
        "price_level": service.price_level,
        **named("price", service.price_words),
        "is_citywide": service.is_citywide,
        "districts": ",".join(sorted(district.slug for district in service.districts.all())),
        **named("opening", service.opening),
        "access": ",".join(code_of(need) for need in needs_in(service.access)),
        "url": service.url,
        "page": origin + service_path(service),
        **_terms(city_licence()),
        "confirmed_at": local(service.confirmed_at),
        "created_at": local(service.created_at),
        "changed_at": local(service.changed_at),
    }


def district_row(district: "District", today: date, origin: str) -> Row:
    return {"code": district.code, "slug": district.slug, **named("name", district.names)}


def _three(prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}_{language}" for language in LANGUAGES)


LISTING_COLUMNS: Final = (
    *("id", "kind", "state", *_three("title"), "category", "booking", *_three("place"), "address", "district"),
    *("lat", "lng", "precision", "phone", "capacity", "spots", "area_m2", "access", "first_date", "last_date"),
    *("opening_hours", "closed_groups", "opening_note", "fee_an_hour_minor", "currency", "organisation", "url"),
    *("page", "source", "licence", "licence_url", "attribution", "created_at", "changed_at", "retired_at"),
)
ORGANISATION_COLUMNS: Final = (
    *("id", "slug", "state", *_three("name"), *_three("description"), "legal_form", "registration_number"),
    *("fields", "problems", "languages", "district", "address", "lat", "lng", "phone", "url", "page", "source"),
    *("licence", "licence_url", "attribution", "confirmed_at", "created_at", "changed_at"),
)
SERVICE_COLUMNS: Final = (
    *("id", "slug", "state", "organisation", *_three("name"), *_three("summary"), *_three("description")),
    *("kinds", "languages", *_three("audience"), "price_level", *_three("price"), "is_citywide", "districts"),
    *(*_three("opening"), "access", "url", "page", "licence", "licence_url", "attribution"),
    *("confirmed_at", "created_at", "changed_at"),
)
