"""What a use costs: base period, begun extra units, reductions; and what comes back when plans change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop

if TYPE_CHECKING:
    from sharingcity.booking.models import FeeReduction, FeeVersion

# Words of a line, translated where it is shown; the line itself is kept with the reservation.
LINE_WORDS: Mapping[str, str] = {
    "base": gettext_noop("First %(minutes)s minutes"),
    "extra": gettext_noop("%(units)s × %(minutes)s more minutes"),
    "reduction": gettext_noop("Reduction of %(percent)s %%"),
    "waiver": gettext_noop("Waived"),
    "free": gettext_noop("Free of charge"),
}


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of a price. `amount_minor` is negative for a reduction; `values` fill the words of `code`."""

    code: str
    amount_minor: int
    values: Mapping[str, int | str]

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "amount_minor": self.amount_minor, "values": dict(self.values)}


def fee_lines(fee: "FeeVersion | None", starts_at: datetime, ends_at: datetime, quantity: int = 1) -> list[FeeLine]:
    """The lines for one use: the base period counts whole, each begun extra unit too."""
    if fee is None or (not fee.base_minor and not fee.extra_minor):
        return [FeeLine("free", 0, {})]
    minutes = int((ends_at - starts_at) / timedelta(minutes=1))
    lines = [FeeLine("base", fee.base_minor * quantity, {"minutes": fee.base_minutes, "quantity": quantity})]
    if minutes > fee.base_minutes:
        units = -(-(minutes - fee.base_minutes) // fee.extra_minutes)
        lines.append(
            FeeLine("extra", fee.extra_minor * units * quantity, {"units": units, "minutes": fee.extra_minutes})
        )
    return lines


def with_reduction(lines: Sequence[FeeLine], reduction: "FeeReduction | None") -> list[FeeLine]:
    """The lines with a reduction taken off, rounded half up in the resident's favour (the reduction rounds up)."""
    return list(lines) if reduction is None else _reduced(lines, reduction.percent, reduction.code)


def _reduced(lines: Sequence[FeeLine], percent: int, ground: str) -> list[FeeLine]:
    total = total_minor(lines)
    if not total:
        return list(lines)
    off = -(-total * percent // 100)
    return [*lines, FeeLine("reduction", -off, {"percent": percent, "ground": ground})]


def with_granted(lines: Sequence[FeeLine], kept: Sequence[Mapping[str, Any]]) -> list[FeeLine]:
    """New lines of a reservation with the reductions and waivers that its `kept` lines were granted.

    A reduction keeps its per cent, a waiver its sum: what is added to the time is paid.
    """
    found = list(lines)
    for line in kept:
        values = line["values"]
        if line["code"] == "reduction":
            found = _reduced(found, int(values["percent"]), str(values["ground"]))
        elif line["code"] == "waiver" and (waived := min(-int(line["amount_minor"]), total_minor(found))):
            found.append(FeeLine("waiver", -waived, dict(values)))
    return found


def total_minor(lines: Sequence[FeeLine]) -> int:
    return sum(line.amount_minor for line in lines)


def refund_percent(ladder: Sequence[Sequence[int]], today: date, use_date: date) -> int:
    """Per cent given back when a resident cancels `today`: the rung with the most days not above those left."""
    days_left = (use_date - today).days
    reached = [(days, percent) for days, percent in ladder if days <= days_left]
    return max(reached)[1] if reached else 0


def refund_minor(paid_minor: int, percent: int) -> int:
    """Half up to the minor unit."""
    return (paid_minor * percent * 2 + 100) // 200


def interest_minor(paid_minor: int, basis_points: int, paid_on: date, today: date) -> int:
    """Simple interest from the day of payment to today, half up (when the city cancels: fee plus interest)."""
    days = max((today - paid_on).days, 0)
    return (paid_minor * basis_points * days * 2 + 3_650_000) // 7_300_000


@dataclass(frozen=True, slots=True)
class RefundStep:
    """One rung as shown: up to and including `until` that many per cent come back."""

    until: date
    days_before: int
    percent: int


def refund_steps(ladder: Sequence[Sequence[int]], use_date: date) -> list[RefundStep]:
    """The ladder for a day of use, earliest first."""
    return [
        RefundStep(use_date - timedelta(days=days), days, percent)
        for days, percent in sorted(ladder, key=lambda rung: -rung[0])
    ]
