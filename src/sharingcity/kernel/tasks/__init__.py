"""Background work, in the same database and the same transaction as what caused it.

Declare a task in a room's `tasks.py`:

    @task(max_attempts=8)
    def deliver_notice(notice_id: int) -> None: ...

    @periodic("people.sweep_notices", every=timedelta(minutes=10))
    @task()
    def sweep_notices() -> None: ...

and enqueue it inside the operation's transaction: `enqueue("sharingcity.people.tasks.deliver_notice", notice.id)`.
A task may run twice (a worker can die between the work and its tick), so it must be safe to run twice.
"""

from sharingcity.kernel.tasks.declared import enqueue, load_tasks, task, waiting_arguments, withdraw
from sharingcity.kernel.tasks.due import run_due_tasks
from sharingcity.kernel.tasks.housekeeping import sweep_finished_tasks
from sharingcity.kernel.tasks.periodic import PeriodicJob, enqueue_due_jobs, periodic
from sharingcity.kernel.tasks.sealing import forget_asked_counts, forget_idempotency_keys, seal_journal
from sharingcity.kernel.tasks.worker import Worker

__all__ = [
    "PeriodicJob",
    "Worker",
    "enqueue",
    "enqueue_due_jobs",
    "forget_asked_counts",
    "forget_idempotency_keys",
    "load_tasks",
    "periodic",
    "run_due_tasks",
    "seal_journal",
    "sweep_finished_tasks",
    "task",
    "waiting_arguments",
    "withdraw",
]
