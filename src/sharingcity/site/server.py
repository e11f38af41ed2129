"""The running product: web processes and one worker under one parent, which starts and stops them together."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

STOP_SECONDS = 5
RESTART_SECONDS = 2.0
WATCH_SECONDS = 1.0


class PortTaken(SystemExit):
    """Raised with one line; exit status 1."""


def refuse_taken_port(host: str, port: int) -> None:
    """Raises: PortTaken, before anything is prepared."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise PortTaken(
                f"Cannot listen at {host}:{port} ({problem.strerror}). Name another with --port or --host."
            ) from problem


def stop_with_parent(parent: int, stop: Callable[[], None]) -> None:
    """Watches from a thread whether `parent` still lives, and stops when it does not: nothing outlives a kill."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH_SECONDS)
        stop()

    threading.Thread(target=watch, name="parent", daemon=True).start()


class WorkerProcess:
    """The background worker as a child process, started again when it dies unasked."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        self._child = self._spawn()
        threading.Thread(target=self._watch, name="worker", daemon=True).start()

    def stop(self) -> None:
        """Asks it to end, waits a few seconds, then ends it; its task comes back after the lease."""
        self._stopping.set()
        if self._child is None:
            return
        self._child.terminate()
        try:
            self._child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()

    def _spawn(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "sharingcity.site.cli", "worker", "--parent", str(os.getpid())]
        return subprocess.Popen(command)  # noqa: S603 - our own program with fixed words

    def _watch(self) -> None:
        while not self._stopping.wait(WATCH_SECONDS):
            if self._child is not None and self._child.poll() not in (None, 0):
                self._stopping.wait(RESTART_SECONDS)
                if not self._stopping.is_set():
                    self._child = self._spawn()


def _load_application(parent: int) -> Callable[..., Any]:
    """Runs in each web process."""
    stop_with_parent(parent, lambda: os.kill(os.getpid(), signal.SIGKILL))
    from sharingcity.site.wsgi import application  # here: in the web process, after the fork

    return application


def serve(*, host: str, port: int, with_worker: bool, announce: Callable[[], None]) -> None:
    """Serves until SIGINT or SIGTERM. `announce` runs once the port is open."""
    server = Granian(
        "sharingcity.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.WEB_PROCESSES,
        blocking_threads=settings.WEB_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.error,
    )
    worker = WorkerProcess()
    if with_worker:
        server.on_startup(worker.start)
        server.on_shutdown(worker.stop)
    server.on_startup(announce)
    connections.close_all()  # a web process is a fork: it must not inherit an open database connection
    parent = os.getpid()
    server.serve(target_loader=lambda: _load_application(parent), wrap_loader=False)
