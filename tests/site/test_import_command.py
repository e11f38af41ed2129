"""`sharingcity import` as scripts meet it, and as it is killed."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.partners.published_table import ROW, rooms, write_csv
from tests.site.conftest import OwnCity

pytestmark = pytest.mark.slow

MANY = 6000
"""Rows that take a second and more to write."""
COUNTS = """
from sharingcity.directory.models import Organisation
from sharingcity.listings.models import FieldSource, HoursVersion, Listing, Place
print(*(model.objects.count() for model in (Listing, Place, Organisation, HoursVersion, FieldSource)))
"""


def test_import_prints_one_object_and_the_second_time_all_is_unchanged(own_city: OwnCity, tmp_path: Path) -> None:
    path = write_csv(tmp_path, *rooms(4))

    first = own_city.run("import", "kr-open-facilities", path, "--json")
    second = own_city.run("import", "kr-open-facilities", path, "--json")

    assert (first.returncode, first.stderr) == (0, "")
    answer = json.loads(first.stdout)
    report = Path(answer.pop("report"))
    assert answer == {
        "rows": 4, "created": 4, "updated": 0, "unchanged": 0, "rejected": 0, "skipped": 0, "retired": 0, "warnings": 4
    }  # fmt: skip
    assert report.parent == own_city.data / "imports"
    assert report.read_text(encoding="utf-8-sig").startswith("row,field,value,reason")
    assert json.loads(second.stdout)["unchanged"] == 4


def test_dry_run_leaves_the_city_empty(own_city: OwnCity, tmp_path: Path) -> None:
    done = own_city.run("import", "kr-open-facilities", write_csv(tmp_path, *rooms(4)), "--dry-run", "--json")

    assert json.loads(done.stdout)["created"] == 4
    assert own_city.python(COUNTS) == "0 0 0 0 0"


def test_file_that_cannot_be_trusted_is_refused_in_one_line(own_city: OwnCity, tmp_path: Path) -> None:
    shifted = tmp_path / "shifted.csv"
    lines = [",".join([*list(ROW)[1:], ""]), *(",".join(row.values()) for row in rooms(4))]
    shifted.write_bytes("\n".join(lines).encode("cp949"))

    done = own_city.run("import", "kr-open-facilities", str(shifted), "--json")

    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "개방시설명" in done.stderr
    assert own_city.python(COUNTS) == "0 0 0 0 0"


@pytest.mark.parametrize("arguments", [("kr-open-facilities",), ("nothing-like-it", "x.csv")])
def test_wrong_usage_ends_with_two(own_city: OwnCity, arguments: tuple[str, ...]) -> None:
    assert own_city.run("import", *arguments).returncode == 2


def test_import_killed_while_writing_leaves_nothing_half(own_city: OwnCity, tmp_path: Path) -> None:
    path = write_csv(tmp_path, *rooms(MANY))
    command = [sys.executable, "-m", "sharingcity.site.cli", "import", "kr-open-facilities", path]
    work = subprocess.Popen(command, env=own_city.environment, stdout=subprocess.DEVNULL)
    # The report is written right before the first row.
    ends = time.monotonic() + 60
    while not list(own_city.data.glob("imports/*.csv")) and time.monotonic() < ends:
        time.sleep(0.01)
    time.sleep(0.1)
    work.send_signal(signal.SIGKILL)

    assert work.wait() == -signal.SIGKILL
    assert own_city.python(COUNTS) == "0 0 0 0 0"
    again = own_city.run("import", "kr-open-facilities", path, "--json")
    assert json.loads(again.stdout)["created"] == MANY
    assert own_city.run("journal", "verify").returncode == 0
