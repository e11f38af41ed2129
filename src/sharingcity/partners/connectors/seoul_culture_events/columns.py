"""The columns of Seoul's table of culture events."""

import re
from typing import Final

from sharingcity.partners.frame.header import COORDINATE, DATE, NAME, URL, Column, Shape

SORT, DISTRICT, TITLE, PLACE, HOST = "분류", "자치구", "공연/행사명", "장소", "기관명"
AUDIENCE, FEE, FREE = "이용대상", "이용요금", "유무료"
PERFORMERS, PROGRAMME, MORE, THEME = "출연자정보", "프로그램소개", "기타내용", "테마분류"
HOMEPAGE, PORTAL, PICTURE = "홈페이지?주소", "문화포털상세URL", "대표이미지"
FIRST, LAST, LAT, LNG = "시작일", "종료일", "위도(Y좌표)", "경도(X좌표)"

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}( |$)")
_MOMENT = Shape(DATE.title, lambda value: _DAY.match(value) is not None)

COLUMNS: Final = (
    Column(SORT),
    Column(DISTRICT),
    Column(TITLE, NAME),
    Column(PLACE),
    Column(HOST, NAME),
    Column(AUDIENCE),
    Column(FEE),
    Column(PERFORMERS),
    Column(PROGRAMME),
    Column(MORE),
    Column(HOMEPAGE, required=False),
    Column(PICTURE, URL, required=False),
    Column(FIRST, _MOMENT),
    Column(LAST, _MOMENT),
    Column(THEME, required=False),
    Column(LAT, COORDINATE),
    Column(LNG, COORDINATE),
    Column(FREE),
    Column(PORTAL, URL),
)
CATEGORIES: Final = {
    "교육/체험": "course",
    "전시/미술": "art-show",
    "클래식": "classical-music",
    "독주/독창회": "classical-music",
    "콘서트": "concert",
    "국악": "korean-music",
    "연극": "theatre",
    "뮤지컬/오페라": "musical-opera",
    "무용": "dance",
    "영화": "film",
}
