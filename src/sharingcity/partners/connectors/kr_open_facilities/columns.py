"""The standard's columns: what the header must have, and what stands in each."""

from typing import Final

from sharingcity.partners.frame.header import (
    ADDRESS,
    COORDINATE,
    DATE,
    FLAG,
    NAME,
    PHONE,
    TIME,
    URL,
    Column,
)

FACILITY = "개방시설명"
PLACE = "개방장소명"
TYPE = "개방시설유형구분"
PAID = "유료사용여부"
BASE_HOURS = "사용기준시간"
FEE = "사용료"
EXTRA_HOURS = "초과사용단위시간"
EXTRA_FEE = "초과사용료"
CAPACITY = "수용가능인원수"
AREA = "면적"
EQUIPMENT = "부대시설정보"
HOW = "신청방법구분"
PHOTO = "시설사진정보"
ROAD_ADDRESS = "소재지도로명주소"
LOT_ADDRESS = "소재지지번주소"
MANAGER = "관리기관명"
DEPARTMENT = "담당부서명"
TELEPHONE = "사용안내전화번호"
HOMEPAGE = "홈페이지주소"
LAT = "위도"
LNG = "경도"
AS_OF = "데이터기준일자"
PROVIDER_CODE = "제공기관코드"
PROVIDER = "제공기관명"

COLUMNS: Final = (
    Column(FACILITY, NAME),
    Column(PLACE, NAME),
    Column(TYPE, NAME),
    Column("휴관일"),
    Column("평일운영시작시각", TIME),
    Column("평일운영종료시각", TIME),
    Column("주말운영시작시각", TIME),
    Column("주말운영종료시각", TIME),
    Column(PAID, FLAG),
    Column(BASE_HOURS),
    Column(FEE),
    Column(EXTRA_HOURS),
    Column(EXTRA_FEE),
    Column(CAPACITY),
    Column(AREA),
    Column(EQUIPMENT),
    Column(HOW),
    Column(PHOTO, required=False),
    Column(ROAD_ADDRESS, ADDRESS),
    Column(LOT_ADDRESS, ADDRESS),
    Column(MANAGER, NAME),
    Column(DEPARTMENT, NAME),
    Column(TELEPHONE, PHONE),
    Column(HOMEPAGE, URL),
    Column(LAT, COORDINATE),
    Column(LNG, COORDINATE),
    Column(AS_OF, DATE),
    Column(PROVIDER_CODE),
    Column(PROVIDER, NAME),
)
