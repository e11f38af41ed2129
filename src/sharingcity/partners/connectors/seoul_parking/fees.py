"""Fees of a car park: so much for the first minutes, so much for each further unit, a ceiling, a monthly pass."""

from collections.abc import Mapping

from sharingcity.partners.connectors.seoul_parking import columns
from sharingcity.partners.frame.values import read_number
from sharingcity.partners.mapped import MappedFee


def read_fee(values: Mapping[str, str]) -> MappedFee:
    """The won has no minor unit. A unit of no minutes or no money is not stated."""
    if values.get(columns.PAID) == "N":
        return MappedFee(is_free=True)
    base = _unit(values, columns.BASE_FEE, columns.BASE_MINUTES)
    extra = _unit(values, columns.EXTRA_FEE, columns.EXTRA_MINUTES)
    if base is None:
        base, extra = extra, None
    if extra == base:
        extra = None
    return MappedFee(
        is_free=False,
        base_minor=base[0] if base else None,
        base_minutes=base[1] if base else None,
        extra_minor=extra[0] if extra else None,
        extra_minutes=extra[1] if extra else None,
        text=_words(values),
    )


def _unit(values: Mapping[str, str], fee: str, minutes: str) -> tuple[int, int] | None:
    amount, length = _whole(values.get(fee, "")), _whole(values.get(minutes, ""))
    return (amount, length) if amount and length else None


def _whole(text: str) -> int:
    return round(read_number(text) or 0)


def _words(values: Mapping[str, str]) -> str:
    daily, monthly = _whole(values.get(columns.DAILY, "")), _whole(values.get(columns.MONTHLY, ""))
    parts = (
        f"하루 최대 {daily:,}원" if daily else "",
        f"월 정기권 {monthly:,}원" if monthly else "",
        "토요일 무료" if values.get(columns.SATURDAY_PAID) == "N" else "",
        "공휴일 무료" if values.get(columns.HOLIDAY_PAID) == "N" else "",
    )
    return ", ".join(part for part in parts if part)
