"""The process that does the background work.

Its main thread takes one task after another; a second thread says that it is alive and prolongs the lease of the task
at hand, so that a long task is not taken back and a dead worker's is.
"""

import logging
import os
import secrets
import socket
import threading
from datetime import datetime, timedelta

from django.db import Error as DatabaseError
from django.db import close_old_connections, connection

from sharingcity.kernel import clock
from sharingcity.kernel.models import WorkerHeartbeat
from sharingcity.kernel.tasks import leases
from sharingcity.kernel.tasks.attempt import run_attempt
from sharingcity.kernel.tasks.declared import load_tasks
from sharingcity.kernel.tasks.periodic import enqueue_due_jobs

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.5
UPKEEP_SECONDS = 5.0
AFTER_ERROR_SECONDS = 3.0


def new_worker_name() -> str:
    """Machine, process and a lot: unique among all workers of all machines."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


class Worker:
    """Works until `stop()`; the task at hand is finished first."""

    def __init__(self, *, name: str = "", lease: timedelta = leases.LEASE) -> None:
        self.name = name or new_worker_name()
        self.lease = lease
        self._stopping = threading.Event()
        self._ended = threading.Event()
        self._upkeep_at: datetime | None = None

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        """Blocks until `stop()`. A database that is away for a while is waited for."""
        load_tasks()
        alive = threading.Thread(target=self._say_alive, name="alive", daemon=True)
        alive.start()
        while not self._stopping.is_set():
            self._stopping.wait(self._step())
        self._ended.set()
        alive.join()
        WorkerHeartbeat.objects.filter(worker=self.name).delete()

    def _step(self) -> float:
        """Does one task; returns how long to wait before the next step."""
        close_old_connections()
        try:
            return 0.0 if self.run_next() else IDLE_SECONDS
        except DatabaseError as problem:
            log.warning("The database does not answer (%s); trying again", problem)
            connection.close()
            return AFTER_ERROR_SECONDS

    def run_next(self) -> bool:
        """Upkeep when it is time, then one task when one is due: whether there was one."""
        now = clock.now()
        if self._upkeep_at is None or now >= self._upkeep_at:
            self._upkeep_at = now + timedelta(seconds=UPKEEP_SECONDS)
            leases.take_back_lost(now=now)
            enqueue_due_jobs(now)
        row = leases.claim_next(worker=self.name, now=now, lease=self.lease)
        if row is not None:
            run_attempt(row, worker=self.name, clock=clock.now)
        return row is not None

    def _say_alive(self) -> None:
        """The second thread, with a connection of its own."""
        started_at = clock.now()
        while not self._ended.is_set():
            try:
                self._beat(started_at)
            except DatabaseError as problem:
                log.warning("The lease could not be prolonged (%s); trying again", problem)
                connection.close()
            self._ended.wait(self.lease.total_seconds() / 4)
        connection.close()

    def _beat(self, started_at: datetime) -> None:
        close_old_connections()
        now = clock.now()
        leases.renew(worker=self.name, now=now, lease=self.lease)
        WorkerHeartbeat.objects.update_or_create(
            worker=self.name, defaults={"seen_at": now}, create_defaults={"started_at": started_at, "seen_at": now}
        )
