"""`bench hub --curve` asks three cities the same, each checked against brute force."""

import json

import pytest
from tests.site.conftest import MakeCity


@pytest.mark.slow
def test_curve_tells_of_three_checked_cities(make_city: MakeCity) -> None:
    own_city = make_city(is_new=True)

    done = own_city.run("bench", "hub", "--curve", "--listings", "2000", "--claims", "2000", "--json")

    answer = json.loads(done.stdout)
    assert answer["listings"] == [1000, 1000, 2000]
    assert answer["largest"]["checked"] == {"sample": 40, "differences": 0}
    assert set(answer["growth"]) == set(answer["p50_ms"])
    assert all(len(medians) == 3 and min(medians) > 0 for medians in answer["p50_ms"].values())
