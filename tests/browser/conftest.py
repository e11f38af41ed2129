"""Chromium, the demo city, and people who visit it. Nothing here touches Django's own connection."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.demo_city import DemoServer, build_demo, drop_database, running_copy
from tests.browser.visitor import Visitor
from tests.runner.needs import BROWSERS

QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


def _chromium() -> str:
    known = os.environ.get("SHARINGCITY_TEST_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert known, "The browser tests need Chromium: ./test installs it, or put it on the PATH."
    return known


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys; it ends with this folder, because its event loop would bar Django's queries."""
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=_chromium(), args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="package")
def city_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that all servers share: collected styles, the secret key."""
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="package")
def demo_template(city_folder: Path) -> Iterator[str]:
    """The address of a finished demo city that nobody may change. `SHARINGCITY_TEST_DEMO` names one that is there."""
    if ready := os.environ.get("SHARINGCITY_TEST_DEMO"):
        yield ready
        return
    url = build_demo(city_folder)
    yield url
    drop_database(url)


@pytest.fixture(scope="package")
def standing_city(demo_template: str, city_folder: Path) -> Iterator[DemoServer]:
    """A city for tests that only look."""
    with running_copy(demo_template, city_folder) as server:
        yield server


@pytest.fixture
def journey_city(demo_template: str, city_folder: Path) -> Iterator[DemoServer]:
    """A city for one journey, that it may turn upside down."""
    with running_copy(demo_template, city_folder) as server:
        yield server


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """Opens windows: `visit(server, language="ar", device="desktop", script=False)`; all are closed afterwards."""
    opened: list[Visitor] = []
    story = request.node.originalname.removeprefix("test_").replace("_", "-")

    def open_window(server: DemoServer, **wishes: object) -> Visitor:
        visitor = Visitor(browser, server.url, story=story, **wishes)  # type: ignore[arg-type]  # passed through
        opened.append(visitor)
        return visitor

    yield open_window
    for visitor in opened:
        visitor.context.close()
