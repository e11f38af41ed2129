"""Entries as plain values for the API."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sharingcity.directory.access import needs_in
from sharingcity.kernel.city import zone
from sharingcity.kernel.i18n import localised

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation, Service


def present_organisation(one: "Organisation", origin: str, *, is_designated: bool) -> dict[str, Any]:
    return {
        "id": one.code,
        "slug": one.slug,
        "name": localised(one.names),
        "description": localised(one.descriptions),
        "legal_form": one.legal_form,
        "fields": list(one.fields),
        "problems": list(one.problems),
        "languages": list(one.languages),
        "district": one.district.slug if one.district else None,
        "is_designated": is_designated,
        "website": one.url,
        **_when(one),
        "url": f"{origin}/organisations/{quote(one.slug)}",
    }


def present_organisation_whole(
    one: "Organisation", services: "Sequence[Service]", origin: str, *, is_designated: bool
) -> dict[str, Any]:
    """With its services; a contact that it does not show is empty."""
    shown: Collection[str] = one.shown_contacts
    has_address = "address" in shown
    return present_organisation(one, origin, is_designated=is_designated) | {
        "names": one.names,
        "descriptions": one.descriptions,
        "registration_number": one.registration_number,
        "address": one.address if has_address else "",
        "phone": one.phone if "phone" in shown else "",
        "email": one.email if "email" in shown else "",
        "lat": one.lat if has_address else None,
        "lng": one.lng if has_address else None,
        "services": [present_service(service, origin) for service in services],
        "state": one.state,
    }


def present_service(one: "Service", origin: str) -> dict[str, Any]:
    owner = one.organisation
    return {
        "id": one.code,
        "slug": one.slug,
        "name": localised(one.names),
        "summary": localised(one.summaries),
        "organisation": {
            "id": owner.code,
            "slug": owner.slug,
            "name": localised(owner.names),
            "url": f"{origin}/organisations/{quote(owner.slug)}",
        },
        "kinds": list(one.kinds),
        "languages": list(one.languages),
        "price_level": one.price_level,
        "districts": [] if one.is_citywide else [district.slug for district in one.districts.all()],
        "website": one.url,
        **_when(one),
        "url": f"{origin}/services/{quote(one.slug)}",
    }


def present_service_whole(one: "Service", origin: str) -> dict[str, Any]:
    return present_service(one, origin) | {
        "names": one.names,
        "summaries": one.summaries,
        "descriptions": one.descriptions,
        "audience": one.audience,
        "price_words": one.price_words,
        "opening": one.opening,
        "steps": one.steps,
        "app_links": one.app_links,
        "access": list(needs_in(one.access)),
        "state": "retired" if "retired" in (one.state, one.organisation.state) else one.state,
    }


def _when(one: "Organisation | Service") -> dict[str, str | None]:
    return {name: _local(getattr(one, name)) for name in ("changed_at", "confirmed_at", "faded_at")}


def _local(at: datetime | None) -> str | None:
    """RFC 3339 with the city's offset."""
    return at.astimezone(zone()).isoformat() if at else None
