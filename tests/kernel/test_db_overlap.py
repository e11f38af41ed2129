"""The database itself refuses an overlap, on the engine under test, whatever is done to the table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps
from tests.engines.constraints import without_overlap_constraints
from tests.factories import make_room

from sharingcity.booking.models import Claim, Closure, Item, PolicyVersion, Reservation
from sharingcity.kernel.db import NoOverlap, lock, overlap_constraint, write
from sharingcity.listings.models import Unit
from sharingcity.site.checks import examine, unlaid_constraints

TEN = datetime(2026, 11, 12, 10, tzinfo=UTC)
USE, BLOCK = "claim_use_no_overlap", "claim_use_block_apart"
HOUR = timedelta(hours=1)


class Board:
    """Two units, and a way to lay claims on them past every rule."""

    def __init__(self) -> None:
        self.room = make_room(units=2)
        self.units = list(Unit.objects.order_by("id"))
        self.version = PolicyVersion.objects.get()

    def use(self, starts: float = 0, ends: float = 2, unit: int = 0, rest: float = 0, **more: Any) -> Claim:
        return Claim.objects.create(
            item=self._item(), layer="use", unit=self.units[unit], **self._times(starts, ends, rest), **more
        )

    def block(self, starts: float = 0, ends: float = 2, unit: int = 0, **more: Any) -> Claim:
        closure = Closure.objects.create(
            kind="repair",
            organisation=self.room.organisation,
            starts_at=TEN,
            ends_at=TEN + HOUR,
            made_by="x",
            made_at=TEN,
        )
        times = self._times(starts, ends, 0)
        return Claim.objects.create(closure=closure, layer="block", unit=self.units[unit], **times, **more)

    @staticmethod
    def _times(starts: float, ends: float, rest: float) -> dict[str, datetime]:
        return {
            "starts_at": TEN + starts * HOUR,
            "ends_at": TEN + ends * HOUR,
            "until": TEN + (ends + rest) * HOUR,
        }

    def _item(self) -> Item:
        from tests.factories import make_person

        reservation = Reservation.objects.create(
            person=make_person(),
            subject="x",
            listing=self.room,
            host=self.room.organisation,
            state="confirmed",
            starts_at=TEN,
            ends_at=TEN + HOUR,
            purpose="meeting",
            policy_version=self.version,
            currency="KRW",
            created_at=TEN,
        )
        return Item.objects.create(reservation=reservation, listing=self.room)


@contextmanager
def refused_by(name: str) -> Iterator[None]:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert overlap_constraint(caught.value) == name


@pytest.fixture
def board(db: None) -> Board:
    return Board()


@pytest.mark.parametrize(("starts", "ends"), [(0, 2), (1, 3), (-1, 1), (0.5, 1), (-1, 3)])
def test_insert_of_an_overlapping_use_is_refused(board: Board, starts: float, ends: float) -> None:
    board.use()

    with refused_by(USE):
        board.use(starts, ends)


def test_insert_beside_on_another_unit_or_inactive_is_allowed(board: Board) -> None:
    board.use()

    board.use(2, 4)
    board.use(-2, 0)
    board.use(unit=1)
    board.use(active=False)


@pytest.mark.parametrize("year", [1971, 2026, 2100])
def test_a_microsecond_decides(board: Board, year: int) -> None:
    hours = (datetime(year, 3, 1, 23, 59, 59, 999_999, tzinfo=UTC) - TEN) / HOUR
    microsecond = 1 / 3_600_000_000
    board.use(hours, hours + microsecond)

    board.use(hours + microsecond, hours + 2 * microsecond)
    board.block(hours - microsecond, hours)
    with refused_by(USE):
        board.use(hours, hours + 2 * microsecond)
    with refused_by(BLOCK):
        board.block(hours, hours + microsecond)


def test_turnaround_counts_between_uses_only(board: Board) -> None:
    board.use(0, 2, rest=1)

    with refused_by(USE):
        board.use(2.5, 4)
    board.block(2, 3, unit=0)
    board.use(3, 4)


def test_use_and_block_exclude_each_other_and_blocks_do_not(board: Board) -> None:
    board.block()

    with refused_by(BLOCK):
        board.use(1, 3)
    board.block(1, 3)
    board.use(unit=1)
    with refused_by(BLOCK):
        board.block(1, 3, unit=1)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (USE, lambda board: board.use(2, 4, active=False).pk and {"active": True, "starts_at": TEN + HOUR}),
        (USE, lambda board: {"starts_at": TEN + HOUR}),
        (USE, lambda board: {"starts_at": TEN - HOUR, "ends_at": TEN + HOUR, "until": TEN + HOUR}),
        (USE, lambda board: {"unit": board.units[0], "starts_at": TEN + HOUR}),
    ],
)
def test_update_of_time_unit_or_activity_into_an_overlap_is_refused(
    board: Board, name: str, change: Callable[[Board], dict[str, Any]]
) -> None:
    board.use()
    other = board.use(2, 4)

    with refused_by(name):
        Claim.objects.filter(pk=other.pk).update(**change(board))
    Claim.objects.filter(pk=other.pk).update(starts_at=TEN + 3 * HOUR)


def test_update_of_the_turnaround_into_an_overlap_is_refused(board: Board) -> None:
    first = board.use()
    board.use(2, 4)

    with refused_by(USE):
        Claim.objects.filter(pk=first.pk).update(until=TEN + 3 * HOUR)


def test_update_to_another_unit_is_refused(board: Board) -> None:
    board.use()
    other = board.use(unit=1)

    with refused_by(USE):
        Claim.objects.filter(pk=other.pk).update(unit=board.units[0])


def test_update_of_the_layer_is_refused(board: Board) -> None:
    board.block()
    other = board.block(1, 3)
    item = board.use(unit=1).item

    with refused_by(BLOCK):
        Claim.objects.filter(pk=other.pk).update(layer="use", item=item, closure=None)


def test_reactivation_over_a_new_use_is_refused(board: Board) -> None:
    freed = board.use()
    Claim.objects.filter(pk=freed.pk).update(active=False)
    board.use()

    with refused_by(USE):
        Claim.objects.filter(pk=freed.pk).update(active=True)


def test_row_may_be_rewritten_onto_itself(board: Board) -> None:
    made = board.use()

    Claim.objects.filter(pk=made.pk).update(ends_at=TEN + HOUR, until=TEN + HOUR)
    made.save()


def test_bulk_insert_that_overlaps_within_itself_is_refused(board: Board) -> None:
    made = board.use()
    rows = [
        Claim(item=made.item, layer="use", unit=board.units[1], starts_at=TEN, ends_at=TEN + HOUR, until=TEN + HOUR)
        for _ in range(2)
    ]

    with refused_by(USE):
        Claim.objects.bulk_create(rows)


def test_claims_that_end_before_they_start_or_own_nothing_are_refused(board: Board) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        board.use(1, 1)
    assert overlap_constraint(caught.value) == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        board.use(0, 2, rest=-1)


# ── whatever is done to the table ──
def stay_model(**changes: Any) -> type[models.Model]:
    """A small table with both constraints; `changes` replace fields or options."""
    options = {"end": "ends_at", "note": 10, "table": "overlap_stays"} | changes
    meta = type(
        "Meta",
        (),
        {
            "app_label": "kernel",
            "db_table": options["table"],
            "constraints": [
                NoOverlap(name="stay_apart", same="unit", start="starts_at", end=options["end"], layer="use"),
                NoOverlap(name="stay_layers", same="unit", start="starts_at", end=options["end"], differs="layer"),
            ],
        },
    )
    fields = {
        "id": options.get("key", models.AutoField)(primary_key=True),
        "unit": models.IntegerField(),
        "layer": models.CharField(max_length=5),
        "active": models.BooleanField(default=True),
        "starts_at": models.DateTimeField(),
        options["end"]: models.DateTimeField(),
        "note": models.CharField(max_length=options["note"], default=""),
    }
    with isolate_apps("sharingcity.kernel"):
        return type("Stay", (models.Model,), fields | {"Meta": meta, "__module__": __name__})


def assert_still_refuses(model: type[models.Model], end: str = "ends_at") -> None:
    rows: Any = model._default_manager
    rows.all().delete()
    stay = {"unit": 1, "layer": "use", "starts_at": TEN, end: TEN + HOUR}
    first = rows.create(**stay)
    with refused_by("stay_apart"):
        rows.create(**stay)
    with refused_by("stay_layers"):
        rows.create(**(stay | {"layer": "block"}))
    rows.filter(pk=first.pk).update(note="x")
    later = rows.create(**(stay | {"starts_at": TEN + HOUR, end: TEN + 2 * HOUR}))
    with refused_by("stay_apart"):
        rows.filter(pk=later.pk).update(starts_at=TEN)
    for constraint in model._meta.constraints:
        assert isinstance(constraint, NoOverlap)
        assert constraint.is_laid(model._meta.db_table)


@pytest.mark.django_db(transaction=True)
def test_constraints_survive_rebuilds_renames_and_key_changes() -> None:
    plain, wide = stay_model(), stay_model(note=40)
    renamed = stay_model(note=40, end="gone_at")
    moved = stay_model(note=40, end="gone_at", table="overlap_visits")
    rekeyed = stay_model(note=80, end="gone_at", table="overlap_visits", key=models.BigAutoField)

    def field(model: type[models.Model], name: str) -> Any:
        return model._meta.get_field(name)

    with connection.schema_editor() as editor:
        editor.create_model(plain)
    try:
        assert_still_refuses(plain)
        with connection.schema_editor() as editor:
            editor.alter_field(plain, field(plain, "note"), field(wide, "note"), strict=True)
        assert_still_refuses(wide)
        with connection.schema_editor() as editor:
            editor.alter_field(wide, field(wide, "ends_at"), field(renamed, "gone_at"), strict=True)
        assert_still_refuses(renamed, "gone_at")
        with connection.schema_editor() as editor:
            editor.alter_db_table(renamed, "overlap_stays", "overlap_visits")
        assert_still_refuses(moved, "gone_at")
        with connection.schema_editor() as editor:
            editor.alter_field(moved, field(moved, "id"), field(rekeyed, "id"))
        assert_still_refuses(rekeyed, "gone_at")
    finally:
        with connection.schema_editor() as editor:
            left = connection.introspection.table_names()
            for model in (plain, moved):
                if model._meta.db_table in left:
                    editor.delete_model(model)


@pytest.mark.django_db(transaction=True)
def test_check_notices_when_the_database_lost_a_constraint() -> None:
    assert unlaid_constraints() == []
    with without_overlap_constraints():
        assert sorted(unlaid_constraints()) == sorted([USE, BLOCK])
        (finding,) = (f for f in examine(TEN) if f.subject == "never twice")
        assert finding.level == "blocks"
        assert USE in finding.says
        assert finding.mend
    assert unlaid_constraints() == []


def test_constraint_is_written_into_migrations_and_read_back() -> None:
    for constraint in Claim._meta.constraints:
        if isinstance(constraint, NoOverlap):
            path, args, kwargs = constraint.deconstruct()
            assert path == "sharingcity.kernel.db.NoOverlap"
            assert NoOverlap(*args, **kwargs) == constraint
            assert constraint != Claim._meta.constraints[2]


def test_constraint_that_names_no_field_says_so() -> None:
    wrong = NoOverlap(name="wrong", same="unit", start="starts_at", end="nowhere")

    with pytest.raises(Exception, match="nowhere"):
        wrong._exclude(Claim)


@pytest.mark.django_db(transaction=True)
def test_lock_outside_a_transaction_is_a_mistake_of_the_program() -> None:
    with pytest.raises(RuntimeError, match="write transaction"):
        lock(["unit:1"])
    with write():
        lock(["unit:2", "unit:1", "unit:1"])
        lock([])
