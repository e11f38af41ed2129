"""Results as plain values for the API: one place that turns listings into words and numbers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.utils.text import slugify

from sharingcity.finding.queries import Availability, Page, Result
from sharingcity.finding.queries.entries import EntryHit
from sharingcity.finding.queries.entries import Shown as EntriesShown
from sharingcity.finding.queries.everything import Everything
from sharingcity.kernel.city import currency, zone
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.access import code_of, needs_in
from sharingcity.listings.how_to_book import how_to_book_words
from sharingcity.listings.live import LiveFigures

if TYPE_CHECKING:
    from sharingcity.finding.queries.clusters import MapSection
    from sharingcity.listings.models import HoursVersion, Listing


def local(at: datetime) -> str:
    """RFC 3339 with the city's offset."""
    return at.astimezone(zone()).isoformat()


def slot(span: Interval) -> dict[str, str]:
    return {"starts_at": local(span.starts_at), "ends_at": local(span.ends_at)}


def path_of(listing: "Listing") -> str:
    """The page of a listing; the slug is for the reader, the id decides."""
    slug = slugify(localised(listing.titles), allow_unicode=True)
    return f"/listings/{listing.code}/{slug}" if slug else f"/listings/{listing.code}"


def present_result(result: Result, unit_count: int, origin: str, live: LiveFigures | None = None) -> dict[str, Any]:
    """One listing as a result; `origin` is where the hub answers (`https://…`)."""
    listing = result.listing
    return {
        "id": listing.code,
        "kind": listing.kind,
        "title": localised(listing.titles),
        "booking": listing.booking,
        "category": listing.category.slug if listing.category else None,
        "place": _place(listing),
        "organisation": {
            "id": listing.organisation.code,
            "slug": listing.organisation.slug,
            "name": localised(listing.organisation.names),
        },
        "fee": _fee(listing.hour_fee_minor),
        "capacity": listing.capacity,
        "spots": listing.spots,
        "first_date": listing.first_date,
        "last_date": listing.last_date,
        "access": [code_of(need) for need in needs_in(listing.access)],
        "unit_count": unit_count,
        "first_slot": slot(result.first_slot) if result.first_slot else None,
        "distance_m": None if result.distance_m is None else round(result.distance_m),
        "live": _live(live) if live else None,
        "url": origin + path_of(listing),
    }


def _place(listing: "Listing") -> dict[str, Any]:
    place = listing.place
    return {
        "name": localised(place.names),
        "district": localised(place.district.names) if place.district else None,
        "lat": place.lat,
        "lng": place.lng,
    }


def _fee(hour_fee_minor: int | None) -> dict[str, Any] | None:
    if hour_fee_minor is None:
        return None
    return {"amount_minor": hour_fee_minor, "currency": currency(), "per_minutes": 60}


def _live(live: LiveFigures) -> dict[str, Any]:
    return {
        "vehicles_available": live.vehicles_available,
        "docks_available": live.docks_available,
        "reported_at": local(live.reported_at),
        "is_stale": live.is_stale,
    }


def present_page(
    page: Page, units: Mapping[int, Sequence[object]], origin: str, live: Mapping[int, LiveFigures]
) -> dict[str, Any]:
    return {
        "results": [
            present_result(one, len(units.get(one.listing.pk, ())), origin, live.get(one.listing.pk))
            for one in page.results
        ],
        "count": {"value": page.count.value, "is_exact": page.count.is_exact},
        "next": page.next or None,
    }


def present_everything(
    found: Everything, units: Mapping[int, Sequence[object]], origin: str, live: Mapping[int, LiveFigures]
) -> dict[str, Any]:
    """The one search; what was taken off while it ran is left out."""

    def shown(one: EntryHit | Result) -> dict[str, Any] | None:
        if not isinstance(one, Result):
            entry = present_entry(one, found.shown, origin)
            return {"kind": one.kind, "entry": entry} if entry else None
        number = one.listing.pk
        listing = present_result(one, len(units.get(number, ())), origin, live.get(number))
        return {"kind": one.listing.kind, "listing": listing}

    results = [result for one in found.hits if (result := shown(one))]
    counts = {kind: {"value": count.value, "is_exact": count.is_exact} for kind, count in found.counts.items()}
    return {"results": results, "counts": counts}


def present_entry(hit: EntryHit, shown: EntriesShown, origin: str) -> dict[str, Any] | None:
    """An organisation or a service as a result."""
    if hit.kind == "service":
        service = shown.services.get(hit.entry_id)
        if service is None:
            return None
        owner, summary, path = service.organisation, service.summaries, f"/services/{service.slug}"
        slug, code, names = service.slug, service.code, service.names
    else:
        host = shown.organisations.get(hit.entry_id)
        if host is None:
            return None
        owner, summary, path = host, host.descriptions, f"/organisations/{host.slug}"
        slug, code, names = host.slug, host.code, host.names
    return {
        "id": code,
        "slug": slug,
        "name": localised(names),
        "summary": localised(summary),
        "organisation": {"id": owner.code, "slug": owner.slug, "name": localised(owner.names)},
        "is_designated": owner.pk in shown.designated,
        "distance_m": None if hit.distance_m is None else round(hit.distance_m),
        "url": origin + quote(path),
    }


def present_detail(
    result: Result,
    unit_count: int,
    origin: str,
    versions: "Iterable[HoursVersion]",
    live: LiveFigures | None = None,
) -> dict[str, Any]:
    """Everything public about one listing."""
    listing = result.listing
    return {
        **present_result(result, unit_count, origin, live),
        "titles": listing.titles,
        "description": localised(listing.descriptions),
        "address": listing.place.address,
        "directions": localised(listing.place.directions),
        "floor": listing.floor,
        "area_m2": listing.area_m2,
        "hours": [_hours(version) for version in versions],
        "opening_note": listing.opening_note,
        "fee_note": listing.fee_note,
        "how_to_book": how_to_book_words(listing.how_to_book),
        "phone": listing.phone,
        "external_url": listing.url,
        "state": listing.state,
    }


def _hours(version: "HoursVersion") -> dict[str, Any]:
    return {
        "rule": version.hours.rule,
        "closed_on": [group for group in version.hours.closed_groups.split(",") if group],
        "valid_from": version.valid_from.isoformat(),
        "valid_until": version.valid_until.isoformat() if version.valid_until else None,
    }


def present_section(section: "MapSection") -> dict[str, Any]:
    clusters = [
        {"lat": round(one.lat, 5), "lng": round(one.lng, 5), "count": one.count, "kinds": one.kinds}
        for one in section.clusters
    ]
    return {"clusters": clusters, "count": section.count, "is_filtered": section.is_filtered}


def present_availability(found: Availability) -> dict[str, Any]:
    return {name: [slot(span) for span in getattr(found, name)] for name in ("open", "busy", "free")}
