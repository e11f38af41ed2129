"""Prepared queries and inserts give what the ORM's own give, on both engines."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import BigIntegerField, CharField, DateTimeField, Model, Q, QuerySet
from django.test.utils import CaptureQueriesContext
from tests.factories import make_room

from sharingcity.kernel.db import Given, GivenNumbers, Prepared, TransactionId, insert
from sharingcity.kernel.models import JournalEntry, JournalSeal, PublicHoliday, StreamHead
from sharingcity.listings.models import Listing

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def _entry(**values: object) -> JournalEntry:
    known = {
        "stream": "city",
        "number": 1,
        "event": "a.b",
        "actor": "system",
        "at": NOW,
        "object_type": "a",
        "object_id": "1",
        "data": {"é": [1, None, "’"]},
        "previous_hash": "0",
        "hash": "1",
        "transaction_number": 5,
    }
    return JournalEntry(**(known | values))


def test_model_comes_with_what_was_selected() -> None:
    listing = make_room()
    rows: QuerySet[Listing] = Listing.objects.select_related("place__district", "organisation")
    ask = Prepared(lambda: rows.filter(code=Given("code", CharField())))

    for _again in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = ask.first(code=listing.code)
            assert found is not None
            assert (found, found.titles, found.place, found.organisation) == (
                listing,
                listing.titles,
                listing.place,
                listing.organisation,
            )
        assert len(asked) == 1
    assert ask.first(code="no-such") is None
    assert ask.rows(code="no-such") == []


def test_models_are_what_the_orm_makes_of_the_rows() -> None:
    listing = make_room()
    rows: QuerySet[Listing] = Listing.objects.select_related("place__district", "organisation", "category").only(
        "code", "titles", "place__names", "place__district__slug", "organisation__slug", "category__slug"
    )

    (found,), (made,) = Prepared(lambda: rows).rows(), rows

    for one, other in ((found, made), (found.place, made.place), (found.organisation, made.organisation)):
        assert _plain(one) == _plain(other)
        assert one.get_deferred_fields() == other.get_deferred_fields()
        assert (one._state.adding, one._state.db) == (False, "default")
    assert (found.category, made.category) == (None, None)
    assert found.place.district == made.place.district is not None
    assert found.descriptions == listing.descriptions  # read when asked for
    found.quality = 77
    found.save(update_fields=["quality"])
    listing.refresh_from_db()
    assert listing.quality == 77


def _plain(one: Model) -> dict[str, object]:
    return {name: value for name, value in one.__dict__.items() if name != "_state"}


def test_values_are_those_of_the_orm() -> None:
    for day in (1, 2, 3):
        PublicHoliday.objects.create(date=date(2026, 1, day), names={"ko": f"{day}일"})
    rows = PublicHoliday.objects.order_by("-date").values_list("date", "names")
    flat = PublicHoliday.objects.order_by("date").values_list("names", flat=True)

    assert Prepared(lambda: rows).rows() == list(rows)
    assert Prepared(lambda: flat).rows() == list(flat)


def test_instants_and_numbers_are_bound_for_the_engine() -> None:
    entries = [_entry(number=number, hash=str(number), at=NOW + timedelta(hours=number)) for number in (1, 2, 3)]
    JournalEntry.objects.bulk_create(entries)
    since = Given("since", DateTimeField())
    ask = Prepared(
        lambda: (
            JournalEntry.objects.filter(Q(at__gt=since), number__among=GivenNumbers("numbers"))
            .order_by("number")
            .values_list("number", "at")
        )
    )

    assert ask.rows(since=NOW + timedelta(hours=1), numbers=[1, 3]) == [(3, NOW + timedelta(hours=3))]
    assert [number for number, _ in ask.rows(since=NOW, numbers=[3, 2, 1])] == [1, 2, 3]
    assert ask.rows(since=NOW, numbers=[]) == []


def test_missing_value_is_a_clear_mistake() -> None:
    ask = Prepared(lambda: StreamHead.objects.filter(number=Given("number", BigIntegerField())))

    with pytest.raises(KeyError, match="number"):
        ask.rows(other=1)


def test_inserted_row_is_what_the_orm_would_have_written() -> None:
    written = _entry()

    insert(written)

    assert not written._state.adding
    found = JournalEntry.objects.get(pk=written.pk)
    assert (found.data, found.at, found.words_hash) == ({"é": [1, None, "’"]}, NOW, written.words_hash)
    found.event = "a.c"
    found.save(update_fields=["event"])
    assert JournalEntry.objects.get().event == "a.c"


def test_insert_takes_expressions() -> None:
    written = _entry(transaction_number=TransactionId())
    with transaction.atomic():
        insert(written)

    number = JournalEntry.objects.get().transaction_number
    assert number > 0 if connection.vendor == "postgresql" else number == 0


def test_insert_is_refused_by_constraints() -> None:
    insert(_entry())

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(_entry())


def test_insert_once_keeps_what_is_there() -> None:
    first, second = (JournalSeal(at=NOW, digest=digest, heads={}) for digest in ("first", "second"))

    assert insert(first, once="at")
    assert not insert(second, once="at")
    assert second.pk is None
    assert [kept.digest for kept in JournalSeal.objects.all()] == ["first"]
