"""A city of its own for each test of the command line: its own folder and, on PostgreSQL, its own database."""

import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from tests.engines.server import database_url, environment_for


@dataclass(frozen=True)
class OwnCity:
    """Commands run in processes of their own, as a person runs them."""

    data: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        return environment_for(self.data, self.url) | {"LANG": "C.UTF-8"}

    def run(self, *arguments: str, **changes: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "sharingcity.site.cli", *arguments]
        return subprocess.run(
            command, env=self.environment | changes, capture_output=True, text=True, timeout=120, check=False
        )

    def python(self, code: str) -> str:
        command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def _new_address(folder: Path) -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder / 'city.sqlite3'}"
    return urlunsplit(urlsplit(database_url())._replace(path=f"/city_{secrets.token_hex(4)}"))


def _copy_database(url: str) -> None:
    """The migrated, empty database of the test run under another name: quicker than migrating again."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(urlsplit(url).path.removeprefix("/"))) as copy:
            connection.connection.backup(copy)
        return
    template = connection.settings_dict["NAME"]
    connection.close()  # a template may have no guests; the server of other tests comes back by itself
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template])
        cursor.execute(f'CREATE DATABASE "{urlsplit(url).path[1:]}" TEMPLATE "{template}"')


@pytest.fixture
def make_city(transactional_db: None, tmp_path: Path) -> Iterator["MakeCity"]:
    maker = MakeCity(tmp_path)
    yield maker
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for city in maker.made:
                cursor.execute(f'DROP DATABASE IF EXISTS "{urlsplit(city.url).path[1:]}" WITH (FORCE)')


class MakeCity:
    """Makes cities: migrated and empty, or with `is_new` without a database, which the first command creates."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[OwnCity] = []

    def __call__(self, *, is_new: bool = False) -> OwnCity:
        data = self.folder / f"city-{len(self.made)}"
        data.mkdir()
        self.made.append(OwnCity(data, _new_address(data)))
        if not is_new:
            _copy_database(self.made[-1].url)
        return self.made[-1]


@pytest.fixture
def own_city(make_city: MakeCity) -> OwnCity:
    return make_city()
