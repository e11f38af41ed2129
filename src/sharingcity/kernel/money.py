"""Amounts of money: whole minor units of one currency, never floats."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_precision

_WHOLE = 10_000  # basis points


class MoneyInvalid(ValueError):
    """Not an amount in whole minor units, or not a currency code."""

    code = "money.invalid"


class CurrencyMismatch(ValueError):
    """Two currencies in one sum or comparison."""

    code = "money.currency_mismatch"


@dataclass(frozen=True, slots=True)
class Money:
    """`amount_minor` of `currency` (ISO 4217): won for KRW, cents for EUR. May be negative."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.amount_minor) is not int:
            raise MoneyInvalid(f"An amount is a whole number of minor units, not {self.amount_minor!r}")
        if not (len(self.currency) == 3 and self.currency.isascii() and self.currency.isupper()):
            raise MoneyInvalid(f"A currency is three capital letters, not {self.currency!r}")

    @classmethod
    def zero(cls, currency: str) -> "Money":
        return cls(0, currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount_minor + self._amount_of(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount_minor - self._amount_of(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.amount_minor * times, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(-self.amount_minor, self.currency)

    def __bool__(self) -> bool:
        return self.amount_minor != 0

    def __lt__(self, other: "Money") -> bool:
        return self.amount_minor < self._amount_of(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount_minor <= self._amount_of(other)

    def __gt__(self, other: "Money") -> bool:
        return self.amount_minor > self._amount_of(other)

    def __ge__(self, other: "Money") -> bool:
        return self.amount_minor >= self._amount_of(other)

    def percent(self, percent: int) -> "Money":
        """`percent` of it, a half minor unit rounded away from zero, so that a refund mirrors its fee."""
        return self.basis_points(percent * 100)

    def basis_points(self, points: int) -> "Money":
        """`points` ten-thousandths of it (150 is 1.5 %), rounded like `percent`."""
        product = self.amount_minor * points
        size = (abs(product) + _WHOLE // 2) // _WHOLE
        return Money(size if product >= 0 else -size, self.currency)

    def allocate(self, n: int) -> list["Money"]:
        """`n` shares as equal as can be that add up to it; the first ones are larger.

        Raises: MoneyInvalid when `n` is below one.
        """
        if n < 1:
            raise MoneyInvalid(f"Money cannot be shared among {n}")
        share, rest = divmod(self.amount_minor, n)
        return [Money(share + (i < rest), self.currency) for i in range(n)]

    def _amount_of(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} do not mix")
        return other.amount_minor


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of `amounts`, zero `currency` when there are none.

    Raises: CurrencyMismatch.
    """
    return sum(amounts, start=Money.zero(currency))


def minor_digits(currency: str) -> int:
    """Decimal digits of a currency: 0 for KRW, 2 for EUR, 3 for JOD."""
    return get_currency_precision(currency)


def format_money(money: Money, language: str) -> str:
    """For people, by the customs of `language` (a Django language code): ₩20,000.

    Digits are Latin in every language, as prices in the street are; an unknown language reads English.
    """
    amount = Decimal(money.amount_minor).scaleb(-minor_digits(money.currency))
    return format_currency(amount, money.currency, locale=_locale(language), numbering_system="latn")


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")
