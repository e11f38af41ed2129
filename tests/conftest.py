"""What every test has: a data folder and a database of its own, no network, a fixed instant, the real server."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import hypothesis
import pytest

from tests.engines.network import block_network

if TYPE_CHECKING:
    from tests.engines.server import CityServer

# Before anything reads the settings: nothing of the developer's own city, and no data folder but ours.
for name in [name for name in os.environ if name.startswith("SHARINGCITY_") and "TEST" not in name]:
    if name != "SHARINGCITY_DATABASE_URL":
        del os.environ[name]
DATA = Path(tempfile.mkdtemp(prefix="sharingcity-test-"))
(DATA / "built").mkdir()
os.environ["SHARINGCITY_DATA"] = str(DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "sharingcity.site.settings"
django.setup()  # the rooms' own conftests import models

hypothesis.settings.register_profile("quick", max_examples=50, deadline=None)
hypothesis.settings.register_profile("full", max_examples=200, deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("SHARINGCITY_TEST_PROFILE", "quick"))

DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "city_server",
    "start_city_server",
    "client",
    "admin_client",
    "journey_city",
}


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings  # only now: the environment above stands

    block_network()
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    # Tests without a database clear the cache, too; real servers keep theirs in the database, as in a city.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if not hasattr(config, "workerinput"):
        from sharingcity.site.messages import compile_catalogues  # once, not in every process

        compile_catalogues()


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(DATA, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the second engine only what touches the database: arithmetic is the same on both."""
    if os.environ.get("SHARINGCITY_TEST_ONLY") != "database":
        return
    touching = [
        item
        for item in items
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(touching)])
    items[:] = touching


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Leaves the counts for `./test`, which sums up its sessions."""
    if target := os.environ.get("SHARINGCITY_TEST_COUNTS"):
        ends = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")
        counts = {end: len(terminalreporter.stats.get(end, [])) for end in ends}
        Path(target).write_text(json.dumps(counts), encoding="utf-8")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """SQLite in a file: several connections and processes see the same rows, as in a city."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(DATA / "test.sqlite3")
    else:
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    """Counters of rate limits and the language of the last page belong to one test."""
    from django.core.cache import cache
    from django.utils import translation

    yield
    cache.clear()
    translation.deactivate()


@pytest.fixture
def now() -> datetime:
    """Monday 23 November 2026, ten in the morning in Seoul."""
    return datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def start_city_server(transactional_db: None) -> Iterator[Callable[..., "CityServer"]]:
    """Starts real servers for one test: `start_city_server(with_worker=True)`; all are stopped afterwards."""
    from tests.engines.server import CityServer, database_url

    started: list[CityServer] = []

    def start(*, with_worker: bool = False) -> CityServer:
        server = CityServer(DATA / f"server-{len(started)}", database_url(), with_worker)
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.kill()


@pytest.fixture(scope="session")
def _session_server(django_db_setup: None, django_db_blocker: Any) -> Iterator["CityServer"]:
    from tests.engines.server import CityServer, database_url

    with django_db_blocker.unblock():
        server = CityServer(DATA / "server", database_url())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def city_server(transactional_db: None, _session_server: "CityServer") -> "CityServer":
    """The real server with its web processes and without a worker, on this test's database; shared by the session.

    What the test writes is seen by the server at once; after the test all rows are gone.
    """
    if not _session_server.is_alive():
        _session_server.kill()
        _session_server.start()
    return _session_server
