"""Makes the environment `.venv/` from the lock and hands over to `sharingcity`. Standard library only.

Runs before anything is installed: `./run` and `./test` start it by its path. A stamp with the lock's hash makes the
next start quick; without the stamp an interrupted installation is taken away and made anew.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]
ENVIRONMENT = CHECKOUT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
UNFINISHED = ENVIRONMENT / "unfinished"
LOCKS = {"run": ["requirements.lock"], "test": ["requirements.lock", "requirements-test.lock"]}


class CannotStart(SystemExit):
    """Raised with one line: what is missing and the mend. Exit status 1."""


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - the terminal is this file's only surface


def install_packages(packages: list[str], why: str) -> None:
    """Debian packages when we are root, else a refusal that names the one command."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise CannotStart(f"{why} Mend: sudo apt-get install {' '.join(packages)}")
    say(f"{why} Installing {' '.join(packages)} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], command):
        done = subprocess.run(step, env=quiet, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
        if done.returncode and step is command:
            last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
            raise CannotStart(f"{why} {' '.join(last)} Mend: apt-get update && {' '.join(command)}")


def _fingerprint(purpose: str) -> str:
    """Everything that makes an environment stale: locks, Python, the project's description, where it lies."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    content = hashlib.sha256(f"{sys.version_info[:2]} {CHECKOUT} {project}".encode())
    for name in LOCKS[purpose]:
        content.update((CHECKOUT / name).read_bytes())
    return content.hexdigest()


def _stamp(purpose: str) -> Path:
    return ENVIRONMENT / f"ready-for-{purpose}"


def _is_ready(purpose: str) -> bool:
    stamp = _stamp(purpose)
    return PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == _fingerprint(purpose)


@contextmanager
def _alone() -> Iterator[None]:
    """Two starts at once: the second waits for the first."""
    with (CHECKOUT / "pyproject.toml").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make_empty_environment() -> None:
    if UNFINISHED.exists() or not PYTHON.exists():
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    if PYTHON.exists():
        return
    try:
        import ensurepip  # noqa: F401 - Debian ships Python without it: ask before venv fails half-way
    except ImportError:
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        install_packages([version], "Python came without its venv module.")
    made = subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=False)  # noqa: S603 - our own words
    if made.returncode:
        raise CannotStart(f"The environment {ENVIRONMENT} could not be made; the lines above say why.")


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)  # noqa: S603 - our words
    if done.returncode:
        say(done.stderr.strip() or done.stdout.strip())
        raise CannotStart("Installing did not work; the lines above say why. The next start begins it anew.")


def make_environment(purpose: str = "run") -> None:
    """Brings `.venv/` to the lock's state; returns at once when it is there. `purpose`: `run` or `test`."""
    if _is_ready(purpose):
        return
    with _alone():
        if _is_ready(purpose):
            return
        say("Making the environment .venv/ (once, about a minute) …")
        _make_empty_environment()
        for other in LOCKS:
            _stamp(other).unlink(missing_ok=True)
        UNFINISHED.touch()
        _pip(*(part for name in LOCKS[purpose] for part in ("--requirement", name)))
        _pip("--no-build-isolation", "--editable", ".")
        for satisfied in ("run", purpose):
            _stamp(satisfied).write_text(_fingerprint(satisfied), encoding="ascii")
        UNFINISHED.unlink()


def main(arguments: list[str]) -> None:
    make_environment()
    command = ENVIRONMENT / "bin" / "sharingcity"
    os.execv(command, [str(command), *arguments])  # noqa: S606 - hands over to our own program


if __name__ == "__main__":
    main(sys.argv[1:])
