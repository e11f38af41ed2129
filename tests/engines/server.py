"""The real server, with several processes, on the very database that the test process sees."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

CHECKOUT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
STOP_SECONDS = 20


def database_url() -> str:
    """The address of the database under test, for other processes."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"postgresql://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_for(data: Path, url: str) -> dict[str, str]:
    """For a child process on the database under test; it may import the tests' own modules."""
    return {
        **os.environ,
        "PYTHONPATH": str(CHECKOUT),
        "SHARINGCITY_DATA": str(data),
        "SHARINGCITY_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "sharingcity.site.settings",
    }


def start_python(code: str, environment: dict[str, str]) -> "subprocess.Popen[str]":
    """Code in another process with the rooms ready to import."""
    command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
    return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@dataclass
class CityServer:
    """`sharingcity serve` as a child in a process group of its own."""

    data: Path
    database_url: str
    with_worker: bool = False
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    settings: str = "sharingcity.site.settings"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return environment_for(self.data, self.database_url) | {"DJANGO_SETTINGS_MODULE": self.settings}

    def start(self) -> None:
        command = [sys.executable, "-m", "sharingcity.site.cli", "serve", "--empty", "--port", str(self.port)]
        command.append("--worker" if self.with_worker else "--no-worker")
        self.data.mkdir(parents=True, exist_ok=True)
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.wait_until_alive()

    def wait_until_alive(self) -> None:
        until = time.monotonic() + START_SECONDS
        while not self.is_alive():
            if self.process is None or self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"The server did not start:\n{self.log()[-2000:]}")
            time.sleep(0.1)

    def is_alive(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def log(self) -> str:
        return (self.data / "server.log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> int:
        """As Ctrl-C does; returns the exit status."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def kill(self) -> None:
        """As a power cut does: every process of the group at once."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(STOP_SECONDS)

    def run_python(self, code: str, *, timeout: float = 120) -> str:
        """Runs code in another process with the rooms ready to import; returns what it printed."""
        started = start_python(code, self.environment)
        printed, problems = started.communicate(timeout=timeout)
        if started.returncode:
            raise RuntimeError(problems[-2000:])
        return printed
