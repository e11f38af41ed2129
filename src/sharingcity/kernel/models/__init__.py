"""Tables of the kernel: journal, erasable words, the city calendar, idempotency, periodic jobs."""

from sharingcity.kernel.models.calendar import PublicHoliday
from sharingcity.kernel.models.facts import Fact
from sharingcity.kernel.models.idempotency import IdempotencyKey
from sharingcity.kernel.models.jobs import PeriodicRun, TaskAttempt, WorkerHeartbeat
from sharingcity.kernel.models.journal import JournalEntry, JournalSeal, JournalWords, StreamHead
from sharingcity.kernel.models.shared import AskedCount, SharedCache

__all__ = [
    "AskedCount",
    "Fact",
    "IdempotencyKey",
    "JournalEntry",
    "JournalSeal",
    "JournalWords",
    "PeriodicRun",
    "PublicHoliday",
    "SharedCache",
    "StreamHead",
    "TaskAttempt",
    "WorkerHeartbeat",
]
