"""A database that is made for one measurement and gone afterwards."""

import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlparse, urlunparse

import psycopg


@contextmanager
def throwaway_environment() -> Iterator[dict[str, str]]:
    """The environment of a child process with a data folder and a database of its own, on the chosen engine.

    Raises: psycopg.Error where the server of SHARINGCITY_DATABASE_URL cannot make a database.
    """
    url = os.environ.get("SHARINGCITY_DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="sharingcity-bench-") as folder:
        environment = {**os.environ, "SHARINGCITY_DATA": folder}
        if url.startswith("postgres"):
            with _postgresql_database(url) as made:
                yield environment | {"SHARINGCITY_DATABASE_URL": made}
        else:
            yield environment | {"SHARINGCITY_DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}


@contextmanager
def _postgresql_database(url: str) -> Iterator[str]:
    name = f"sharingcity_bench_{uuid.uuid4().hex[:12]}"
    parts = urlparse(url)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield urlunparse(parts._replace(path=f"/{name}"))
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def run_measurement(name: str, arguments: list[str]) -> int:
    """Runs `python -m sharingcity.site.bench NAME …` in a throw-away city; returns its exit status."""
    with throwaway_environment() as environment:
        command = [sys.executable, "-m", "sharingcity.site.bench", name, *arguments]
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - our own program
