from collections.abc import Sequence

import pytest

from sharingcity.partners.frame.header import COORDINATE, NAME, PHONE, TIME, URL, Column, HeaderRefused, check_header
from sharingcity.partners.frame.rows import RawRow

COLUMNS = (Column("name", NAME), Column("phone", PHONE), Column("page", URL), Column("lat", COORDINATE), Column("note"))
GOOD = {"name": "강당", "phone": "02-2094-6334", "page": "www.sb.go.kr", "lat": "37.601132", "note": ""}


def check(*rows: dict[str, str], header: Sequence[str] = tuple(GOOD)) -> None:
    check_header(COLUMNS, header, [RawRow(number, row) for number, row in enumerate(rows, start=2)])


def test_a_header_over_its_own_values_is_accepted() -> None:
    check(GOOD, GOOD | {"phone": "", "page": ""})


def test_a_missing_name_is_named() -> None:
    with pytest.raises(HeaderRefused, match="missing from the header: phone, lat"):
        check(GOOD, header=("name", "page", "note"))


def test_a_column_that_holds_another_ones_values_is_named_with_what_stands_there() -> None:
    with pytest.raises(HeaderRefused) as refusal:
        check(GOOD | {"page": "02-2094-6334"}, GOOD | {"page": "02-2199-8320"})

    assert "“page” (column 3) holds telephone numbers such as “02-2094-6334” instead of web addresses" in str(
        refusal.value
    )


def test_text_where_coordinates_belong_is_refused() -> None:
    with pytest.raises(HeaderRefused, match=r"“lat”.*holds text such as “서울특별시 중구”"):
        check(GOOD | {"lat": "서울특별시 중구"})


def test_a_few_odd_values_do_not_refuse_a_file() -> None:
    check(GOOD, GOOD, GOOD | {"lat": "모름"})


def test_swapped_coordinates_do_not_refuse_a_file() -> None:
    check(GOOD | {"lat": "126.902077"})


def test_a_header_without_rows_is_accepted() -> None:
    check()


@pytest.mark.parametrize("value", ["02-2094-6334", "070-8958-2203", "1577-1234", "0212345678", "02)330-1310"])
def test_telephone_numbers_are_known_as_such(value: str) -> None:
    assert PHONE.matches(value)
    assert not NAME.matches(value)


@pytest.mark.parametrize("value", ["주민자치과", "09:00", "2022-09-30", "37.5"])
def test_other_values_are_no_telephone_numbers(value: str) -> None:
    assert not PHONE.matches(value)


def test_times_are_known_as_such() -> None:
    assert [TIME.matches(value) for value in ("9:00", "09:00", "24:00", "아침")] == [True, True, True, False]
