"""Services of the directory: made, changed, found."""

from collections.abc import Iterator

import pytest
from tests.factories import NOW, make_district, make_organisation, make_person, make_service

from sharingcity.directory.models import Service
from sharingcity.directory.operations import ServiceDraft, change_organisation, change_service, create_service
from sharingcity.directory.queries import get_service, published_services, services_by_id, services_of
from sharingcity.directory.slots import ENTRY_CHANGED
from sharingcity.kernel import journal
from sharingcity.kernel.db.codes import holds
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.kernel.states import SYSTEM

pytestmark = pytest.mark.django_db

HEARD: list[tuple[str, list[int]]] = []


def _listen(kind: str, ids: list[int]) -> None:
    HEARD.append((kind, ids))


@pytest.fixture
def heard() -> Iterator[list[tuple[str, list[int]]]]:
    HEARD.clear()
    ENTRY_CHANGED.register("test", _listen)
    yield HEARD
    ENTRY_CHANGED._entries.pop("test")


def _draft(**fields: object) -> ServiceDraft:
    owner = make_organisation().pk
    return ServiceDraft(**({"organisation_id": owner, "names": {"en": "Tool library"}} | fields))  # type: ignore[arg-type]


def test_create_service_is_found_under_slug_and_code_with_its_area() -> None:
    district = make_district()
    made = create_service(draft=_draft(is_citywide=False, district_ids=[district.pk]), by=SYSTEM, now=NOW)

    assert get_service("tool-library") == get_service(made.code) == made
    assert [one.slug for one in get_service(made.slug).districts.all()] == [district.slug]
    assert [entry.event for entry in journal.of_object(made)] == ["service.create"]


def test_create_service_keeps_codes_in_order_and_finds_by_one() -> None:
    made = create_service(draft=_draft(kinds=["skill", "space"]), by=SYSTEM, now=NOW)

    assert Service.objects.get(pk=made.pk).kinds == ("space", "skill")
    assert list(published_services().filter(holds("kinds", "skill"))) == [made]
    assert not published_services().filter(holds("kinds", "thing")).exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"names": {"en": ""}}, "service.name_missing"),
        ({"price_level": "cheap"}, "service.price_unknown"),
        ({"is_citywide": False}, "service.area_missing"),
        ({"kinds": ["rocket"]}, "entry.code_unknown"),
    ],
)
def test_create_service_with_something_wrong_says_so(fields: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        create_service(draft=_draft(**fields), by=SYSTEM, now=NOW)

    assert refused.value.code == code


def test_create_service_by_a_resident_is_refused() -> None:
    with pytest.raises(NotAllowed):
        create_service(draft=_draft(), by=make_person(), now=NOW)


def test_change_service_tells_who_listens_once_and_nobody_without_a_difference(
    heard: list[tuple[str, list[int]]],
) -> None:
    service = make_service()

    change_service(service=service, changes={"price_level": "free"}, by=SYSTEM, now=NOW)
    change_service(service=service, changes={"price_level": "paid"}, by=SYSTEM, now=NOW)

    assert heard == [("service", [service.pk])]


def test_change_organisation_tells_who_listens(heard: list[tuple[str, list[int]]]) -> None:
    organisation = make_organisation()

    change_organisation(organisation=organisation, changes={"fields": ["space"]}, by=SYSTEM, now=NOW)

    assert heard == [("organisation", [organisation.pk])]


def test_services_of_a_retired_organisation_are_not_found() -> None:
    service = make_service(organisation=make_organisation(state="retired"))

    assert services_of([service.organisation_id]) == {}
    assert list(services_by_id([service.pk])) == [service.pk]


def test_get_service_that_is_drafted_is_unknown() -> None:
    service = make_service(state="draft")

    with pytest.raises(NotFound):
        get_service(service.slug)
