"""Every difference between the two engines: transactions, locks, constraints, making and copying a database."""

from sharingcity.kernel.db.behind import writing_behind
from sharingcity.kernel.db.conditions import (
    Condition,
    among,
    among_numbers,
    as_date,
    as_instant,
    every,
    instant_column,
    read_in_turn,
    read_instant,
    read_rows,
    read_rows_by_index,
    read_rows_planned_anew,
    within,
)
from sharingcity.kernel.db.copies import CannotCopy, read_copy, write_copy
from sharingcity.kernel.db.creation import create_database_if_missing
from sharingcity.kernel.db.inserts import insert
from sharingcity.kernel.db.loading import load_rows, new_row, save_rows
from sharingcity.kernel.db.locks import lock
from sharingcity.kernel.db.overlap import NoOverlap, overlap_constraint
from sharingcity.kernel.db.prepared import Given, GivenNumbers, Prepared
from sharingcity.kernel.db.retrying import retried
from sharingcity.kernel.db.transactions import TransactionId, finished_before, is_postgresql, join, write

__all__ = [
    "CannotCopy",
    "Condition",
    "Given",
    "GivenNumbers",
    "NoOverlap",
    "Prepared",
    "TransactionId",
    "among",
    "among_numbers",
    "as_date",
    "as_instant",
    "create_database_if_missing",
    "every",
    "finished_before",
    "insert",
    "instant_column",
    "is_postgresql",
    "join",
    "load_rows",
    "lock",
    "new_row",
    "overlap_constraint",
    "read_copy",
    "read_in_turn",
    "read_instant",
    "read_rows",
    "read_rows_by_index",
    "read_rows_planned_anew",
    "retried",
    "save_rows",
    "within",
    "write",
    "write_copy",
    "writing_behind",
]
