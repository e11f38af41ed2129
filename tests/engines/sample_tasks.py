"""Tasks for tests of the worker: their paths must be importable in other processes too."""

import time
from pathlib import Path

from sharingcity.kernel.tasks import task

noted: list[str] = []


@task()
def note(word: str) -> None:
    noted.append(word)


@task(max_attempts=4)
def fail() -> None:
    raise ValueError("no such luck")


@task()
def append_line(path: str, line: str) -> None:
    """Leaves a trace that other processes can read."""
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


@task()
def sleep_once(path: str) -> None:
    """The first to run it sleeps until it is killed; the second finds the trace and ends."""
    trace = Path(path)
    if not trace.exists():
        trace.write_text("begun", encoding="utf-8")
        time.sleep(600)
    trace.write_text("done", encoding="utf-8")
