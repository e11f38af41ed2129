"""Every connector can be found by whoever reads: in the help of the command and in the documents."""

import re
from pathlib import Path

import pytest

from sharingcity.partners.registry import CONNECTORS, Brings
from sharingcity.site.cli.imports import NAMES

DOCS = Path(__file__).resolve().parents[3] / "docs" / "connectors"
IMPORTED = [name for name, entry in CONNECTORS.items() if entry.brings in (Brings.LISTINGS, Brings.DISTRICTS)]


@pytest.mark.parametrize("name", IMPORTED)
def test_what_can_be_imported_stands_in_the_help(name: str) -> None:
    assert name in re.split(r"[ ,.()]+", NAMES)


@pytest.mark.parametrize("name", CONNECTORS)
def test_every_connector_stands_in_the_documents(name: str) -> None:
    assert f"`{name}`" in (DOCS / "README.md").read_text(encoding="utf-8")


def test_pages_of_connectors_are_listed_and_listed_pages_are_there() -> None:
    listed = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = {path.name for path in DOCS.glob("*.md")} - {"README.md"}

    assert pages
    assert all(f"]({page})" in listed for page in pages)
