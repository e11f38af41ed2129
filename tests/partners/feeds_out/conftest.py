"""The clock of the factories, and nobody's count from the test before."""

from collections.abc import Iterator

import pytest
import time_machine
from tests.factories import NOW

from sharingcity.kernel import limits


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    limits._purses.clear()
    with time_machine.travel(NOW, tick=False):
        yield
    limits._purses.clear()
