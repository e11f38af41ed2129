"""Mapped listings in the words of this city's tables, ready to be compared and written."""

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from sharingcity.kernel.money import Money, format_money
from sharingcity.kernel.records import record
from sharingcity.kernel.wording import length_words
from sharingcity.partners.categories import OTHER
from sharingcity.partners.mapped import MappedFee, MappedListing, MappedOrganisation, MappedReservation

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
NOTE_LENGTH = 500
QUALITY_OF_IMPORTS = 30
QUALITY_OF_EACH_FACT = 4
HOUR = 60


@record
class PreparedOrganisation:
    """The managing body; `key` is its own across files of one publisher. The rest is for when it is made."""

    key: str
    names: Mapping[str, str]
    legal_form: str
    phone: str
    url: str
    known_id: int | None = None


@record
class PreparedPlace:
    """Where it stands."""

    name: str
    address: str
    lat: float | None
    lng: float | None
    district_name: str


@record
class PreparedHours:
    """A rule and the named holiday runs on which it is closed besides."""

    rule: str
    closed_groups: tuple[str, ...]


@record
class PreparedListing:
    """One listing; `fields` are plain JSON by the names of the listing's fields."""

    key: str
    row: int
    kind: str
    organisation: PreparedOrganisation
    place: PreparedPlace
    hours: PreparedHours | None
    fields: Mapping[str, Any]

    @cached_property
    def content_hash(self) -> str:
        """Equal for equal content: a row that only moved within the file is unchanged."""
        place, hours = self.place, self.hours
        content = (
            self.kind,
            (self.organisation.key, self.organisation.names),
            (place.name, place.address, place.lat, place.lng, place.district_name),
            (hours.rule, hours.closed_groups) if hours else None,
            self.fields,
        )
        return sha256(_encode(content).encode()).hexdigest()


def prepare(items: Iterable[MappedListing], currency: str) -> list[PreparedListing]:
    """Words are composed in the city's own language, whatever language the import was started in."""
    with translation.override(settings.LANGUAGE_CODE):
        return [_prepared(item, currency) for item in items]


def _prepared(item: MappedListing, currency: str) -> PreparedListing:
    return PreparedListing(
        key=item.key,
        row=item.row,
        kind=item.kind,
        organisation=_organisation(item),
        place=PreparedPlace(
            name=item.place_name or item.title,
            address=(item.road_address or item.lot_address)[:300],
            lat=item.lat,
            lng=item.lng,
            district_name=item.district_name,
        ),
        hours=PreparedHours(rule=item.hours.rule, closed_groups=item.hours.closed_groups) if item.hours.rule else None,
        fields=_fields(item, currency),
    )


def _fields(item: MappedListing, currency: str) -> dict[str, Any]:
    description = _description(item)
    return {
        "titles": dict(item.titles) or {settings.LANGUAGE_CODE: item.title},
        "descriptions": dict(item.descriptions) or ({settings.LANGUAGE_CODE: description} if description else {}),
        "category": "" if item.category == OTHER else item.category,
        "booking": str(item.booking),
        "capacity": item.capacity,
        "spots": item.spots,
        "area_m2": item.area_m2,
        "opening_note": _shortened(item.hours.note),
        "fee_note": _shortened(fee_words(item.fee, currency)),
        "hour_fee_minor": hour_fee_minor(item.fee),
        "first_date": item.first_date.isoformat() if item.first_date else None,
        "last_date": item.last_date.isoformat() if item.last_date else None,
        "how_to_book": _how_to_book(item),
        "phone": item.how_to_book.phone[:60],
        "url": item.how_to_book.url[:800],
        "quality": _quality(item),
    }


def _organisation(item: MappedListing) -> PreparedOrganisation:
    """A name is one body's only within its provider: every district has a community centre."""
    body = item.organisation or MappedOrganisation(name=item.place_name or item.title)
    if body.known_id is not None:
        key = f"id:{body.known_id}"
        return PreparedOrganisation(key=key, names={}, legal_form="", phone="", url="", known_id=body.known_id)
    key = body.code or f"{item.provider_code}:{body.name}"
    names = {settings.LANGUAGE_CODE: body.name, "en": body.name_en}
    return PreparedOrganisation(
        key=f"kr:{key}"[:120],
        names={code: name for code, name in names.items() if name},
        legal_form=body.legal_form,
        phone=body.phone,
        url=body.url,
    )


def _description(item: MappedListing) -> str:
    equipment = _("Equipment: %s") % ", ".join(item.equipment) if item.equipment else ""
    return "\n\n".join(part for part in (item.description, equipment) if part)


def _shortened(text: str) -> str:
    return text if len(text) <= NOTE_LENGTH else f"{text[: NOTE_LENGTH - 1]}…"


def hour_fee_minor(fee: MappedFee) -> int | None:
    """What an hour costs, rounded up; 0 is free, None unknown. For filters and order only."""
    if fee.is_free:
        return 0
    if fee.base_minor is None or not fee.base_minutes:
        return None
    if fee.base_minutes < HOUR and fee.extra_minor and fee.extra_minutes:
        return fee.base_minor + -(-(HOUR - fee.base_minutes) // fee.extra_minutes) * fee.extra_minor
    return -(-fee.base_minor * HOUR // fee.base_minutes)


def fee_words(fee: MappedFee, currency: str) -> str:
    """The fee as a sentence; empty where it is free or nothing is known."""
    parts = []
    if fee.base_minor is not None:
        parts.append(_amount(fee.base_minor, fee.base_minutes, currency))
    if fee.extra_minor is not None:
        parts.append(_("extra %s") % _amount(fee.extra_minor, fee.extra_minutes, currency))
    if fee.text:
        parts.append(fee.text)
    if not parts and fee.is_free is False:
        parts.append(_("There is a fee"))
    return ", ".join(parts)


def _amount(amount_minor: int, minutes: int | None, currency: str) -> str:
    money = format_money(Money(amount_minor, currency), settings.LANGUAGE_CODE)
    return _("%(money)s for %(length)s") % {"money": money, "length": length_words(minutes)} if minutes else money


def _how_to_book(item: MappedListing) -> dict[str, Any]:
    how = item.how_to_book
    known: dict[str, Any] = {"ways": list(how.ways), "words": how.words}
    if how.apps:
        known["apps"] = dict(how.apps)
    if item.closed_text:
        known["closed_text"] = item.closed_text
    if item.reservation:
        known |= _applying(item.reservation)
    if item.audience:
        known["eligibility"] = item.audience
    return {name: value for name, value in known.items() if value not in ("", None, [], False)}


def _applying(reservation: MappedReservation) -> dict[str, Any]:
    instants = {
        name: value.isoformat() if (value := getattr(reservation, name)) else None
        for name in ("service_from", "service_until", "apply_from", "apply_until")
    }
    return {
        **instants,
        "cancel_days_before": reservation.cancel_days_before,
        "cancel_counted_from": reservation.cancel_counted_from,
        "status": reservation.status,
        "eligibility": reservation.eligibility,
        "is_linked": reservation.is_linked,
    }


def _quality(item: MappedListing) -> int:
    """More facts, further up; never above what can be booked here."""
    known = (item.lat, item.capacity, item.hours.is_exact or None, item.fee.is_free, item.how_to_book.url or None)
    return QUALITY_OF_IMPORTS + QUALITY_OF_EACH_FACT * sum(fact is not None for fact in known)
