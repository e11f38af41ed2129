"""The bodies of Seoul that several of its files name, by the codes of the national directory of public bodies."""

from functools import cache
from typing import Final

from sharingcity.partners.mapped import MappedOrganisation

CITY_HALL: Final = MappedOrganisation(name="서울특별시", code="6110000", name_en="Seoul Metropolitan Government")
_OFFICES: Final = (
    "종로구", "중구", "용산구", "성동구", "광진구", "동대문구", "중랑구", "성북구", "강북구", "도봉구", "노원구",
    "은평구", "서대문구", "마포구", "양천구", "강서구", "구로구", "금천구", "영등포구", "동작구", "관악구", "서초구",
    "강남구", "송파구", "강동구",
)  # fmt: skip
_FIRST_CODE, _STEP = 3000000, 10000
"""The codes count on in this order, district by district."""


@cache
def district_office(district: str) -> MappedOrganisation:
    """The office of a district; one that is not known goes by its name."""
    name = f"{CITY_HALL.name} {district}"
    if district not in _OFFICES:
        return MappedOrganisation(name=name)
    return MappedOrganisation(name=name, code=str(_FIRST_CODE + _OFFICES.index(district) * _STEP))
