"""The command line as people and scripts meet it."""

import json
import tarfile
from pathlib import Path

import pytest
from tests.site.conftest import MakeCity, OwnCity

pytestmark = pytest.mark.slow

PERSON = """
from sharingcity.kernel import clock, journal
from sharingcity.kernel.db import write
from sharingcity.people.models import Person
now = clock.now()
person = Person.objects.create(email="kim@sharingcity.example", name="Kim", created_at=now)
with write():
    journal.append(journal.Change(stream="city", event="test", actor="system", at=now, object_type="x", object_id="1"))
"""


def add_person(city: OwnCity) -> None:
    city.python(PERSON)


def test_first_command_creates_and_migrates_the_database(make_city: MakeCity) -> None:
    city = make_city(is_new=True)

    first, second = city.run("journal", "verify"), city.run("journal", "verify")

    assert (first.returncode, first.stdout) == (0, "The journal is whole: 0 entries.\n")
    assert (second.returncode, second.stdout) == (0, first.stdout)


def test_token_prints_a_key_that_opens_the_account_and_nothing_else(own_city: OwnCity) -> None:
    add_person(own_city)

    done = own_city.run("token", "KIM@sharingcity.example")

    assert (done.returncode, done.stderr) == (0, "")
    key = done.stdout.strip()
    assert done.stdout == f"{key}\n"
    ask = "from sharingcity.people.queries import person_of_token; from sharingcity.kernel import clock\n"
    assert own_city.python(f"{ask}print(person_of_token({key!r}, clock.now()).email)") == "kim@sharingcity.example"


def test_token_of_nobody_is_one_line_and_status_1(own_city: OwnCity) -> None:
    done = own_city.run("token", "nobody@sharingcity.example")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Nobody has the address nobody@sharingcity.example. Sign up with it first.\n"


@pytest.mark.parametrize(
    "arguments", [["token"], ["serve", "--port", "x"], ["fly"], ["token", "a@b.example", "--what"]]
)
def test_wrong_usage_is_status_2(own_city: OwnCity, arguments: list[str]) -> None:
    assert own_city.run(*arguments).returncode == 2


def test_database_that_does_not_answer_is_one_line(own_city: OwnCity) -> None:
    done = own_city.run(
        "journal", "verify", SHARINGCITY_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none", PGCONNECT_TIMEOUT="3"
    )

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "SHARINGCITY_DATABASE_URL" in done.stderr


def test_wrong_setting_stops_with_a_hint(own_city: OwnCity) -> None:
    done = own_city.run("check", SHARINGCITY_ZONE="Asia/Atlantis")

    assert done.returncode == 1
    assert done.stderr == "SHARINGCITY_ZONE: “Asia/Atlantis” is no time zone. Use a name such as Asia/Seoul.\n"


def test_journal_verify_finds_a_changed_entry(own_city: OwnCity) -> None:
    add_person(own_city)
    whole = own_city.run("journal", "verify", "--json")
    own_city.python("from sharingcity.kernel.models import JournalEntry; JournalEntry.objects.update(actor='other')")

    changed = own_city.run("journal", "verify", "--json")

    assert (whole.returncode, json.loads(whole.stdout)) == (0, {"entries": 1, "faults": []})
    assert changed.returncode == 1
    assert json.loads(changed.stdout)["faults"] == [{"stream": "city", "number": 1, "problem": "an entry was changed"}]


def test_check_names_what_keeps_a_city_out_of_production(own_city: OwnCity) -> None:
    done = own_city.run("check", "--json")

    answer = json.loads(done.stdout)
    levels = {finding["subject"]: finding["level"] for finding in answer["findings"]}
    assert (done.returncode, answer["ready"]) == (1, False)
    assert {name for name, level in levels.items() if level == "blocks"} == {"hosts", "https", "e-mail"}
    assert all(finding["mend"] for finding in answer["findings"] if finding["level"] != "good")


READY = {
    "SHARINGCITY_HOSTS": "share.city.example",
    "SHARINGCITY_ORIGIN": "https://share.city.example",
    "SHARINGCITY_EMAIL_URL": "smtp://user:word@mail.city.example:587",
    "SHARINGCITY_PROXIES": "1",
}


def test_check_lets_a_city_go_when_all_is_set(own_city: OwnCity) -> None:
    done = own_city.run("check", **READY)

    assert done.returncode == 0
    assert done.stdout.endswith("Ready for production.\n")


def test_check_refuses_a_city_behind_a_proxy_that_nobody_named(own_city: OwnCity) -> None:
    found = json.loads(own_city.run("check", "--json", **READY | {"SHARINGCITY_PROXIES": "0"}).stdout)["findings"]
    assert [one["subject"] for one in found if one["level"] == "blocks"] == ["proxies"]
    assert all(one["mend"] for one in found if one["level"] != "good")


def test_check_refuses_a_demo_city_and_a_missing_overlap_constraint(own_city: OwnCity) -> None:
    own_city.python("""
from django.db import connection
from sharingcity.kernel.models import Fact
Fact.objects.create(name="demo_city", value=True)
with connection.cursor() as cursor:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type='trigger' ORDER BY name LIMIT 1")
        cursor.execute(f'DROP TRIGGER "{cursor.fetchone()[0]}"')
    else:
        cursor.execute("SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype='x' LIMIT 1")
        table, name = cursor.fetchone()
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
""")

    done = own_city.run("check", "--json", **READY)

    blocking = [f["subject"] for f in json.loads(done.stdout)["findings"] if f["level"] == "blocks"]
    assert (done.returncode, blocking) == (1, ["never twice", "demo city"])


def test_backup_comes_back_in_an_empty_city(make_city: MakeCity, tmp_path: Path) -> None:
    old, new, file = make_city(), make_city(), tmp_path / "city.tar.gz"
    add_person(old)
    photo = old.data / "files" / "photos" / "room.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"picture")

    taken = old.run("backup", str(file))
    restored = new.run("restore", str(file))

    assert (taken.returncode, restored.returncode) == (0, 0), taken.stderr + restored.stderr
    assert file.stat().st_mode & 0o077 == 0
    who = "from sharingcity.people.models import Person; print(*Person.objects.values_list('email', flat=True))"
    assert new.python(who) == "kim@sharingcity.example"
    assert (new.data / "files" / "photos" / "room.jpg").read_bytes() == b"picture"
    assert (new.data / "secret-key").read_text() == (old.data / "secret-key").read_text()
    assert new.run("journal", "verify").stdout == "The journal is whole: 1 entries.\n"
    assert json.loads(new.run("check", "--json", **READY).stdout)["ready"] is True


def test_restore_does_not_overwrite_a_city_unless_told_to(make_city: MakeCity, tmp_path: Path) -> None:
    old, other, file = make_city(), make_city(), tmp_path / "city.tar.gz"
    add_person(old)
    old.run("backup", str(file))
    add_person(other)
    other.python("from sharingcity.people.models import Person; Person.objects.update(email='lee@sharingcity.example')")

    refused = other.run("restore", str(file))
    forced = other.run("restore", str(file), "--force")

    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert forced.returncode == 0, forced.stderr
    who = "from sharingcity.people.models import Person; print(*Person.objects.values_list('email', flat=True))"
    assert other.python(who) == "kim@sharingcity.example"


def test_restore_of_something_else_is_one_line_and_changes_nothing(own_city: OwnCity, tmp_path: Path) -> None:
    broken, foreign = tmp_path / "broken.tar.gz", tmp_path / "foreign.tar.gz"
    broken.write_bytes(b"not a backup")
    with tarfile.open(foreign, "w:gz") as tar:
        tar.add(Path(__file__), "test.py")

    for file in (broken, foreign):
        done = own_city.run("restore", str(file))
        assert done.returncode == 1
        assert done.stderr.startswith(f"{file} is no backup of a city")
        assert done.stderr.count("\n") == 1
