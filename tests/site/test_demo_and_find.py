"""The demo city and the search, from the command line."""

import json

import pytest
from tests.site.conftest import OwnCity

from sharingcity.site.cli.demo import STAFF

pytestmark = pytest.mark.slow

SIGN_INS = """
from sharingcity.people.queries import person_by_email
from sharingcity.site.demo import DOMAIN, PASSWORD
codes = {codes!r}
print([code for code in codes if not (p := person_by_email(f"{{code}}@{{DOMAIN}}")) or not p.check_password(PASSWORD)])
"""


def test_demo_city_is_made_once_has_its_sign_ins_and_is_found(own_city: OwnCity) -> None:
    made = own_city.run("demo", "--json")
    again = own_city.run("demo")
    found = own_city.run("find", "회의실", "--kind", "space", "--near", "37.5663,126.9014", "--limit", "3", "--json")
    residents = ["resident", *(f"resident{number}" for number in range(2, 21))]

    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["rooms"] >= 250
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == "There is a city here already: the demo needs an empty one.\n"
    assert own_city.python(SIGN_INS.format(codes=[*residents, *STAFF.split()])) == "[]"
    answer = json.loads(found.stdout)
    assert len(answer["results"]) == 3
    assert all(result["kind"] == "space" and result["distance_m"] is not None for result in answer["results"])
    assert answer["count"]["value"] >= 3


def test_find_in_an_empty_city_finds_nothing(own_city: OwnCity) -> None:
    done = own_city.run("find", "회의실", "--json")

    assert json.loads(done.stdout) == {"results": [], "count": {"value": 0, "is_exact": True}, "next": None}


@pytest.mark.parametrize(
    "wrong",
    [
        ["--kind", "castle"],
        ["--near", "Mapo"],
        ["--from", "2026-11-26T19:00"],
        ["--from", "2026-11-26T19:00", "--to", "2026-11-26T18:00"],
        ["--from", "tomorrow", "--to", "2026-11-26T18:00"],
        ["--limit", "0"],
    ],
)
def test_find_with_a_wrong_option_is_status_2(own_city: OwnCity, wrong: list[str]) -> None:
    done = own_city.run("find", "x", *wrong)

    assert (done.returncode, done.stdout) == (2, "")


def test_find_with_a_radius_from_nowhere_is_refused(own_city: OwnCity) -> None:
    done = own_city.run("find", "x", "--radius-m", "500")

    assert (done.returncode, done.stderr) == (1, "Say from where: a distance needs a place.\n")
