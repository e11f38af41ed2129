"""What is run, in which order, and what came of it."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sharingcity.site.bootstrap import CHECKOUT, PYTHON, say

BIN = PYTHON.parent
NO_TESTS = 5
APART = "browser or race"

CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "contracts": ["lint-imports", "--no-logo"],
}


@dataclass
class Record:
    """Which checks failed, how many tests had which end, and pytest's exit statuses."""

    failed_checks: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    statuses: list[int] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def exit_status(self) -> int:
        wrong = [status for status in self.statuses if status not in (0, NO_TESTS)]
        if wrong or self.failed_checks:
            return wrong[0] if wrong else 1
        return 0 if 0 in self.statuses else NO_TESTS

    def closing_line(self) -> str:
        named = {"passed": "passed", "failed": "failed", "error": "errors", "skipped": "skipped", "xfailed": "xfailed"}
        counted = [
            f"{self.outcomes[key]} {word}"
            for key, word in named.items()
            if key in ("passed", "failed") or self.outcomes[key]
        ]
        return f"{', '.join(counted)} in {time.monotonic() - self.began:.2f}s"


def _title(text: str) -> None:
    say(f"── {text} ──")


def run_checks(record: Record) -> None:
    """All of them, so that one run shows everything that is wrong."""
    for name, (program, *arguments) in CHECKS.items():
        _title(name)
        if subprocess.run([str(BIN / program), *arguments], cwd=CHECKOUT, check=False).returncode:
            record.failed_checks.append(name)


def run_pytest(record: Record, title: str, arguments: list[str], **environment: str) -> None:
    """One pytest session; its counts are added to the record."""
    _title(title)
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder) / "counts.json"
        known = {**os.environ, **environment, "SHARINGCITY_TEST_COUNTS": str(counts)}
        done = subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=CHECKOUT, env=known, check=False)
        record.statuses.append(done.returncode)
        if counts.exists():
            record.outcomes.update(json.loads(counts.read_text(encoding="utf-8")))


def run_engine(record: Record, title: str, given: list[str], *, is_quick: bool, **environment: str) -> None:
    """Side by side what can be; one after the other what needs the machine for itself.

    The browser looks at pages once: on the second engine they are the same pages. Races run on both.
    """
    leave_out = " or ".join([APART, "slow"] if is_quick else [APART])
    run_pytest(record, title, ["-n", "2", "-m", f"not ({leave_out})", *given], **environment)
    if not is_quick:
        run_pytest(record, f"{title}: races", ["-m", "race", *given, "-n", "0"], **environment)
        if not environment.get("SHARINGCITY_TEST_ONLY"):
            run_pytest(record, f"{title}: browser", ["-n", "2", "-m", "browser", *given], **environment)
