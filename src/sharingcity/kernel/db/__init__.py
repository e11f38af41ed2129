"""Every difference between the two engines: transactions, locks, constraints."""

from sharingcity.kernel.db.locks import lock
from sharingcity.kernel.db.overlap import NoOverlap, overlap_constraint
from sharingcity.kernel.db.transactions import TransactionId, finished_before, is_postgresql, write

__all__ = [
    "NoOverlap",
    "TransactionId",
    "finished_before",
    "is_postgresql",
    "lock",
    "overlap_constraint",
    "write",
]
