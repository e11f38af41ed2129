"""Pages by cursor: nothing twice, nothing left out, an honest count."""

from datetime import timedelta

import pytest
from tests.booking.acts import refused
from tests.factories import NOW, make_person

from sharingcity.kernel.paging import COUNTED_TO, Page, count_of, decode_cursor, encode_cursor, page_of
from sharingcity.people.models import Notice, Person

pytestmark = pytest.mark.django_db


def write_down(person: Person, count: int, together: int = 1) -> None:
    Notice.objects.bulk_create(
        Notice(
            person=person,
            code="x",
            language="en",
            key=f"k{number}",
            due_at=NOW,
            created_at=NOW + timedelta(seconds=number // together),
        )
        for number in range(count)
    )


def walk(limit: int) -> list[int]:
    seen, cursor = [], ""
    while True:
        found = page_of(Notice.objects.all(), Page(limit=limit, cursor=cursor), "created_at")
        seen += [row.pk for row in found.rows]
        if found.next is None:
            return seen
        cursor = found.next


@pytest.mark.parametrize("limit", [1, 3, 7, 25])
def test_pages_give_every_row_once_newest_first_also_among_equals(limit: int) -> None:
    write_down(make_person(), 25, together=4)

    wanted = list(Notice.objects.order_by("-created_at", "-id").values_list("id", flat=True))

    assert walk(limit) == wanted


def test_page_that_is_just_full_has_no_next() -> None:
    write_down(make_person(), 5)

    found = page_of(Notice.objects.all(), Page(limit=5), "created_at")

    assert (len(found.rows), found.next) == (5, None)
    assert found.count == {"value": 5, "is_exact": True}


def test_row_that_comes_in_between_moves_nothing() -> None:
    person = make_person()
    write_down(person, 6)
    first = page_of(Notice.objects.all(), Page(limit=3), "created_at")
    Notice.objects.create(
        person=person, code="x", language="en", key="new", due_at=NOW, created_at=NOW + timedelta(hours=1)
    )

    second = page_of(Notice.objects.all(), Page(limit=3, cursor=first.next or ""), "created_at")

    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}
    assert len(second.rows) == 3


def test_count_is_exact_up_to_a_thousand_and_honest_beyond() -> None:
    write_down(make_person(), COUNTED_TO)
    assert count_of(Notice.objects.all()) == {"value": COUNTED_TO, "is_exact": True}

    Notice.objects.create(person=make_person(), code="x", language="en", key="one more", due_at=NOW, created_at=NOW)

    assert count_of(Notice.objects.all()) == {"value": COUNTED_TO, "is_exact": False}


@pytest.mark.parametrize(
    "cursor",
    [
        "!",
        "가나다",
        "YWJj",
        encode_cursor("x", "y"),
        encode_cursor("2026-01-01", 1, 2),
        encode_cursor("0001-01-01T00:00:00+14:00", 1),
    ],
)
def test_cursor_that_is_not_ours_is_refused(cursor: str) -> None:
    with refused("request.bad_cursor"):
        page_of(Notice.objects.all(), Page(cursor=cursor), "created_at")


def test_cursor_is_read_as_it_was_written() -> None:
    assert decode_cursor(encode_cursor("2026-11-02T01:00:00+00:00", 7), 2) == ["2026-11-02T01:00:00+00:00", "7"]
