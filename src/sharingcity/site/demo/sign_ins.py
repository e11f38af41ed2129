"""Who lives and works in the demo city: the sign-ins that everybody knows, and neighbours who only book."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from django.contrib.auth.hashers import make_password

from sharingcity.kernel.states import SYSTEM
from sharingcity.people.operations import create_person, give_role, record_claim
from sharingcity.people.permissions import CITY, Scope

if TYPE_CHECKING:
    from sharingcity.listings.models import Place
    from sharingcity.people.models import Person

DOMAIN: Final = "demo.sharingcity.example"
PASSWORD: Final = "sharing-demo"  # noqa: S105 - known to everybody on purpose; `check` refuses a city with it for production
NEIGHBOURS: Final = 70
HERE_FOR: Final = timedelta(days=420)

# Address, name, language.
_STAFF: Final = (
    ("manager", "박지훈", "ko"),
    ("steward", "이순자", "ko"),
    ("host", "정다은", "ko"),
    ("organisation", "최민호", "ko"),
    ("officer", "한서연", "ko"),
    ("committee", "오세훈", "ko"),
    ("reviewer", "윤지아", "ko"),
    ("editor", "강하늘", "ko"),
    ("moderator", "임도윤", "ko"),
    ("admin", "송가람", "ko"),
)
_RESIDENTS: Final = (
    ("김민지", "ko"), ("이준호", "ko"), ("Sarah Miller", "en"), ("يوسف حداد", "ar"), ("박서윤", "ko"), ("최예준", "ko"),
    ("정하은", "ko"), ("강도현", "ko"), ("Nguyen Thi Lan", "en"), ("윤서진", "ko"), ("장우진", "ko"), ("임수아", "ko"),
    ("ليلى منصور", "ar"), ("한지민", "ko"), ("오태양", "ko"), ("서유나", "ko"), ("Tomás Rivera", "en"),
    ("권민재", "ko"), ("황보름", "ko"), ("안소희", "ko"),
)  # fmt: skip
_FAMILY: Final = "김이박최정강조윤장임한오서신권황안송전홍"
_GIVEN: Final = (
    "서준", "하준", "도윤", "은우", "시우", "지호", "예준", "유준", "주원", "민준", "서연", "지우", "서윤", "하윤",
    "지유", "수아", "하은", "아린", "나은", "다인", "영숙", "정희", "경자", "상철", "병호", "미경", "은정", "성민",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class People:
    """By the first part of their address; `residents` have a sign-in, `neighbours` do not."""

    staff: "dict[str, Person]"
    residents: "list[Person]"
    neighbours: "list[Person]"
    verified: frozenset[int]

    @property
    def bookers(self) -> "list[Person]":
        return [*self.residents, *self.neighbours]


def settle_people(random: Random, now: datetime) -> People:
    """Makes everybody, moved in more than a year ago; every second resident has their address verified."""
    since = now - HERE_FOR
    password = make_password(PASSWORD)  # once: it is slow on purpose
    staff = {code: _person(code, name, language, since, password) for code, name, language in _STAFF}
    residents = [
        _person(f"resident{number}" if number > 1 else "resident", name, language, since, password)
        for number, (name, language) in enumerate(_RESIDENTS, start=1)
    ]
    neighbours = [
        _person(f"neighbour{number}", random.choice(_FAMILY) + random.choice(_GIVEN), "ko", since, "")
        for number in range(1, NEIGHBOURS + 1)
    ]
    verified = [*residents[::2], *neighbours[::2]]
    for person in verified:
        _verify(person, since, now)
    return People(staff, residents, neighbours, frozenset(person.pk for person in verified))


def _person(code: str, name: str, language: str, since: datetime, password: str) -> "Person":
    person = create_person(email=f"{code}@{DOMAIN}", name=name, language=language, now=since, is_demo=True)
    if password:
        person.password = password
        person.save(update_fields=["password"])
    return person


def _verify(person: "Person", since: datetime, now: datetime) -> None:
    record_claim(
        person=person,
        kind="verified_resident",
        source="demo",
        method="counter",
        valid_until=now + timedelta(days=365),
        identity=f"demo:{person.email}",
        by=SYSTEM,
        now=since,
    )


def give_roles(people: People, building: "Place", now: datetime) -> None:
    """Everybody's work: the manager and the key-holder of one building, the city's officer and administrator."""
    since = now - HERE_FOR
    building_scope = Scope("building", building.pk)
    for code, role, scope in (
        ("admin", "administrator", CITY),
        ("officer", "officer", CITY),
        ("manager", "manager", building_scope),
        ("steward", "steward", building_scope),
        ("steward", "steward", Scope("organisation", building.organisation_id)),
    ):
        give_role(person=people.staff[code], role=role, scope=scope, by=SYSTEM, now=since)
