"""`bench hub` draws a city, holds its answers against brute force, and asks its API."""

import json

import pytest
from tests.site.conftest import MakeCity

from sharingcity.site.bench.hub.growth import CALLS


@pytest.mark.slow
def test_a_small_city_is_checked_and_asked(make_city: MakeCity) -> None:
    own_city = make_city(is_new=True)

    done = own_city.run("bench", "hub", "--listings", "1000", "--claims", "1000", "--json")

    answer = json.loads(done.stdout)
    assert answer["checked"] == {"sample": 10, "differences": 0}
    assert all(answer[name]["calls"] > 0 and "failures" not in answer[name] for name in CALLS)
