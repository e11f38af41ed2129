"""Who runs the buildings, who shares, and the residents' groups that book together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sharingcity.directory.operations import (
    OrganisationDraft,
    add_member,
    create_organisations,
    create_services,
    record_recognition,
)
from sharingcity.kernel.states import SYSTEM
from sharingcity.site.demo.buildings import CITY
from sharingcity.site.demo.districts import DISTRICTS, Name
from sharingcity.site.demo.services import service_drafts
from sharingcity.site.demo.sharers import sharer_drafts
from sharingcity.site.demo.sign_ins import HERE_FOR, People

if TYPE_CHECKING:
    from sharingcity.directory.models import District, Organisation
    from sharingcity.people.models import Person

_GROUPS: Final = (
    Name("망원 책읽는 모임", "Mangwon Reading Circle", "حلقة مانغوون للقراءة"),
    Name("성수 우쿨렐레 동아리", "Seongsu Ukulele Club", "نادي سونغسو للأوكوليلي"),
    Name("은평 텃밭 이웃", "Eunpyeong Garden Neighbours", "جيران حدائق أونبيونغ"),
    Name("관악 어르신 체조회", "Gwanak Seniors' Gymnastics", "جمعية غواناك لرياضة كبار السن"),
    Name("마을밥상", "Village Table", "مائدة الحي"),
    Name("한강 사진모임", "Han River Photographers", "مصوّرو نهر الهان"),
    Name("다문화 부모 모임", "Parents of Many Languages", "أهالٍ من لغات عديدة"),
    Name("노원 청년 밴드", "Nowon Youth Band", "فرقة شباب نوون"),
)
COMPANY: Final = "dureban-tools"
NON_PROFIT: Final = "onmaeul-foundation"
# A designation of Seoul holds three years.
TERM: Final = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class Bodies:
    """`owners` by the code of their district or `city`; `groups` with their members, the first of them the owner."""

    owners: "dict[str, Organisation]"
    groups: "list[tuple[Organisation, list[Person]]]"


def found_organisations(districts: "dict[str, District]", people: People, now: datetime) -> Bodies:
    """Makes the public bodies, a company, a non-profit and the residents' groups, with who acts for them."""
    since = now - HERE_FOR
    drafts = [
        *_public_bodies(districts),
        *_others(),
        *sharer_drafts(districts),
        *(_group(name) for name in _GROUPS),
    ]
    made = {one.slug: one for one in create_organisations(drafts=drafts, by=SYSTEM, now=since)}
    create_services(drafts=list(service_drafts(made, districts)), by=SYSTEM, now=since)
    owners = {CITY: made["seoul"]} | {code: made[f"office-{districts[code].slug}"] for code in districts}
    groups = []
    for index, name in enumerate(_GROUPS):
        organisation = made[_group(name).slug]
        members = [people.residents[index * 2], people.residents[index * 2 + 1], *people.neighbours[index * 6 :][:6]]
        groups.append((organisation, members))
        for place, person in enumerate(members):
            _join(organisation, person, "member" if place else "owner", now)
    _recognise(made, now)
    _join(made[COMPANY], people.staff["organisation"], "owner", now)
    _join(made[NON_PROFIT], people.staff["host"], "editor", now)
    return Bodies(owners, groups)


def _recognise(made: "dict[str, Organisation]", now: datetime) -> None:
    """Who has the city's mark, and since how many days; the last one's term is over."""
    for slug, days in ((COMPANY, 200), (NON_PROFIT, 380), (_group(_GROUPS[4]).slug, TERM.days + 30)):
        since = now - timedelta(days=days)
        record_recognition(
            organisation=made[slug],
            source="demo",
            valid_from=since,
            valid_until=since + TERM,
            by=SYSTEM,
            now=now - HERE_FOR,
        )


def _join(organisation: "Organisation", person: "Person", role: str, now: datetime) -> None:
    add_member(organisation=organisation, person=person, role=role, by=SYSTEM, now=now - HERE_FOR)


def _public_bodies(districts: "dict[str, District]") -> Iterator[OrganisationDraft]:
    yield OrganisationDraft(
        slug="seoul",
        names=Name("서울특별시", "Seoul Metropolitan Government", "حكومة سيول").words(),
        descriptions=Name(
            "서울의 공공시설을 시민에게 엽니다.",
            "Opens the city's own buildings to everybody.",
            "تفتح مباني المدينة أمام الجميع.",
        ).words(),
        phone="120",
    )
    for number, facts in enumerate(DISTRICTS):
        yield OrganisationDraft(
            slug=f"office-{districts[facts.code].slug}",
            names=Name(f"{facts.name.ko}청", f"{facts.name.en} Office", f"مكتب {facts.name.ar}").words(),
            descriptions=Name(
                f"{facts.name.ko}의 주민센터, 도서관, 복지관 공간을 주민과 나눕니다.",
                f"Shares the rooms of {facts.name.en}'s community centres, libraries and welfare halls.",
                f"يشارك قاعات مراكز الأهالي والمكتبات ودور الرعاية في {facts.name.ar}.",
            ).words(),
            district_id=districts[facts.code].pk,
            # 000 numbers ring nowhere.
            phone=f"02-000-{1000 + number * 37:04d}",
            external_key=f"demo:{facts.code}",
        )


def _others() -> Iterator[OrganisationDraft]:
    yield OrganisationDraft(
        slug=COMPANY,
        legal_form="company",
        names=Name("두레반 공구나눔", "Dureban Tools", "دوريبان لمشاركة الأدوات").words(),
        descriptions=Name(
            "집집마다 잠자는 공구를 이웃에게 빌려줍니다.",
            "Lends the tools that sleep in every home to the neighbours.",
            "تعير الجيران الأدوات النائمة في كل بيت.",
        ).words(),
        fields=("thing", "skill"),
        problems=("environment", "economy"),
        languages=("ko", "en"),
        registration_number="000-81-00000",
        phone="02-000-4100",
        email="tools@dureban.example",
        url="https://dureban-tools.example/",
    )
    yield OrganisationDraft(
        slug=NON_PROFIT,
        legal_form="non_profit",
        names=Name("온마을재단", "Onmaeul Foundation", "مؤسسة أونمايل").words(),
        descriptions=Name(
            "마을 공간과 사람을 잇는 비영리 재단입니다.",
            "A foundation that brings neighbourhood rooms and people together.",
            "مؤسسة غير ربحية تجمع بين قاعات الأحياء وأهلها.",
        ).words(),
        fields=("space", "event"),
        problems=("welfare", "culture"),
        languages=("ko",),
        phone="02-000-4108",
        email="hello@onmaeul.example",
    )


def _group(name: Name) -> OrganisationDraft:
    return OrganisationDraft(
        slug=name.en.lower().replace(" ", "-").replace("'", ""), legal_form="residents_group", names=name.words()
    )
