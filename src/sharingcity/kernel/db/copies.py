"""A consistent copy of the whole database in one file, taken while the city goes on working.

SQLite: its own backup interface. PostgreSQL: pg_dump and pg_restore, of the server's version or newer.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection

from sharingcity.kernel.db.transactions import is_postgresql

PAGES_AT_ONCE = 4096


class CannotCopy(RuntimeError):
    """Why the copy could not be made or read, and the mend, in one line."""


def _postgresql_program(name: str) -> str:
    """On the PATH, or the newest that Debian keeps aside."""
    kept_aside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = shutil.which(name) or (str(kept_aside[-1]) if kept_aside else "")
    if not found:
        raise CannotCopy(f"{name} is missing. Mend: sudo apt-get install postgresql-client")
    return found


def _run(name: str, *arguments: str) -> None:
    settings = connection.settings_dict
    places = {"PGHOST": settings["HOST"], "PGPORT": settings["PORT"], "PGUSER": settings["USER"]}
    known = {key: str(value) for key, value in places.items() if value}
    environment = {**os.environ, **known, "PGPASSWORD": str(settings["PASSWORD"])}
    command = [_postgresql_program(name), "--dbname", str(settings["NAME"]), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our words
    if done.returncode:
        raise CannotCopy(f"{name} failed: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")


def write_copy(target: Path) -> None:
    """Writes the database as it is at this instant. Raises: CannotCopy."""
    if is_postgresql():
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy, pages=PAGES_AT_ONCE)


def read_copy(source: Path) -> None:
    """Puts a copy in the place of everything the database holds, in one step. Raises: CannotCopy."""
    if is_postgresql():
        connection.close()
        _run(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", str(source)
        )
        return
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as copy:
            copy.backup(connection.connection, pages=PAGES_AT_ONCE)
    except sqlite3.Error as problem:
        raise CannotCopy(f"The copy of the database cannot be read: {problem}") from problem
    connection.close()
