"""Real data beside the checkout (tests that need it skip only where the folder is absent), and a partner's server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings
from tests.partners.partner_server import PartnerServer, serving

from sharingcity.partners.frame.fetch import fetch
from sharingcity.partners.frame.source import Source

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Sentences are asserted in the language they are written in."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def published() -> Callable[[str], Source]:
    """A published file by its name."""
    if not SHARED.exists():
        pytest.skip("the published data files are not beside this checkout")
    return lambda name: fetch(str(SHARED / "data" / "seoul" / name))


@pytest.fixture
def partner(settings: Settings) -> Iterator[PartnerServer]:
    """A real server on this machine, which the guard lets through."""
    settings.FEED_NETWORKS = ["127.0.0.1/32"]
    with serving() as server:
        yield server
