"""Public holidays as the `holidays` package knows them, to fill the city calendar at set-up."""

from collections.abc import Iterable
from datetime import date

import holidays


class UnknownCountry(ValueError):
    """A country or subdivision whose holidays nobody has written down."""

    code = "calendar.unknown_country"


def public_holidays(
    country: str, years: Iterable[int], subdivision: str | None = None, language: str | None = None
) -> dict[date, str]:
    """Day and name of each public holiday, substitute days and holidays on a weekend included.

    `country` is an ISO 3166 code (`KR`), `language` such as `en_US` or `ko`; None is the country's own.
    Only a proposal: governments declare days at weeks' notice, so the city's table rules, not this.

    Raises: UnknownCountry.
    """
    try:
        own_language = holidays.country_holidays(country, subdiv=subdivision).default_language
        # Left to itself the package would take the language of the machine.
        known = holidays.country_holidays(country, subdiv=subdivision, years=years, language=language or own_language)
    except NotImplementedError as error:
        raise UnknownCountry(f"No public holidays are known for {country} {subdivision or ''}".strip()) from error
    return dict(sorted(known.items()))
