"""A PostgreSQL server of our own for one run: in a temporary folder, on a free port, gone afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sharingcity.site.bootstrap import CannotStart

START_SECONDS = 30
CONNECTIONS = 200


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as its own user, or as nobody."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _options(port: int) -> list[str]:
    """Without waiting for the disk, unless SHARINGCITY_TEST_FSYNC=1 asks for the real thing.

    Nor are tables looked through in the background: plans would depend on whether a test had just been rolled back.
    """
    fsync = "on" if os.environ.get("SHARINGCITY_TEST_FSYNC") == "1" else "off"
    settings = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": CONNECTIONS,
        "shared_buffers": "256MB",
        "fsync": fsync,
        "full_page_writes": fsync,
        "autovacuum": "off",
        "log_min_messages": "fatal",
        "log_min_error_statement": "panic",
    }
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def _wait_until_open(server: "subprocess.Popen[bytes]", bin_folder: Path, port: int, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    ask = [str(bin_folder / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(ask, check=False).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise CannotStart(f"PostgreSQL did not start: {log.read_text(errors='replace')[-500:]}")
        time.sleep(0.1)


@contextmanager
def postgresql_cluster(bin_folder: Path) -> Iterator[str]:
    """Yields the address of an empty database server, as SHARINGCITY_DATABASE_URL wants it."""
    folder = Path(tempfile.mkdtemp(prefix="sharingcity-postgresql-"))
    user, port, log = _unprivileged(), _free_port(), folder / "log"
    if user is not None:
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    make = ["initdb", "--pgdata", str(folder / "data"), "--username=sharingcity", "--auth=trust"]
    make = [str(bin_folder / make[0]), *make[1:], "--encoding=UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(make, cwd=folder, user=user, capture_output=True, text=True, check=False)
    if made.returncode:
        raise CannotStart(f"initdb failed: {made.stderr.strip()}")
    run = [str(bin_folder / "postgres"), "-D", str(folder / "data"), *_options(port)]
    with log.open("wb") as out:
        server = subprocess.Popen(run, cwd=folder, user=user, stdout=out, stderr=out)
    try:
        _wait_until_open(server, bin_folder, port, log)
        yield f"postgresql://sharingcity@127.0.0.1:{port}/sharingcity"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(START_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)
