"""What is called otherwise is found all the same."""

import pytest

from sharingcity.finding.queries import Question, search
from sharingcity.finding.rules.synonyms import GROUPS, other_names
from sharingcity.kernel.text import normalise
from tests import factories as make
from tests.factories import NOW


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("회의실", "함께 쓰는 회의 공간"),
        ("회의실", "마을회의공간"),
        ("futsal", "옥상 풋살장"),
        ("car park", "공영주차장"),
        ("ملعب تنس", "한강 테니스장"),
        ("미팅룸", "Conference rooms"),
        ("프로젝터", "Projector"),
    ],
)
def test_another_name_finds_it(asked: str, title: str) -> None:
    make.make_room(title)
    make.make_room("우산")

    assert [one.listing.titles["ko"] for one in search(Question(q=asked), NOW).results] == [title]


def test_part_of_another_word_is_no_name() -> None:
    assert other_names("program content gymnastics tenth") == ""


def test_what_the_text_says_itself_is_not_said_again() -> None:
    assert "회의실" not in other_names("회의실 meeting room").split()


def test_no_name_stands_in_two_groups() -> None:
    names = [normalise(name) for group in GROUPS for name in group]

    assert len(names) == len(set(names))
