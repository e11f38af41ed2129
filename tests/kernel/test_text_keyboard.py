import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharingcity.kernel.text import layout_variants


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghldmltlf", "회의실"),
        ("GHLDMLTLF", "회의실"),
        ("ekahrwjrghf", "다목적홀"),
        ("cpdbrrhks", "체육관"),
        ("rkdskarn", "강남구"),
        ("akvh ghldmltlf", "마포 회의실"),
        ("akvhrn ghldmltlf 20", "마포구 회의실 20"),
        ("Qkdwlq", "빵집"),
        ("ekfRkql", "달까비"),
        ("dlfrdjdy", "읽어요"),
        ("ㅡㄷㄷ샤ㅜㅎ 개ㅐㅡ", "meeting room"),
        ("ㅣㅑㅠㄱㅁ교", "library"),
        ("ㅗ미ㅣ", "hall"),
    ],
)
def test_question_on_the_wrong_keyboard_is_read_on_the_other(typed: str, meant: str) -> None:
    assert layout_variants(typed) == [meant]


@pytest.mark.parametrize(
    "typed", ["", "20", "회의실", "다목적 홀", "meeting room", "library", "the", "gym", "B1", "قاعة"]
)
def test_question_that_makes_no_sense_on_the_other_keyboard_has_no_variant(typed: str) -> None:
    assert layout_variants(typed) == []


def test_decomposed_korean_is_not_taken_for_loose_letters() -> None:
    assert layout_variants("\u1112\u116c\u110b\u1174\u1109\u1175\u11af") == []


_KEYS = "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml"


@given(st.text(st.sampled_from(_KEYS), min_size=4, max_size=12))
def test_korean_variant_has_whole_syllables_only(typed: str) -> None:
    for variant in layout_variants(typed):
        assert all("가" <= c <= "힣" for c in variant)


@given(st.text(max_size=30))
def test_variants_of_any_text_are_at_most_two_and_other(text: str) -> None:
    variants = layout_variants(text)

    assert len(variants) <= 2
    assert text not in variants
