"""Real data beside the checkout: tests that need it skip only where the folder is absent."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sharingcity.partners.frame.fetch import fetch
from sharingcity.partners.frame.source import Source

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def published() -> Callable[[str], Source]:
    """A published file by its name."""
    if not SHARED.exists():
        pytest.skip("the published data files are not beside this checkout")
    return lambda name: fetch(str(SHARED / "data" / "seoul" / name))
