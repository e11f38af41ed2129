"""Lifts the database's own refusal of overlaps for a while, to see what happens without it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from sharingcity.booking.models import Claim
from sharingcity.kernel.db import NoOverlap


def overlap_constraints() -> list[NoOverlap]:
    return [constraint for constraint in Claim._meta.constraints if isinstance(constraint, NoOverlap)]


@contextmanager
def without_overlap_constraints() -> Iterator[None]:
    """Drops both constraints, and lays them again on what is left of the claims afterwards."""
    with connection.schema_editor() as editor:
        for constraint in overlap_constraints():
            if connection.vendor == "sqlite":
                for event in ("insert", "update"):
                    editor.execute(f"DROP TRIGGER {constraint.name}_{event}")
            else:
                editor.execute(constraint.remove_sql(Claim, editor))
    try:
        yield
    finally:
        Claim.objects.all().delete()
        with connection.schema_editor() as editor:
            for constraint in overlap_constraints():
                if connection.vendor == "sqlite":
                    constraint.constraint_sql(Claim, editor)
                else:
                    editor.execute(constraint.create_sql(Claim, editor))
    assert all(constraint.is_laid(Claim._meta.db_table) for constraint in overlap_constraints())
