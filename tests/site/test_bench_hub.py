"""`bench hub` draws a city, holds its answers against brute force, and asks its API."""

import json

import pytest
from tests.site.conftest import OwnCity

from sharingcity.site.bench.hub.growth import CALLS


@pytest.mark.slow
def test_a_small_city_is_checked_and_asked(own_city: OwnCity) -> None:
    done = own_city.run("bench", "hub", "--listings", "1000", "--claims", "1000", "--json")

    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["checked"] == {"sample": 10, "differences": 0}
    assert all(answer[name]["calls"] > 0 and "failures" not in answer[name] for name in CALLS)
