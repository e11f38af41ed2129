"""The real server on the database of the measurement, for clients to run against."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Served:
    """The running server: where it listens, and its parent process."""

    port: int
    pid: int

    def memory_mib(self) -> float:
        """What the largest of the web processes holds in memory, shared pages counted whole (its RSS)."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        return max((_resident_mib(int(child)) for child in children), default=0.0)


def _resident_mib(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(round(int(line.split()[1]) / 1024, 1) for line in lines if line.startswith("VmRSS"))


@contextmanager
def serving(port: int = 0) -> Iterator[Served]:
    """Starts `sharingcity serve` as a city runs it, without the worker, on `port` or any that is free."""
    if not port:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "sharingcity.site.cli", "serve", "--empty", "--no-worker", "--port", str(port)]
    server = subprocess.Popen(command, env=os.environ.copy(), stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - our own program
    try:
        _wait(port, server)
        yield Served(port, server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit("The server of the measurement did not start. See its words above.")
