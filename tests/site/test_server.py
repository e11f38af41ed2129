"""Starting, answering and stopping the whole product."""

import json
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.engines.server import CityServer
from tests.site.conftest import MakeCity, OwnCity

pytestmark = pytest.mark.slow


@pytest.fixture
def server(own_city: OwnCity) -> CityServer:
    return CityServer(own_city.data, own_city.url, with_worker=True)


def ask(server: CityServer, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"{server.url}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def processes_of(group: int) -> set[int]:
    """The living processes of a process group; what is dead and not yet collected does not count."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, pgrp = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            except (OSError, ValueError):
                continue
            if int(pgrp) == group and state != "Z":
                found.add(int(entry.name))
    return found


def wait_until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.1)


def test_server_answers_what_machines_ask(server: CityServer) -> None:
    server.start()
    try:
        assert ask(server, "/healthz") == (200, "alive\n")
        wait_until(lambda: ask(server, "/readyz")[0] == 200)
        assert json.loads(ask(server, "/readyz")[1]) == {
            "ready": True, "database": True, "migrations": True, "worker": True
        }  # fmt: skip
        status, figures = ask(server, "/metrics")
        lines = dict(line.rsplit(" ", 1) for line in figures.splitlines() if not line.startswith("#"))
        assert status == 200
        assert lines["sharingcity_workers"] == "1"
        assert 'sharingcity_tasks{status="failed"}' in lines
        assert f"Sharing City is at {server.url}/" in server.log()
    finally:
        server.kill()


def test_server_without_a_worker_is_alive_but_not_ready(server: CityServer) -> None:
    server.with_worker = False
    server.start()
    try:
        status, answer = ask(server, "/readyz")
        assert (status, json.loads(answer)["worker"]) == (503, False)
    finally:
        server.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_server_told_to_stop_takes_its_children_along_within_seconds(
    server: CityServer, number: signal.Signals
) -> None:
    server.start()
    assert server.process is not None
    wait_until(lambda: len(processes_of(server.process.pid)) >= 4)  # parent, two web processes, worker

    os.kill(server.process.pid, number)

    assert server.process.wait(15) == 0
    assert processes_of(server.process.pid) == set()


def test_children_do_not_outlive_a_killed_parent(server: CityServer) -> None:
    server.start()
    assert server.process is not None
    group = server.process.pid
    wait_until(lambda: len(processes_of(group)) >= 4)

    os.kill(group, signal.SIGKILL)
    server.process.wait(10)

    wait_until(lambda: processes_of(group) == set())
    server.start()
    server.kill()


def test_killed_worker_is_started_again(server: CityServer) -> None:
    server.start()
    try:
        wait_until(lambda: ask(server, "/readyz")[0] == 200)
        seen = (
            "from sharingcity.kernel.models import WorkerHeartbeat as W\nprint(*W.objects.values_list('pk', flat=True))"
        )
        first = server.run_python(seen).split()
        assert len(first) == 1

        os.kill(int(first[0].split(":")[1]), signal.SIGKILL)

        wait_until(lambda: len(server.run_python(seen).split()) == 2)
    finally:
        server.kill()


def test_taken_port_is_one_clear_line(own_city: OwnCity) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = own_city.run("serve", "--port", str(port))

    assert done.returncode == 1
    assert done.stderr == (
        f"Cannot listen at 127.0.0.1:{port} (Address already in use). Name another with --port or --host.\n"
    )


def test_second_start_builds_nothing_again(own_city: OwnCity) -> None:
    """That is what makes it quick."""
    server = CityServer(own_city.data, own_city.url, with_worker=True)
    server.start()
    server.stop()
    built = _written(own_city.data / "built")

    server.start()

    again = _written(own_city.data / "built")
    server.stop()
    assert built
    assert again == built


def _written(folder: Path) -> dict[Path, int]:
    """When each file was written, in nanoseconds."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_help_needs_no_database(make_city: MakeCity) -> None:
    own_city = make_city(is_new=True)

    done = own_city.run("--help")

    assert done.returncode == 0
    assert "backup" in done.stdout
    assert not (own_city.data / "city.sqlite3").exists()
