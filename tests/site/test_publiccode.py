"""`publiccode.yml` is what the standard asks for, and names no address that is not ours."""

from pathlib import Path
from typing import Any

import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
REQUIRED = {
    *("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal"),
    *("maintenance", "localisation", "releaseDate", "categories"),
}


@pytest.fixture
def found() -> dict[str, Any]:
    return dict(yaml.safe_load((CHECKOUT / "publiccode.yml").read_text(encoding="utf-8")))


def test_required_keys_are_there(found: dict[str, Any]) -> None:
    assert REQUIRED - set(found) == set()
    assert found["legal"]["license"] == "Apache-2.0"
    assert found["maintenance"]["contacts"][0]["name"]
    assert set(found["description"]) <= set(found["localisation"]["availableLanguages"])


def test_descriptions_have_the_length_that_catalogues_print(found: dict[str, Any]) -> None:
    for words in found["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in words["features"])


def test_address_is_reserved_for_documents_until_there_is_one(found: dict[str, Any]) -> None:
    assert found["url"].startswith("https://sharingcity.example/")
