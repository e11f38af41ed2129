"""Prices, reductions, refunds and interest: examples from the ordinance, and what must hold for any numbers."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharingcity.booking.models import FeeReduction, FeeVersion
from sharingcity.booking.models.policy import standard_refund_ladder
from sharingcity.booking.rules.fees import (
    fee_lines,
    interest_minor,
    refund_minor,
    refund_percent,
    refund_steps,
    total_minor,
    with_reduction,
)

START = datetime(2026, 11, 12, 10, tzinfo=UTC)
AMOUNTS = st.integers(0, 10_000_000)


def fee(base: int = 20_000, extra: int = 10_000, base_minutes: int = 120, extra_minutes: int = 60) -> FeeVersion:
    return FeeVersion(base_minor=base, extra_minor=extra, base_minutes=base_minutes, extra_minutes=extra_minutes)


def price(version: FeeVersion | None, minutes: int, quantity: int = 1) -> int:
    return total_minor(fee_lines(version, START, START + timedelta(minutes=minutes), quantity))


@pytest.mark.parametrize(
    ("minutes", "expected"), [(60, 20_000), (120, 20_000), (121, 30_000), (180, 30_000), (181, 40_000), (240, 40_000)]
)
def test_price_is_the_whole_base_period_and_each_begun_unit(minutes: int, expected: int) -> None:
    assert price(fee(), minutes) == expected


def test_price_of_three_from_a_pool_is_three_times_the_price_of_one() -> None:
    assert price(fee(), 180, 3) == 3 * price(fee(), 180)


@pytest.mark.parametrize("version", [None, fee(0, 0)])
def test_price_without_fees_is_a_line_that_says_free(version: FeeVersion | None) -> None:
    assert [line.code for line in fee_lines(version, START, START + timedelta(hours=2))] == ["free"]


def test_reduction_of_half_and_waiver() -> None:
    lines = fee_lines(fee(), START, START + timedelta(hours=2))

    assert total_minor(with_reduction(lines, FeeReduction(code="club", percent=50))) == 10_000
    assert total_minor(with_reduction(lines, FeeReduction(code="club", percent=100))) == 0
    assert with_reduction(lines, None) == lines


def test_reduction_rounds_in_favour_of_the_resident() -> None:
    lines = fee_lines(fee(base=101), START, START + timedelta(hours=2))

    assert total_minor(with_reduction(lines, FeeReduction(code="club", percent=50))) == 50


@given(base=AMOUNTS, extra=AMOUNTS, minutes=st.integers(1, 2000), more=st.integers(0, 2000), n=st.integers(1, 20))
def test_longer_or_more_never_costs_less(base: int, extra: int, minutes: int, more: int, n: int) -> None:
    version = fee(base, extra)

    assert price(version, minutes + more) >= price(version, minutes) >= 0
    assert price(version, minutes, n) == n * price(version, minutes)


@given(base=AMOUNTS, extra=AMOUNTS, minutes=st.integers(1, 2000), percent=st.integers(1, 100))
def test_reduced_price_is_never_negative_and_at_most_a_unit_below_exact(
    base: int, extra: int, minutes: int, percent: int
) -> None:
    lines = fee_lines(fee(base, extra), START, START + timedelta(minutes=minutes))

    reduced = total_minor(with_reduction(lines, FeeReduction(code="x", percent=percent)))

    exact = Fraction(total_minor(lines) * (100 - percent), 100)
    assert reduced >= 0
    assert exact - 1 < reduced <= exact


@pytest.mark.parametrize(("days", "percent"), [(90, 100), (4, 100), (3, 100), (2, 90), (1, 80), (0, 0), (-1, 0)])
def test_refund_ladder_gives_100_90_80_0(days: int, percent: int) -> None:
    use = date(2026, 11, 12)

    assert refund_percent(standard_refund_ladder(), use - timedelta(days=days), use) == percent


def test_refund_ladder_without_rungs_gives_nothing() -> None:
    assert refund_percent([], date(2026, 11, 1), date(2026, 11, 12)) == 0


def test_refund_steps_name_the_last_day_of_each_rung() -> None:
    steps = refund_steps([[0, 0], [2, 90], [3, 100], [1, 80]], date(2026, 11, 12))

    assert [(step.until.day, step.percent) for step in steps] == [(9, 100), (10, 90), (11, 80), (12, 0)]


@given(paid=AMOUNTS, percent=st.integers(0, 100))
def test_refund_is_the_nearest_unit_half_up(paid: int, percent: int) -> None:
    found = refund_minor(paid, percent)

    assert 0 <= found <= paid
    assert Fraction(paid * percent, 100) - Fraction(1, 2) < found <= Fraction(paid * percent, 100) + Fraction(1, 2)


@given(
    paid=AMOUNTS,
    ladder=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 100)), unique_by=lambda rung: rung[0], max_size=6),
    day=st.integers(0, 90),
)
def test_refund_with_a_ladder_that_rises_never_falls_with_more_notice(
    paid: int, ladder: list[tuple[int, int]], day: int
) -> None:
    percents = sorted(percent for _, percent in ladder)
    rising = list(zip(sorted(days for days, _ in ladder), percents, strict=True))
    use = date(2026, 12, 31)

    later = refund_minor(paid, refund_percent(rising, use - timedelta(days=day), use))
    earlier = refund_minor(paid, refund_percent(rising, use - timedelta(days=day + 1), use))

    assert later <= earlier


def test_interest_of_a_year_at_three_per_cent() -> None:
    assert interest_minor(100_000, 300, date(2026, 1, 1), date(2027, 1, 1)) == 3_000


def test_interest_is_half_up_and_never_negative() -> None:
    assert interest_minor(36_500, 100, date(2026, 1, 1), date(2026, 1, 2)) == 1
    assert interest_minor(18_249, 100, date(2026, 1, 1), date(2026, 1, 2)) == 0
    assert interest_minor(18_250, 100, date(2026, 1, 1), date(2026, 1, 2)) == 1  # exactly a half
    assert interest_minor(100_000, 300, date(2026, 1, 2), date(2026, 1, 1)) == 0


@given(paid=AMOUNTS, points=st.integers(0, 2000), days=st.integers(0, 800))
def test_interest_is_within_half_a_unit_of_exact(paid: int, points: int, days: int) -> None:
    found = interest_minor(paid, points, date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=days))

    assert abs(found - Fraction(paid * points * days, 3_650_000)) <= Fraction(1, 2)
