from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharingcity.kernel.money import (
    CurrencyMismatch,
    Money,
    MoneyInvalid,
    format_money,
    minor_digits,
    total,
)

AMOUNTS = st.integers(-(10**12), 10**12)
MONEY = AMOUNTS.map(lambda amount: Money(amount, "KRW"))
RTL = "\u200f"
NBSP = "\xa0"


def won(amount: int) -> Money:
    return Money(amount, "KRW")


@pytest.mark.parametrize("amount", [1.0, "1", None, True])
def test_money_of_anything_but_whole_units_is_refused(amount: object) -> None:
    with pytest.raises(MoneyInvalid):
        Money(amount, "KRW")  # type: ignore[arg-type]  # the wrong type is what is tested


@pytest.mark.parametrize("currency", ["", "krw", "WON₩", "₩₩₩", "KR"])
def test_money_of_an_unwritten_currency_is_refused(currency: str) -> None:
    with pytest.raises(MoneyInvalid):
        Money(1, currency)


def test_money_of_two_currencies_does_not_mix() -> None:
    euro = Money(1, "EUR")

    for mixed in (
        lambda: won(1) + euro,
        lambda: won(1) - euro,
        lambda: won(1) < euro,
        lambda: won(1) <= euro,
        lambda: won(1) > euro,
        lambda: won(1) >= euro,
        lambda: total([won(1), euro], "KRW"),
    ):
        with pytest.raises(CurrencyMismatch):
            mixed()
    assert won(1) != euro


def test_money_sums_and_times() -> None:
    assert won(20000) + won(500) - won(1500) == won(19000)
    assert won(10000) * 3 == 3 * won(10000) == won(30000)
    assert -won(5) == won(-5)
    assert total([won(1), won(2)], "KRW") == won(3)
    assert total([], "EUR") == Money.zero("EUR")


def test_money_is_true_only_when_there_is_some() -> None:
    assert not won(0)
    assert won(-1)


@pytest.mark.parametrize(
    ("amount", "percent", "expected"),
    [(20000, 90, 18000), (5, 50, 3), (15, 10, 2), (14, 10, 1), (-5, 50, -3), (999, 100, 999), (999, 0, 0)],
)
def test_percent_rounds_half_away_from_zero(amount: int, percent: int, expected: int) -> None:
    assert won(amount).percent(percent) == won(expected)


def test_basis_points_are_hundredths_of_a_percent() -> None:
    assert won(20000).basis_points(150) == won(300)


@given(AMOUNTS, st.integers(0, 20_000))
def test_basis_points_stay_within_half_a_unit_and_mirror(amount: int, points: int) -> None:
    share = won(amount).basis_points(points)

    assert abs(Fraction(amount * points, 10_000) - share.amount_minor) <= Fraction(1, 2)
    assert won(-amount).basis_points(points) == -share


@given(MONEY, st.integers(1, 500))
def test_allocate_loses_nothing_and_is_fair(money: Money, n: int) -> None:
    shares = money.allocate(n)

    assert len(shares) == n
    assert total(shares, "KRW") == money
    assert shares == sorted(shares, reverse=True)
    assert shares[0].amount_minor - shares[-1].amount_minor <= 1


def test_allocate_among_nobody_is_refused() -> None:
    with pytest.raises(MoneyInvalid):
        won(1).allocate(0)


@given(MONEY, MONEY, MONEY)
def test_money_adds_like_numbers(a: Money, b: Money, c: Money) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + b - b == a
    assert (a < b) == (b > a) == (not a >= b)
    assert (a <= b) == (a < b or a == b)


@pytest.mark.parametrize(("currency", "digits"), [("KRW", 0), ("EUR", 2), ("JOD", 3)])
def test_minor_digits_of_a_currency(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits


@pytest.mark.parametrize(
    ("money", "language", "expected"),
    [
        (won(20000), "ko", "₩20,000"),
        (won(20000), "en", "₩20,000"),
        (won(20000), "ar", f"{RTL}20,000{NBSP}₩"),
        (won(20000), "zh-hans", "₩20,000"),
        (won(0), "ko", "₩0"),
        (won(-500), "en", "-₩500"),
        (won(20000), "xx-unknown", "₩20,000"),
        (Money(123450, "EUR"), "en", "€1,234.50"),
        (Money(123450, "EUR"), "de", f"1.234,50{NBSP}€"),
        (Money(1500, "JPY"), "en", "¥1,500"),
    ],
)
def test_format_money_by_the_customs_of_a_language(money: Money, language: str, expected: str) -> None:
    assert format_money(money, language) == expected
