"""What a station offers, as sentences in each of the city's languages."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sharingcity.kernel.i18n import localised
from sharingcity.kernel.money import Money, format_money, minor_digits
from sharingcity.partners.connectors.gbfs.system import System
from sharingcity.partners.mapped import MappedFee

SHOWN_TYPES = 8


def descriptions(system: System, types: Iterable[Mapping[str, Any]], spots: int | None) -> dict[str, str]:
    """Who runs it, how many vehicles it has room for, and which vehicles there are."""
    kinds = list(types)[:SHOWN_TYPES]
    found: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            parts = [_run_by(system), _spots(spots), *(_type(system, one) for one in kinds)]
            found[code] = "\n".join(part for part in parts if part)
    return {code: text for code, text in found.items() if text}


def _run_by(system: System) -> str:
    name = localised(system.names)
    return _("Run by %(name)s. Book and pay there.") % {"name": name} if name else ""


def _spots(spots: int | None) -> str:
    if not spots:
        return ""
    return ngettext("Room for %(count)s vehicle", "Room for %(count)s vehicles", spots) % {"count": spots}


def _type(system: System, one: Mapping[str, Any]) -> str:
    name = localised(system.words(one.get("name"))) or form_words(str(one.get("form_factor", "")))
    facts = [_seats(one.get("rider_capacity")), _drive(str(one.get("propulsion_type", "")))]
    told = ", ".join(fact for fact in facts if fact)
    return f"{name} ({told})" if name and told else name


def form_words(form: str) -> str:
    """A kind of vehicle in the reader's language; empty for one that the standard has added since."""
    return {
        "car": pgettext("vehicle", "Car"),
        "bicycle": pgettext("vehicle", "Bicycle"),
        "cargo_bicycle": pgettext("vehicle", "Cargo bicycle"),
        "moped": pgettext("vehicle", "Moped"),
        "scooter": pgettext("vehicle", "Scooter"),
        "scooter_standing": pgettext("vehicle", "Kick scooter"),
        "scooter_seated": pgettext("vehicle", "Seated scooter"),
    }.get(form, "")


def _seats(value: Any) -> str:
    if not isinstance(value, int) or not 1 <= value <= 99:
        return ""
    return ngettext("%(count)s seat", "%(count)s seats", value) % {"count": value}


def _drive(kind: str) -> str:
    return {
        "electric": _("electric"),
        "electric_assist": _("electric assist"),
        "combustion": _("petrol or gas"),
        "combustion_diesel": _("diesel"),
        "hybrid": _("hybrid"),
        "plug_in_hybrid": _("plug-in hybrid"),
        "hydrogen_fuel_cell": _("hydrogen"),
    }.get(kind, "")


def fee_of(system: System, types: Iterable[Mapping[str, Any]]) -> MappedFee:
    """The tariffs of the vehicles as sentences: distance and time together are no price of an hour."""
    wanted = list(dict.fromkeys(_plan_ids(types))) or list(system.plans)
    plans = [system.plans[plan_id] for plan_id in wanted if plan_id in system.plans]
    if not plans:
        return MappedFee()
    if all(_costs_nothing(plan) for plan in plans):
        return MappedFee(is_free=True)
    with translation.override(settings.LANGUAGE_CODE):
        return MappedFee(is_free=False, text=" / ".join(dict.fromkeys(_plan(system, plan) for plan in plans)))


def _plan_ids(types: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for one in types:
        listed = one.get("pricing_plan_ids")
        for plan_id in (one.get("default_pricing_plan_id"), *(listed if isinstance(listed, list) else ())):
            if plan_id:
                yield str(plan_id)


def _costs_nothing(plan: Mapping[str, Any]) -> bool:
    rates = any(plan.get(name) for name in ("per_min_pricing", "per_km_pricing"))
    return not rates and _number(plan.get("price")) == 0


def _plan(system: System, plan: Mapping[str, Any]) -> str:
    name = localised(system.words(plan.get("name")))
    words = localised(system.words(plan.get("description"))) or _price(plan)
    return f"{name}: {words}" if name and words else name or words


def _price(plan: Mapping[str, Any]) -> str:
    price, currency = _number(plan.get("price")), str(plan.get("currency", ""))
    if price is None or len(currency) != 3 or not currency.isascii():
        return ""
    return format_money(Money(round(price * 10 ** minor_digits(currency)), currency), settings.LANGUAGE_CODE)


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if 0 <= number < 1e12 else None
