"""Districts and categories come again and again from files; nothing is lost on the way."""

import pytest
from tests.factories import NOW

from sharingcity.directory.models import Category, District
from sharingcity.directory.operations import CategoryDraft, DistrictDraft, upsert_categories, upsert_districts
from sharingcity.directory.queries import district_finder
from sharingcity.kernel.states import SYSTEM

pytestmark = pytest.mark.django_db


def _square(west: float, south: float, size: float = 0.1) -> dict[str, object]:
    corners = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


def _upsert(*drafts: DistrictDraft) -> tuple[int, int, int]:
    counts = upsert_districts(drafts=drafts, by=SYSTEM, now=NOW)
    return counts.created, counts.updated, counts.unchanged


def test_upsert_districts_twice_changes_nothing() -> None:
    mapo = DistrictDraft(code="11440", names={"ko": "마포구", "en": "Mapo-gu"}, geometry=_square(126.9, 37.5))

    assert _upsert(mapo) == (1, 0, 0)
    assert _upsert(mapo) == (0, 0, 1)
    assert District.objects.get().slug == "mapo"


def test_upsert_districts_with_another_code_system_finds_the_same_name() -> None:
    _upsert(DistrictDraft(code="11440", names={"ko": "마포구", "en": "Mapo-gu"}))

    assert _upsert(DistrictDraft(code="11140", names={"ko": "마포구"}, geometry=_square(126.9, 37.5))) == (0, 1, 0)

    mapo = District.objects.get()
    assert (mapo.code, mapo.slug, mapo.names["en"]) == ("11140", "mapo", "Mapo-gu")


def test_district_finder_tells_the_district_of_a_point() -> None:
    _upsert(
        DistrictDraft(code="1", names={"ko": "서"}, slug="west", geometry=_square(126.9, 37.5)),
        DistrictDraft(code="2", names={"ko": "동"}, slug="east", geometry=_square(127.0, 37.5)),
    )
    finder = district_finder()

    found = [finder.find(lat, lng) for lat, lng in ((37.55, 126.95), (37.55, 127.05), (37.7, 127.05), (None, None))]

    assert [district and district.slug for district in found] == ["west", "east", None, None]


def test_upsert_categories_renames_by_slug() -> None:
    upsert_categories(drafts=[CategoryDraft(slug="hall", names={"ko": "강당"})], by=SYSTEM, now=NOW)
    upsert_categories(drafts=[CategoryDraft(slug="hall", names={"ko": "큰 강당"})], by=SYSTEM, now=NOW)

    assert [(row.slug, row.names) for row in Category.objects.all()] == [("hall", {"ko": "큰 강당"})]
