"""The parts that HSDS objects are made of: addresses, telephones, schedules, prices, terms."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from sharingcity.kernel.city import currency, zone
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.money import minor_digits
from sharingcity.partners.feeds_out.addresses import part_id
from sharingcity.partners.feeds_out.opening import HOLIDAYS, SHORT_DAYS, Span, spans_of_rule

if TYPE_CHECKING:
    from sharingcity.directory.models import District

Object = dict[str, Any]
UNKNOWN: Final = ""
"""HSDS requires a postal code and a province; an empty one says that nobody has told us."""


def told(thing: Mapping[str, Any]) -> Object:
    """Without what is not known."""
    return {key: value for key, value in thing.items() if value not in (None, "", [], {})}


def other_name(words: Mapping[str, str]) -> str:
    """A name in another language beside the one that is shown."""
    shown = localised(words)
    return next((word for word in words.values() if word and word != shown), "")


def address_of(owner: str, location: str, street: str, district: "District | None") -> Object:
    return {
        "id": str(part_id("address", owner)),
        "location_id": location,
        "address_1": street,
        "city": localised(settings.CITY_NAMES),
        "region": localised(district.names) if district else UNKNOWN,
        "state_province": localised(settings.CITY_NAMES),
        "postal_code": UNKNOWN,
        "country": str(settings.CITY_COUNTRY),
        "address_type": "physical",
    }


def phone_of(owner: str, number: str, **of: str) -> list[Object]:
    return [{"id": str(part_id("phone", owner)), **of, "number": number, "type": "voice"}] if number else []


def languages_of(owner: str, codes: tuple[str, ...], service: str) -> list[Object]:
    return [{"id": str(part_id("language", owner, code)), "service_id": service, "code": code} for code in codes]


def cost_of(owner: str, fee_minor: int | None, service: str) -> list[Object]:
    """What an hour costs; nothing where nobody knows."""
    if fee_minor is None:
        return []
    amount = Decimal(fee_minor).scaleb(-minor_digits(currency()))
    return [
        {
            "id": str(part_id("cost", owner)),
            "service_id": service,
            "option": "hour",
            "currency": currency(),
            "amount": int(amount) if amount == int(amount) else float(amount),
        }
    ]


def schedules_of(owner: str, rule: str, note: str, today: date, **of: str) -> list[Object]:
    """A schedule for each span of a usual week; what no week can say stands in words."""
    if not rule:
        return [_schedule(owner, 0, {"description": note}, of)] if note else []
    spans = [span for span in spans_of_rule(rule, today) if not (span.is_closed or HOLIDAYS in span.days)]
    if not spans:
        return [_schedule(owner, 0, {"description": rule, "notes": note}, of)]
    return [_schedule(owner, number, _weekly(span, rule, note, today), of) for number, span in enumerate(spans)]


def _schedule(owner: str, number: int, facts: Mapping[str, Any], of: Mapping[str, str]) -> Object:
    return told({"id": str(part_id("schedule", owner, number)), **of, **facts})


def _weekly(span: Span, rule: str, note: str, today: date) -> Object:
    offset = _offset(today)
    return {
        "freq": "WEEKLY",
        "interval": 1,
        "wkst": "MO",
        "byday": ",".join(SHORT_DAYS[day] for day in span.days),
        "timezone": offset,
        "opens_at": f"{span.opens}{_written(offset)}",
        "closes_at": f"{span.closes}{_written(offset)}",
        "description": rule,
        "notes": note,
    }


def _offset(today: date) -> float:
    """Hours by which the city's clock is ahead of UTC at noon."""
    ahead = datetime.combine(today, time(12), zone()).utcoffset()
    hours = ahead.total_seconds() / 3600 if ahead else 0.0
    return int(hours) if hours == int(hours) else hours


def _written(offset: float) -> str:
    minutes = round(abs(offset) * 60)
    return f"{'-' if offset < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


def term_of(taxonomy: str, code: str, name: str) -> Object:
    return {
        "id": str(part_id("term", taxonomy, code)),
        "code": code,
        "name": name,
        "description": name,
        "taxonomy": taxonomy,
        "language": settings.LANGUAGE_CODE,
    }


def attribute_of(owner: str, entity: str, term: Object) -> Object:
    """That a term holds for something; `entity` is the kind of thing that `owner` names."""
    return {
        "id": str(part_id("attribute", owner, term["taxonomy"], term["code"])),
        "link_id": owner,
        "link_type": "taxonomy",
        "link_entity": entity,
        "taxonomy_term_id": term["id"],
        "taxonomy_term": term,
    }
