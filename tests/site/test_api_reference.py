"""The parts of the documentation that are drawn from the code are up to date and complete."""

import ast

import pytest

from sharingcity.site.reference import DOCS, DOCUMENTS, PACKAGE, STATUSES, refusal_codes


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_is_as_the_code_draws_it(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == DOCUMENTS[name](), "Run: python -m sharingcity.site.reference"


def test_codes_have_a_room_one_status_and_a_sentence() -> None:
    codes = refusal_codes()

    assert len(codes) > 100
    assert all(code.code.count(".") == 1 for code in codes)
    statuses: dict[str, set[int]] = {}
    for code in codes:
        statuses.setdefault(code.code, set()).add(code.status)
    assert {code: found for code, found in statuses.items() if len(found) > 1} == {}


def test_every_class_of_refusals_is_known() -> None:
    """A new subclass with a code of its own would be missed otherwise."""
    known = set(STATUSES)
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and {getattr(base, "id", "") for base in node.bases} & known:
                assert node.name in known or _is_for_feeds_or_paper(node.name), node.name


def _is_for_feeds_or_paper(name: str) -> bool:
    return name in {"NotYet", "PaperRefused"}
