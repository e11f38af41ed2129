from datetime import date

import pytest

from sharingcity.kernel.calendar import UnknownCountry, public_holidays


def test_korean_holidays_include_weekends_and_substitute_days() -> None:
    known = public_holidays("KR", [2026])

    assert len(known) == 22
    assert known[date(2026, 8, 15)] == "광복절"
    assert "대체" in known[date(2026, 8, 17)]
    assert known[date(2026, 9, 25)] == "추석"


def test_holidays_are_named_in_the_language_asked_for() -> None:
    assert public_holidays("KR", [2026], language="en_US")[date(2026, 10, 9)] == "Hangul Day"


def test_holidays_of_a_subdivision_are_more_than_the_country_has() -> None:
    assert date(2026, 1, 6) in public_holidays("DE", [2026], subdivision="BY")
    assert date(2026, 1, 6) not in public_holidays("DE", [2026])


def test_holidays_come_in_order_for_several_years() -> None:
    known = list(public_holidays("KR", range(2026, 2028)))

    assert known == sorted(known)
    assert {day.year for day in known} == {2026, 2027}


@pytest.mark.parametrize(("country", "subdivision"), [("XX", None), ("KR", "Atlantis")])
def test_unknown_country_is_refused(country: str, subdivision: str | None) -> None:
    with pytest.raises(UnknownCountry, match=country):
        public_holidays(country, [2026], subdivision)
