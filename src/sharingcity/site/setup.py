"""Brings an installation up to date before it is used: database, styles. Quick when nothing changed."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sharingcity.kernel.db import create_database_if_missing
from sharingcity.ui.bundle import build_css

SOURCE = Path(__file__).resolve().parents[1]
STATIC_PACKAGES = ("django", "django-htmx", "django-leaflet", "whitenoise")


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Two starts at once on one data folder: the second waits for the first."""
    with (data / "set-up.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def waiting_migrations() -> list[str]:
    """Names of the migrations that the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def prepare_database() -> None:
    """Creates the database when it is missing and migrates it when it is behind."""
    with _alone(settings.ENVIRONMENT.data):
        create_database_if_missing()
        if waiting_migrations():
            call_command("migrate", verbosity=0, interactive=False)
            _index_what_is_there()


def _index_what_is_there() -> None:
    """After a migration that made search's tables anew: what is published can be found again."""
    from sharingcity.finding.operations import is_behind, reindex_all  # only now are the tables known

    if is_behind():
        reindex_all()


def _static_fingerprint() -> str:
    """Changes whenever a static file of ours or a package with static files changes."""
    packages = " ".join(f"{name} {version(name)}" for name in STATIC_PACKAGES)
    content = hashlib.sha256(f"{packages} {settings.STORAGES['staticfiles']}".encode())
    for path in sorted(SOURCE.glob("*/static/**/*")):
        if path.is_file():
            state = path.stat()
            content.update(f"{path.relative_to(SOURCE)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return content.hexdigest()


def prepare_static_files() -> None:
    """Builds the style bundle and collects what browsers fetch, when something changed."""
    data: Path = settings.ENVIRONMENT.data
    stamp, fingerprint = data / "static.stamp", _static_fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint:
        return
    with _alone(data):
        stamp.unlink(missing_ok=True)
        build_css(settings.BUILT_STATIC)
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(fingerprint, encoding="ascii")


def prepare_site() -> None:
    """Everything a server needs beside its words, which are there before the settings are read: styles, database."""
    prepare_static_files()
    prepare_database()
