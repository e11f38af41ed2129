"""Sign, line, ring and disc."""

from xml.etree import ElementTree

import pytest

from sharingcity.ui.drawings import marks
from sharingcity.ui.drawings.marks import MarkStatus


@pytest.mark.parametrize("size", [16, 24, 40, 160])
def test_sign_is_heavier_when_small(size: int) -> None:
    drawn = marks.sign(size)

    ElementTree.fromstring(drawn)
    assert ("sign-small" in drawn) == (size <= marks.SMALL_SIGN_PX)


def test_hands_has_one_head_for_each_district_and_lights_ours() -> None:
    drawn = marks.hands(25, lit=7)

    assert drawn.count("<circle") == 25
    assert drawn.count('class="lit"') == 1
    assert '<circle class="lit" cx="345"' in drawn


def test_hands_shows_the_missing_person() -> None:
    assert marks.hands(9, missing=4).count('class="missing"') == 1


@pytest.mark.parametrize(("status", "walks"), [("valid", True), ("suspended", False), ("ended", False)])
def test_ring_walks_only_while_valid(status: MarkStatus, walks: bool) -> None:
    drawn = marks.ring(160, status=status, people=25)

    ElementTree.fromstring(drawn)
    assert ("ring-walk" in drawn) == walks
    assert drawn.count("<circle", 0, drawn.index("</g>")) == 25


def test_ring_says_what_it_is_told() -> None:
    drawn = marks.ring(label="Designated & valid")

    assert "<title>Designated &amp; valid</title>" in drawn
    assert 'aria-hidden="true"' not in drawn


@pytest.mark.parametrize("status", ["valid", "suspended", "ended"])
def test_badge_differs_by_shape_not_only_by_colour(status: MarkStatus) -> None:
    shapes = {marks.badge(status=one).replace(one, "") for one in ("valid", "suspended", "ended")}

    assert len(shapes) == 3
    assert f"badge-{status}" in marks.badge(status=status)
