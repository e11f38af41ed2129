"""Write transactions, and the position that a finished transaction leaves behind."""

from contextlib import AbstractContextManager

from django.db import connection, transaction
from django.db.models import BigIntegerField, Func


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def write() -> "AbstractContextManager[None]":
    """A write transaction. On SQLite it is IMMEDIATE (the alias' `transaction_mode`): writers queue, none fails late.

    Nested calls are savepoints. Reads need none.
    """
    return transaction.atomic()


def join() -> "AbstractContextManager[None]":
    """Takes part in the caller's write transaction without a savepoint of its own; begins one where there is none.

    For what is never caught half-way: a failure inside fails the whole transaction.
    """
    return transaction.atomic(savepoint=False)


class TransactionId(Func):
    """The number of the running transaction on PostgreSQL; 0 on SQLite, which has one writer at a time."""

    template = "0"
    output_field = BigIntegerField()

    def as_postgresql(self, compiler, connection, **context):  # type: ignore[no-untyped-def]  # Django's own signature is untyped
        return super().as_sql(compiler, connection, template="(pg_current_xact_id()::text::bigint)", **context)


def finished_before() -> int | None:
    """Transactions below this number have all ended (PostgreSQL); None where everything visible is final (SQLite)."""
    if not is_postgresql():
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])
