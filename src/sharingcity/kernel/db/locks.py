"""Locks by name, taken in one order, released when the transaction ends."""

import hashlib
from collections.abc import Iterable

from django.db import connection, transaction

from sharingcity.kernel.db.cursors import planned_cursor
from sharingcity.kernel.db.transactions import is_postgresql


def _number(key: str) -> int:
    """A signed 64-bit number for a key such as `unit:42`."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), signed=True)


def lock(keys: Iterable[str]) -> None:
    """Waits for every key (`person:7`, `unit:42`) and holds them until the transaction ends.

    Takes them in one global order (name of the sort, then key), so that two operations never wait for each other;
    persons come before units by the alphabet. PostgreSQL: transaction-level advisory locks. SQLite: the IMMEDIATE
    transaction already is the lock.

    Raises: RuntimeError outside a write transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("lock() needs a write transaction: wrap the operation in kernel.db.write()")
    if transaction.get_connection().needs_rollback or not is_postgresql():
        return
    numbers = [_number(key) for key in sorted(set(keys))]
    with planned_cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(number) FROM unnest(%s::bigint[]) WITH ORDINALITY AS t(number, place)"
            " ORDER BY place",
            [numbers],
        )
