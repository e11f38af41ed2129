"""The demo city at other hours: each of these cities is built alone, not beside the one that other tests share."""

from datetime import UTC, datetime, timedelta

import pytest

from sharingcity.kernel import journal
from sharingcity.site.demo import build_demo

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.slow
@pytest.mark.parametrize("hours", [9, 37, 24 * 30 + 14, 24 * 86])
def test_build_demo_at_another_hour_and_season_is_alive_too(hours: int) -> None:
    report = build_demo(now=NOW + timedelta(hours=hours), seed=hours)

    assert {"requested", "confirmed", "done"} <= set(report.reservations)
    assert list(journal.verify()) == []
