"""Lists of entries in JSON, wherever their envelope keeps them."""

import json

import pytest

from sharingcity.partners.frame.entries import read_entries
from sharingcity.partners.frame.source import Source, SourceRefused

ROWS = [{"ID": "1", "NAME": "가"}, "stray", {"ID": "2", "NAME": "깨진 \ufffd"}]


@pytest.mark.parametrize("document", [ROWS, {"DATA": ROWS}, {"List": {"RESULT": {"CODE": "INFO-000"}, "row": ROWS}}])
def test_entries_are_found_in_any_envelope_and_numbered_from_one(document: object) -> None:
    rows = read_entries(Source("x", json.dumps(document).encode()), ("id", "name"), "none")

    assert [(row.number, row.values.get("id")) for row in rows] == [(1, "1"), (2, None), (3, "2")]
    assert [[found.reason_code for found in row.problems] for row in rows] == [
        [],
        ["entry_not_object"],
        ["bytes_broken"],
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<!doctype html><p>Wartung</p>", "import.json_invalid"),
        ('{"DATA": [', "import.json_invalid"),
        ("[" * 100_000, "import.json_invalid"),
        ('{"RESULT": {"CODE": "ERROR-337"}}', "import.entries_missing"),
        ('{"DATA": [{"OTHER": 1}]}', "import.entries_missing"),
        ("null", "import.entries_missing"),
    ],
)
def test_what_holds_no_such_list_is_refused(text: str, code: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        read_entries(Source("x", text.encode()), ("id", "name"), "There are no rooms in this file.")

    assert refused.value.code == code
