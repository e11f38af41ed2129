"""The clock of the factories, nobody's count from the test before, and turns enough for answers that no test reads."""

import threading
from collections.abc import Iterator

import pytest
import time_machine
from tests.factories import NOW

from sharingcity.kernel import limits
from sharingcity.partners.feeds_out import turns


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(turns, "TURNS", threading.BoundedSemaphore(1000))
    limits._purses.clear()
    with time_machine.travel(NOW, tick=False):
        yield
    limits._purses.clear()
