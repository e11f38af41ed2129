"""What happens to the directory of the demo city: confirmed, faded, changed, reported, entered twice."""

from datetime import datetime, timedelta
from functools import partial

from sharingcity.directory import operations
from sharingcity.directory.operations import add_member
from sharingcity.directory.queries import get_organisation, get_service, organisations_of
from sharingcity.kernel.states import SYSTEM
from sharingcity.site.demo.plans import Town
from sharingcity.site.demo.sharers import GARDENS, TWIN, draft_of
from sharingcity.site.demo.sign_ins import HERE_FOR
from sharingcity.site.demo.tables import bring_tools
from sharingcity.site.demo.timeline import Timeline

LONGER = {
    "ko": "드릴부터 사다리까지 이레 동안 빌려드려요.",
    "en": "From drills to ladders, for up to a week.",
    "ar": "من المثقاب إلى السلّم لمدة تصل إلى أسبوع.",
}


def keep_entries(town: Town, timeline: Timeline) -> None:
    """Owners confirm, but one; what they propose, what somebody reports and what is doubled waits for staff."""
    now, gardener = town.now, town.people.neighbours[60]
    add_member(organisation=get_organisation(GARDENS), person=gardener, role="owner", by=SYSTEM, now=now - HERE_FOR)
    timeline.at(now - timedelta(days=90), partial(_confirm, town))
    timeline.at(now - timedelta(days=65), _ask)
    timeline.at(now - timedelta(days=44), _press)
    timeline.at(now - timedelta(days=34), _press)
    timeline.at(now - timedelta(days=2), partial(bring_tools, town))
    timeline.at(now - timedelta(hours=30), _enter_twice)
    timeline.at(now - timedelta(hours=20), partial(_propose, town))
    timeline.at(now - timedelta(hours=5), _report)
    timeline.at(now - timedelta(hours=3), _suggest)


def _confirm(town: Town, at: datetime) -> None:
    for person in (town.people.staff["organisation"], *(members[0] for _group, members in town.bodies.groups)):
        for organisation in organisations_of(person, at, roles=("owner",)):
            operations.confirm_entry(organisation=organisation, by=person, now=at)


def _ask(at: datetime) -> None:
    operations.ask_owners(now=at)


def _press(at: datetime) -> None:
    operations.remind_and_fade(now=at)


def _enter_twice(at: datetime) -> None:
    operations.create_organisation(draft=draft_of(TWIN, {}), by=SYSTEM, now=at)
    operations.find_likenesses(now=at)


def _propose(town: Town, at: datetime) -> None:
    library, clerk = get_service("dureban-tool-library"), town.people.staff["organisation"]
    operations.propose_change(entry=library, changes={"summaries": LONGER}, seen=0, by=clerk, now=at)


def _report(at: datetime) -> None:
    operations.report_error(
        subject=operations.reportable("service", get_service("interview-suits").code),
        topic="hours",
        words="일요일에도 연다고 들었는데 여기에는 없어요.",
        reply_to="",
        person=None,
        caller="demo",
        now=at,
    )


def _suggest(at: datetime) -> None:
    """Somebody misses a service that no entry names yet."""
    said = operations.Suggested(
        kind="service",
        name="망원 유아차 나눔",
        shared="아이가 커서 쓰지 않는 유아차와 아기띠를 빌려줘요.",
        place="망원시장 옆 골목",
    )
    operations.suggest_entry(said=said, caller="demo", now=at)
