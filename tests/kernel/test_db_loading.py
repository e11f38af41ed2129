"""Many rows at once are the rows that the ORM would have written, one by one."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries
from tests import factories as make

from sharingcity.kernel.db import load_rows, new_row, save_rows
from sharingcity.kernel.db.loading import BY_STATEMENT
from sharingcity.listings.models import FieldSource, HoursVersion, Listing, OpeningHours, Place

pytestmark = pytest.mark.django_db

COLUMNS = ("id", "rule", "closed_groups")
AWKWARD = "a\tb\nc\rd\\N \\. 회의실 قاعة ' \" %s \U0001f6b2"


def _row(number: int, rule: str) -> tuple[object, ...]:
    return (number, rule, str(number))


def test_texts_arrive_as_they_were() -> None:
    texts = [AWKWARD, "", "one\n\\.\nthree", "\\", "\\N", "%", "null"]

    load_rows(OpeningHours, COLUMNS, [_row(number, text) for number, text in enumerate(texts, start=1)])

    assert list(OpeningHours.objects.order_by("id").values_list("rule", flat=True)) == texts


@pytest.mark.parametrize("count", [0, 1, BY_STATEMENT, BY_STATEMENT + 1])
def test_every_row_is_counted_and_written(count: int) -> None:
    assert load_rows(OpeningHours, COLUMNS, (_row(number, "a") for number in range(1, count + 1))) == count

    assert OpeningHours.objects.count() == count


def test_a_known_row_is_written_over_where_that_is_asked() -> None:
    load_rows(OpeningHours, COLUMNS, [_row(1, "old"), _row(2, "kept")])

    load_rows(OpeningHours, COLUMNS, [_row(1, "new"), _row(3, "come")], over=["id"])
    load_rows(OpeningHours, COLUMNS, [_row(3, "again")], over=["id"])

    assert dict(OpeningHours.objects.values_list("id", "rule")) == {1: "new", 2: "kept", 3: "again"}


def test_a_known_row_is_refused_else_and_nothing_is_written() -> None:
    load_rows(OpeningHours, COLUMNS, [_row(1, "old")])

    with pytest.raises(IntegrityError), transaction.atomic():
        load_rows(OpeningHours, COLUMNS, [_row(2, "new"), _row(1, "new")])

    assert dict(OpeningHours.objects.values_list("id", "rule")) == {1: "old"}


def test_rows_get_keys_behind_all_others_and_later_ones_behind_them() -> None:
    before = OpeningHours.objects.create(rule="Mo")
    rows = [OpeningHours(rule=f"Mo {hour:02}:00-23:00") for hour in range(5)]

    save_rows(rows)
    after = OpeningHours.objects.create(rule="Su")

    assert before.pk < rows[0].pk < rows[-1].pk < after.pk
    assert OpeningHours.objects.in_bulk([row.pk for row in rows]) == {row.pk: row for row in rows}


def test_json_days_and_instants_are_read_as_they_were_given() -> None:
    room = make.make_room("Hall")
    now = datetime(2026, 11, 26, 3, 4, 5, 678901, tzinfo=UTC)
    rule = OpeningHours.objects.create(rule="Mo-Fr")
    values = Listing.objects.filter(pk=room.pk).values().get()
    given = {
        "id": None,
        "code": "ZZZZZZZZZZ",
        "titles": {"ko": AWKWARD},
        "created_at": now,
        "first_date": date(2026, 1, 2),
    }

    listing = new_row(Listing, values | given)
    save_rows([listing])
    version = HoursVersion(listing_id=listing.pk, hours_id=rule.pk, valid_from=date(2026, 1, 2))
    save_rows([version])

    stored = Listing.objects.get(pk=listing.pk)
    assert (stored.titles, stored.created_at, stored.first_date) == ({"ko": AWKWARD}, now, date(2026, 1, 2))
    assert (stored.last_date, stored.is_extra, stored.place_id) == (None, False, room.place_id)
    assert HoursVersion.objects.get(pk=version.pk).valid_from == date(2026, 1, 2)


def test_a_place_without_coordinates_has_none() -> None:
    organisation = make.make_organisation()
    values = {"code": "PPPPPPPPPP", "names": {}, "address": "", "directions": {}, "organisation_id": organisation.pk}

    save_rows([new_row(Place, values)])

    assert Place.objects.get(code="PPPPPPPPPP").lat is None


def test_no_rows_are_no_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        save_rows([])
        load_rows(FieldSource, ("listing_id", "field"), [])
