"""The map gathered by cells: it counts what is there, and what answers."""

from dataclasses import replace
from datetime import date

import pytest

from sharingcity.finding.models import CellCount
from sharingcity.finding.operations.cells import fold_cell_counts
from sharingcity.finding.operations.index import forget_over, recount
from sharingcity.finding.queries import Question, search
from sharingcity.finding.queries import clusters as rooms_map
from sharingcity.finding.queries.clusters import count_by_kind, map_section, resolution_for
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.geo import BoundingBox
from sharingcity.listings.slots import announce_change
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db

CITY = BoundingBox(126.7, 37.4, 127.2, 37.7)
MIDDLE = Question(bbox=CITY)


def make_spots(count: int = 12, **fields: object) -> list[int]:
    """In a row from west to east, half a kilometre apart."""
    policy = make.make_policy()
    made = []
    for number in range(count):
        place = make.make_place(lat=37.55, lng=126.85 + number * 0.006)
        room = make.make_room(f"Room {number}", policy=policy, place=place, **fields)
        made.append(room.pk)
    return made


@pytest.mark.parametrize("half_width", [0.2, 0.05, 0.01, 0.002])
def test_clusters_count_what_lies_in_the_section(half_width: float) -> None:
    make_spots()
    box = BoundingBox(126.88 - half_width, 37.5, 126.88 + half_width, 37.6)
    inside = sum(box.west <= 126.85 + n * 0.006 <= box.east for n in range(12))

    found = map_section(replace(MIDDLE, bbox=box), NOW)

    # A cluster lies where its listings lie in the middle: at the edges it may be in or out as a whole.
    assert abs(found.count - inside) <= 2
    assert found.count == sum(one.count for one in found.clusters) == sum(sum(c.kinds.values()) for c in found.clusters)


def test_finer_sections_have_finer_cells() -> None:
    boxes = [BoundingBox(127 - half, 37.5 - half, 127 + half, 37.5 + half) for half in (2.0, 0.3, 0.05, 0.005)]

    resolutions = [resolution_for(box) for box in boxes]

    assert resolutions == sorted(resolutions)
    assert (resolutions[0], resolutions[-1]) == (4, 9)


def test_kinds_are_told_apart_and_asked_apart() -> None:
    make_spots(3)
    make_spots(2, kind="vehicle")

    everything, vehicles = map_section(MIDDLE, NOW), map_section(replace(MIDDLE, kind="vehicle"), NOW)

    assert sum(one.kinds.get("space", 0) for one in everything.clusters) == 3
    assert (everything.count, vehicles.count) == (5, 2)


def test_counts_follow_every_change_and_folding_changes_nothing() -> None:
    pks = make_spots(4)
    for pk in pks:  # once more for nothing
        announce_change([pk])
    before = map_section(MIDDLE, NOW)
    room = make.make_room("Other", place=make.make_place(lat=37.55, lng=126.85))
    room.state, room.retired_at = "retired", NOW
    room.save()
    announce_change([room.pk])

    fold_cell_counts()

    assert map_section(MIDDLE, NOW) == before
    rows = list(CellCount.objects.values_list("cell", "kind"))
    assert len(rows) == len(set(rows))
    recount()
    assert map_section(MIDDLE, NOW) == before


def test_what_else_is_asked_is_applied_in_a_narrow_section_and_named_in_a_wide_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_spots(5)
    make_spots(2, capacity=5)
    question = replace(MIDDLE, party_size=20, q="room")

    narrow = map_section(question, NOW)
    monkeypatch.setattr(rooms_map, "MOST_FILTERED", 3)
    wide = map_section(question, NOW)

    assert (narrow.count, narrow.is_filtered) == (5, True)
    assert (wide.count, wide.is_filtered) == (7, False)


def test_time_is_applied_too() -> None:
    make_spots(3)
    make_spots(1, hours="Mo-Su 06:00-07:00")

    assert map_section(replace(MIDDLE, when=make.wish().interval), NOW).count == 3


def test_what_is_over_is_no_longer_found_counted_or_drawn() -> None:
    make_spots(1)
    for last in (date(2026, 11, 1), date(2026, 11, 2)):
        fields = {"kind": "event", "first_date": date(2026, 10, 1), "last_date": last}
        make.make_room(f"Until {last}", place=make.make_place(lat=37.55, lng=126.9), **fields)
    assert [one.listing.titles["en"] for one in search(Question(kind="event"), NOW).results] == ["Until 2026-11-02"]
    assert count_by_kind() == {"event": 2, "space": 1}

    assert forget_over(date(2026, 11, 2)) == 1

    assert count_by_kind() == {"event": 1, "space": 1}
    assert map_section(MIDDLE, NOW).count == 2
    assert forget_over(date(2026, 11, 2)) == 0


def test_what_lies_nowhere_is_counted_and_not_drawn() -> None:
    make_spots(1)
    make.make_room("Nowhere", place=make.make_place(lat=None, lng=None))

    assert count_by_kind() == {"space": 2}
    assert map_section(replace(MIDDLE, bbox=BoundingBox(-179, -89, 179, 89)), NOW).count == 1


def test_map_without_a_section_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        map_section(Question(), NOW)
    assert (refused.value.code, refused.value.field) == ("request.invalid", "bbox")


def test_an_empty_city_has_no_clusters() -> None:
    assert map_section(MIDDLE, NOW).clusters == []
