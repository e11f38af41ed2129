"""The table of one organisation in the demo city, brought in as its owner drops it on the page: no network is asked."""

from datetime import datetime
from typing import Final

from sharingcity.directory.queries import get_organisation
from sharingcity.kernel.city import local_date
from sharingcity.partners.operations.agreeing import Agreed, fingerprint
from sharingcity.partners.operations.judging import judge_table
from sharingcity.partners.operations.uploads import NAME, bring_table
from sharingcity.site.demo.organisations import COMPANY
from sharingcity.site.demo.plans import Town

_HEADINGS: Final = "관리번호,이름,기관,종류,장소,위도,경도,이용 시간,요금,신청 방법,설명"
_ROWS: Final = (
    "1,전동 드릴,{whose},물건,두레반 공구도서관,{lat},{lng},화-토 10:00-18:00,무료,방문,보안경도 함께 드려요.",
    "2,3단 사다리,{whose},물건,두레반 공구도서관,{lat},{lng},화-토 10:00-18:00,무료,방문,펼치면 4미터예요.",
    "3,고압 세척기,{whose},물건,두레반 공구도서관,{lat},{lng},화-토 10:00-18:00,3000,방문,",
    # Whose hours cannot be read: it is rejected, and its owner is told how to write them.
    "4,예초기,{whose},물건,두레반 공구도서관,{lat},{lng},봄부터 가을까지,무료,방문,",
)


def bring_tools(town: Town, at: datetime) -> None:
    """Three of four rows are taken."""
    tools, today = get_organisation(COMPANY), local_date(at)
    lines = "\n".join((_HEADINGS, *_ROWS))
    # Around the corner from the building that the demo's manager keeps.
    table = lines.format(whose=COMPANY, lat=town.managed.lat, lng=town.managed.lng).encode("utf-8-sig")
    judged = judge_table(organisation=tools, table=table, now=at, today=today, name=NAME)
    agreed = Agreed(plan=fingerprint(judged.plan))
    clerk = town.people.staff["organisation"]
    bring_table(organisation=tools, table=table, agreed=agreed, by=clerk, now=at, today=today)
