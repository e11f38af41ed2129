from datetime import date

import pytest

from sharingcity.kernel.city import CityCalendar
from sharingcity.partners.mapped import MappedHours, MappedListing
from sharingcity.partners.rules.years_hours import never_open

TODAY = date(2026, 11, 23)
CALENDAR = CityCalendar(frozenset({date(2027, 1, 1)}), {"chuseok": frozenset({date(2027, 9, 15)})})


def item(rule: str | None, *groups: str, never: bool = False) -> MappedListing:
    hours = MappedHours(rule=rule, closed_groups=groups, never_opens=never)
    return MappedListing(key="k", row=5, title="강당", hours=hours)


@pytest.mark.parametrize(
    ("rule", "groups", "count"),
    [
        ("Mo-Fr 09:00-18:00", (), 0),
        ("off", (), 1),
        ("2027 Sep 14-15 10:00-12:00", (), 0),
        ("2027 Sep 15 10:00-12:00", ("chuseok",), 1),
        ("PH 10:00-12:00", (), 0),
        ("2026 Nov 20 10:00-12:00", (), 1),
        ("2027 Nov 22 10:00-12:00", (), 0),
    ],
)
def test_item_that_stays_closed_for_a_year_is_told(rule: str, groups: tuple[str, ...], count: int) -> None:
    found = list(never_open([item(rule, *groups)], TODAY, CALENDAR))

    assert [(problem.row, problem.reason_code) for problem in found] == [(5, "never_opens")] * count


@pytest.mark.parametrize("told", [item(None), item("off", never=True)])
def test_item_without_rule_or_told_already_is_left_out(told: MappedListing) -> None:
    assert list(never_open([told], TODAY, CALENDAR)) == []
