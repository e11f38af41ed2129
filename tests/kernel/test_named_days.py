from datetime import date

import pytest

from sharingcity.kernel.calendar import public_holidays
from sharingcity.kernel.calendar.named_days import NAMES, NamedHoliday, closed_dates, rule_for


def calendar(language: str) -> list[NamedHoliday]:
    return [NamedHoliday(day, name) for day, name in public_holidays("KR", [2025, 2026], language=language).items()]


@pytest.mark.parametrize("language", ["ko", "en_US"])
@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("seollal", ["2025-01-28", "2025-01-29", "2025-01-30", "2026-02-16", "2026-02-17", "2026-02-18"]),
        ("seollal_day", ["2025-01-29", "2026-02-17"]),
        ("chuseok", ["2025-10-05", "2025-10-06", "2025-10-07", "2025-10-08", "2026-09-24", "2026-09-25", "2026-09-26"]),
        ("chuseok_day", ["2025-10-06", "2026-09-25"]),
        ("buddha", ["2025-05-05", "2026-05-24"]),
        ("election", ["2025-06-03", "2026-06-03"]),
        ("temporary", ["2025-01-27"]),
    ],
)
def test_a_name_stands_for_its_days_of_the_calendar(language: str, name: str, days: list[str]) -> None:
    assert closed_dates([name], calendar(language)) == [date.fromisoformat(day) for day in days]


def test_a_day_that_staff_declare_is_closed_at_once() -> None:
    declared = [*calendar("ko"), NamedHoliday(date(2026, 2, 19), "설날 대체 휴일")]

    assert date(2026, 2, 19) in closed_dates(["seollal"], declared)


def test_the_rule_gets_the_dates_behind_it() -> None:
    assert rule_for("Mo-Su 06:00-22:00", ["chuseok_day"], calendar("ko")) == (
        "Mo-Su 06:00-22:00; 2025 Oct 06 off; 2026 Sep 25 off"
    )


def test_a_rule_without_names_stays_as_it_is() -> None:
    assert rule_for("Mo-Fr 09:00-18:00; PH off", (), calendar("ko")) == "Mo-Fr 09:00-18:00; PH off"


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        closed_dates(["midsummer"], [])


def test_names_are_few_and_fit_a_column_together() -> None:
    assert len(",".join(sorted(NAMES))) <= 120
