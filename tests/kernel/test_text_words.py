import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharingcity.kernel.text import index_tokens, normalise, query_tokens, query_words


def finds(question: str, text: str) -> bool:
    return set(query_tokens(question)) <= set(index_tokens(text))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("회의실", "대회의실"),
        ("회의실을", "대회의실"),
        ("회의실에서", "마포구청 소회의실"),
        ("체육관", "서울월드컵경기장 보조체육관"),
        ("회의실", "회의실을 빌려드립니다"),
        ("도서관", "마포중앙도서관은 월요일에 쉽니다"),
        ("다목적홀", "다목적 홀"),
        ("다목적 홀", "다목적홀"),
        ("주민센터 강당", "서교동주민센터(지하1층 대강당)"),
        ("홀", "구민회관 다목적홀"),
        ("홀", "구민회관 다목적홀을 대관합니다"),
        ("3층 회의실", "3층회의실"),
        ("3층회의실", "3층 회의실"),
        ("마을", "마을활력소"),
        ("어린이", "어린이집 놀이터"),
        ("어린이", "어린이 도서관"),
        ("ｍｅｅｔｉｎｇ　ｒｏｏｍ", "Meeting rooms"),
        ("libraries", "Public Library"),
        ("the meeting room at the library", "Library meeting room"),
        ("cafe", "CAFÉ"),
        ("20", "٢٠"),
        ("قاعه", "القاعة الكبيرة"),
        ("قاعة", "قاعات الاجتماعات"),
        ("اجتماع", "قَاعَة الاجتِماعات"),
        ("مكتبة", "المكـــتبات العامة"),
        ("إجتماع", "اجتماع"),
        ("مستشفي", "المستشفى"),
        ("السيارة", "سيارات"),
        ("room 101", "Room 101"),
    ],
)
def test_question_finds_text(question: str, text: str) -> None:
    assert finds(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("회의실", "의회"),
        ("대회의실", "소회의실"),
        ("강당", "강의실"),
        ("회의실 마포", "회의실 강남"),
        ("가을", "마을"),
        ("room", "hall"),
        ("قاعة", "مكتبة"),
        ("2", "20"),
    ],
)
def test_question_does_not_find_another_text(question: str, text: str) -> None:
    assert not finds(question, text)


def test_index_tokens_hold_the_word_and_its_parts() -> None:
    assert index_tokens("대회의실") == ["대회의실", "대회", "회의", "의실", "실"]


def test_index_tokens_repeat_a_repeated_word() -> None:
    assert index_tokens("Room room").count("room") == 2


def test_query_tokens_come_once() -> None:
    assert query_tokens("rooms room ROOM") == ["room"]


@pytest.mark.parametrize(
    ("word", "noun"),
    [
        ("회의실을", "회의실"),
        ("도서관은", "도서관"),
        ("주차장에서", "주차장"),
        ("월요일부터", "월요일"),
        ("카페를", "카페"),
        ("체육관으로", "체육관"),
        ("서울마을", "서울마을"),
        ("지하상가", "지하상가"),
        ("을지로", "을지로"),
        ("주민회의", "주민회의"),
        ("가을", "가을"),
        ("어린이", "어린이"),
    ],
)
def test_particle_is_taken_off_only_where_it_can_be_one(word: str, noun: str) -> None:
    assert query_words(word) == [noun]


def test_stop_words_are_left_out_unless_alone() -> None:
    assert query_tokens("room at the top") == ["room", "top"]
    assert query_tokens("The") == ["the"]
    assert query_tokens("غرفة في") == query_tokens("غرفة")


@pytest.mark.parametrize("text", ["", "  ", "!?", "-_-", "☕"])
def test_text_without_a_letter_has_no_tokens(text: str) -> None:
    assert index_tokens(text) == query_tokens(text) == query_words(text) == []


def test_normalise_keeps_japanese_voicing() -> None:
    assert normalise("ｶﾞｽ") == "ガス"


@given(st.text(max_size=40))
def test_tokens_are_letters_and_digits_only(text: str) -> None:
    for token in [*index_tokens(text), *query_tokens(text), *query_words(text)]:
        assert token.isalnum()


@given(st.text(st.sampled_from("회의실을대강당은마포 3aroms قاعةال,"), max_size=20))
def test_text_is_found_by_itself(text: str) -> None:
    assert finds(text, text)
    assert set(query_words(text)) <= set(index_tokens(text))
