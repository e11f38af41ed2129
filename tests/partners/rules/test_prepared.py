from dataclasses import replace

import pytest

from sharingcity.partners.mapped import MappedFee, MappedHours, MappedListing, MappedOrganisation
from sharingcity.partners.rules.prepared import PreparedListing, fee_words, hour_fee_minor, prepare

ITEM = MappedListing(
    key="k",
    row=7,
    title="대강당",
    place_name="구민회관",
    road_address="서울특별시 마포구 월드컵로 1",
    hours=MappedHours(rule="Mo-Fr 09:00-18:00", is_exact=True),
    organisation=MappedOrganisation(name="마포구청"),
    provider_code="3130000",
)


@pytest.mark.parametrize(
    ("fee", "minor"),
    [
        (MappedFee(), None),
        (MappedFee(is_free=True), 0),
        (MappedFee(is_free=False, base_minor=20_000, base_minutes=120), 10_000),
        (MappedFee(is_free=False, base_minor=10_000, base_minutes=90), 6_667),
        (MappedFee(is_free=False, base_minor=10_000), None),
    ],
)
def test_fee_for_an_hour_is_rounded_up(fee: MappedFee, minor: int | None) -> None:
    assert hour_fee_minor(fee) == minor


@pytest.mark.parametrize(
    ("fee", "words"),
    [
        (MappedFee(is_free=True), ""),
        (MappedFee(), ""),
        (MappedFee(is_free=False), "There is a fee"),
        (MappedFee(is_free=False, base_minor=10_000), "₩10,000"),
        (MappedFee(is_free=False, text="평일 5만원, 주말 8만원"), "평일 5만원, 주말 8만원"),
    ],
)
def test_fee_in_words(fee: MappedFee, words: str) -> None:
    assert fee_words(fee, "KRW") == words


def prepared_of(item: MappedListing) -> PreparedListing:
    return prepare([item], "KRW")[0]


def test_row_that_moved_within_the_file_has_the_same_content() -> None:
    assert prepared_of(ITEM).content_hash == prepared_of(replace(ITEM, row=8)).content_hash


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "소강당"},
        {"capacity": 5},
        {"hours": MappedHours(rule="Mo-Fr 09:00-18:00", closed_groups=("chuseok",))},
        {"lat": 37.5, "lng": 126.9},
        {"organisation": MappedOrganisation(name="마포구시설관리공단")},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_every_published_fact_is_content(changed: dict[str, object]) -> None:
    assert prepared_of(ITEM).content_hash != prepared_of(replace(ITEM, **changed)).content_hash  # type: ignore[arg-type]  # one field of each type


def test_body_of_same_name_at_another_provider_is_another() -> None:
    elsewhere = replace(ITEM, provider_code="3180000")
    assert prepared_of(ITEM).organisation.key != prepared_of(elsewhere).organisation.key


def test_hours_not_understood_are_a_note_and_no_rule() -> None:
    prepared = prepared_of(replace(ITEM, hours=MappedHours(note="달이 차는 날")))

    assert (prepared.hours, prepared.fields["opening_note"]) == (None, "달이 차는 날")


def test_long_note_is_cut_with_a_sign() -> None:
    note = str(prepared_of(replace(ITEM, hours=MappedHours(note="가" * 600))).fields["opening_note"])

    assert (len(note), note[-1]) == (500, "…")
