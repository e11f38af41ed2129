"""Numbers as people write them, with their units and in the digits of their language."""

import re
from decimal import Decimal
from typing import Final

from sharingcity.kernel.money import minor_digits
from sharingcity.partners.frame.values import latin_digits, read_number
from sharingcity.partners.mapped import MappedFee

_UNITS = re.compile(r"\s*(명|인|석|면|대|개|㎡|m²|m2|제곱미터|people|persons?|seats?|أشخاص|شخصًا|شخص)$", re.IGNORECASE)
_MONEY = re.compile(r"^(?:₩|KRW|€|EUR|\$|USD)?\s*([\d.,]+)\s*(?:원|won|KRW|€|EUR|USD)?$", re.IGNORECASE)
_FREE: Final = frozenset(("무료", "없음", "free", "free of charge", "none", "no fee", "مجاني", "مجانًا", "مجانا", "0"))


def read_figure(text: str) -> float | None:
    """`30명`, `1,200`, `85.5 ㎡`, `٣٠`; None where it is no number."""
    return read_number(_UNITS.sub("", latin_digits(_UNITS.sub("", text))).strip())


def read_fee(text: str, currency: str) -> MappedFee:
    """Free, an amount for an hour, or a sentence that stands as it is."""
    written = latin_digits(text).strip()
    if not written:
        return MappedFee()
    if written.casefold() in _FREE:
        return MappedFee(is_free=True)
    amount = _MONEY.match(written)
    number = read_number(amount[1]) if amount else None
    if number is None:
        return MappedFee(text=text)
    minor = int(Decimal(str(number)).scaleb(minor_digits(currency)).to_integral_value())
    return MappedFee(is_free=not minor, base_minor=minor or None, base_minutes=60 if minor else None)
