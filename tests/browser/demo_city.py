"""A demo city for each journey: built once a run, then copied, so that no journey sees another's bookings."""

import json
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.engines.server import CityServer, environment_for, start_python

BUILD_SECONDS = 300


@dataclass
class DemoServer(CityServer):
    """The real server on a copy of the demo city; mail lies in a folder of its own."""

    outbox: Path = Path()
    settings: str = "tests.browser.monday"

    @property
    def url(self) -> str:
        """By name: passkeys are bound to a name, never to a number."""
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"SHARINGCITY_EMAIL_URL": f"file://{self.outbox}", "SHARINGCITY_ORIGIN": self.url}

    def samples(self) -> dict[str, str]:
        """Codes and numbers of real rows, by the keys of `samples.find_samples`."""
        return dict(json.loads(self.run_python("from tests.browser.samples import print_samples; print_samples()")))

    def latest_mail(self) -> str:
        """The newest message as a person reads it."""
        newest = max(self.outbox.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        from email import message_from_bytes, policy

        return str(message_from_bytes(newest.read_bytes(), policy=policy.default).get_body(("plain",)).get_content())


def _server_address() -> str:
    """The PostgreSQL server under test; empty on SQLite."""
    return os.environ.get("SHARINGCITY_DATABASE_URL", "")


@contextmanager
def _on_server() -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    address = urlunsplit(urlsplit(_server_address())._replace(path="/postgres"))
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


def _new_url(folder: Path) -> str:
    name = f"browser_{secrets.token_hex(4)}"
    if _server_address():
        return urlunsplit(urlsplit(_server_address())._replace(path=f"/{name}"))
    return f"sqlite:///{folder / name}.sqlite3"


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


BUILD = """
from sharingcity.site.setup import prepare_database
from sharingcity.site.demo import build_demo
from tests.browser.monday import NOW
prepare_database()
build_demo(now=NOW)
"""


def build_demo(folder: Path) -> str:
    """Makes the demo city of that Monday; returns the address of its database."""
    url = _new_url(folder)
    building = start_python(BUILD, environment_for(folder, url) | {"DJANGO_SETTINGS_MODULE": "tests.browser.monday"})
    _said, problems = building.communicate(timeout=BUILD_SECONDS)
    assert building.returncode == 0, problems[-2000:]
    return url


def copy_database(source: str, folder: Path) -> str:
    """A copy that the caller may change, and must drop."""
    url = _new_url(folder)
    if _server_address():
        with _on_server() as connection:
            command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(command.format(sql.Identifier(_name(url)), sql.Identifier(_name(source))))
        return url
    with closing(sqlite3.connect(_name(source))) as known, closing(sqlite3.connect(_name(url))) as copy:
        known.backup(copy)
    return url


def drop_database(url: str) -> None:
    if _server_address():
        with _on_server() as connection:
            command = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(command.format(sql.Identifier(_name(url))))
        return
    for path in Path(_name(url)).parent.glob(f"{Path(_name(url)).name}*"):
        path.unlink()


@contextmanager
def running_copy(source: str, folder: Path) -> Iterator[DemoServer]:
    """A server on a copy of the city; both are gone afterwards."""
    url = copy_database(source, folder)
    server = DemoServer(folder, url, outbox=folder / f"outbox-{secrets.token_hex(4)}")
    try:
        server.start()
        yield server
    finally:
        server.kill()
        drop_database(url)
