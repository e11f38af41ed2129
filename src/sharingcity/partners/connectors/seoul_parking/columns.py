"""The columns of Seoul's table of public car parks."""

from typing import Final

from sharingcity.partners.frame.header import COORDINATE, NAME, NUMBER, Column, Shape

CODE, TITLE, ADDRESS = "주차장코드", "주차장명", "주소"
TYPE, USE, PHONE, BAYS = "주차장 종류명", "운영구분명", "전화번호", "총 주차면"
PAID, SATURDAY_PAID, HOLIDAY_PAID = "유무료구분", "토요일 유,무료 구분", "공휴일 유,무료 구분"
MONTHLY, DAILY = "월 정기권 금액", "일 최대 요금"
BASE_FEE, BASE_MINUTES = "기본 주차 요금", "기본 주차 시간(분 단위)"
EXTRA_FEE, EXTRA_MINUTES = "추가 단위 요금", "추가 단위 시간(분 단위)"
LAT, LNG, SYNCED = "위도", "경도", "최종데이터 동기화 시간"
WEEKDAYS = ("평일 운영 시작시각(HHMM)", "평일 운영 종료시각(HHMM)")
WEEKENDS = ("주말 운영 시작시각(HHMM)", "주말 운영 종료시각(HHMM)")
HOLIDAYS = ("공휴일 운영 시작시각(HHMM)", "공휴일 운영 종료시각(HHMM)")

_HHMM = Shape("HHMM", lambda value: len(value) == 4 and value.isdecimal())
_FLAG = Shape("Y/N", lambda value: value in ("Y", "N"))

COLUMNS: Final = (
    Column(CODE, NUMBER),
    Column(TITLE, NAME),
    Column(ADDRESS),
    Column(TYPE),
    Column(USE),
    Column(PHONE),
    Column(BAYS, NUMBER),
    *(Column(name, _FLAG) for name in (PAID, SATURDAY_PAID, HOLIDAY_PAID)),
    *(Column(name, _HHMM) for name in (*WEEKDAYS, *WEEKENDS, *HOLIDAYS)),
    *(Column(name, NUMBER) for name in (MONTHLY, DAILY, BASE_FEE, BASE_MINUTES, EXTRA_FEE, EXTRA_MINUTES)),
    Column(LAT, COORDINATE),
    Column(LNG, COORDINATE),
)
OF_EACH_ROW: Final = frozenset((BAYS, LAT, LNG, SYNCED))
"""What differs between the rows of one car park: each marked bay of a street has a row."""
