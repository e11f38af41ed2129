"""Fees: a number, a number with a remark, or a sentence."""

import re
from collections.abc import Mapping

from sharingcity.partners.connectors.kr_open_facilities import columns
from sharingcity.partners.frame.problems import RowProblem, warning
from sharingcity.partners.frame.values import clean, read_number
from sharingcity.partners.mapped import MappedFee

LONGEST_PERIOD_HOURS = 24
_FREE = re.compile(r"^무료$")
_WITH_REMARK = re.compile(r"^(?P<amount>[\d,]+)원?\s*\(.+\)$")


def read_fee(values: Mapping[str, str], row: int) -> tuple[MappedFee, list[RowProblem]]:
    """The fee of a row. The won has no minor unit: an amount is its number of won."""
    found: list[RowProblem] = []
    flag = _flag(values, row, found)
    base, sentence = _amount(values, columns.FEE, row, found)
    extra, extra_sentence = _amount(values, columns.EXTRA_FEE, row, found)
    if flag is False and base:
        found.append(warning("fee_contradicts", row, columns.FEE, values.get(columns.FEE)))
    text = " / ".join(part for part in (sentence, extra_sentence) if part)
    is_free = _is_free(flag, base, sentence)
    return (
        MappedFee(
            is_free=is_free,
            base_minutes=None if is_free else _minutes(values, columns.BASE_HOURS, row, found),
            base_minor=None if is_free else base or None,
            extra_minutes=None if is_free or not extra else _minutes(values, columns.EXTRA_HOURS, row, found),
            extra_minor=None if is_free else extra or None,
            text=text,
        ),
        found,
    )


def _is_free(flag: bool | None, base: int | None, sentence: str) -> bool | None:
    if base:
        return False
    if flag is False or (base == 0 and not sentence):
        return True
    return None if flag is None else False


def _flag(values: Mapping[str, str], row: int, found: list[RowProblem]) -> bool | None:
    text = clean(values.get(columns.PAID)).upper()
    if text in ("Y", "N"):
        return text == "Y"
    if text:
        found.append(warning("flag_unreadable", row, columns.PAID, text))
    return None


def _amount(values: Mapping[str, str], column: str, row: int, found: list[RowProblem]) -> tuple[int | None, str]:
    """A whole amount, and the sentence where there is more to say."""
    text = clean(values.get(column))
    if text in ("", "-", "."):
        return None, ""
    if _FREE.match(text):
        return 0, ""
    number = read_number(text, unit="원")
    if number is not None and number.is_integer():
        return int(number), ""
    found.append(warning("fee_sentence", row, column, text))
    remark = _WITH_REMARK.match(text)
    amount = read_number(remark["amount"]) if remark else None
    return (None if amount is None else int(amount)), text


def _minutes(values: Mapping[str, str], column: str, row: int, found: list[RowProblem]) -> int | None:
    text = clean(values.get(column))
    if text in ("", "-", ".", "0"):
        return None
    hours = read_number(text)
    if hours is None or not 0 < hours <= LONGEST_PERIOD_HOURS:
        found.append(warning("number_unreadable", row, column, text))
        return None
    return round(hours * 60)
