"""Parts of the documentation that are drawn from the code: `python -m sharingcity.site.reference` writes them anew."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]
DOCS = PACKAGE.parents[1] / "docs"
# Classes of refusals and the status that each answers with.
STATUSES = {
    "Refusal": 422,
    "Conflict": 409,
    "NotAllowed": 403,
    "NotFound": 404,
    "LengthMissing": 411,
    "TooLarge": 413,
    "TooMany": 429,
    "Unauthorised": 401,
    "BadRequest": 400,
    "SourceRefused": 422,
    "HeaderRefused": 422,
}
# Those whose class says the first part of the code.
OF_IMPORTS = frozenset({"SourceRefused", "HeaderRefused"})
# Made from the shape of a request, without a refusal.
SHAPE = ("request.invalid", 422, "Something in the request is missing or wrong. See the fields named.")


# ── states ──
def states_document() -> str:
    """Every workflow as a diagram and a table."""
    from sharingcity.kernel.projections import PROJECTIONS

    parts = [
        "# States\n\nDrawn from the tables in `states.py` of each room by `python -m sharingcity.site.reference`; "
        "buttons and API actions read the same tables. An arrow from the dot is the birth of an object.\n"
    ]
    for name, projection in PROJECTIONS.items():
        parts.append(f"## {name}\n\n```mermaid\n{diagram(projection.workflow)}\n```\n\n{table(projection.workflow)}\n")
    return "\n".join(parts)


def diagram(workflow: Any) -> str:
    """A Mermaid state diagram; events between the same two states share an arrow."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for source, row in _arrows(workflow):
        arrows.setdefault((source or "[*]", row.target), []).append(row.event)
    lines = [f"    {source} --> {target}: {', '.join(events)}" for (source, target), events in arrows.items()]
    leaving = {source for source, _ in arrows}
    lines += [f"    {state} --> [*]" for state in workflow.states if state not in leaving]
    return "\n".join(["stateDiagram-v2", *lines])


def table(workflow: Any) -> str:
    """Event, from, to, who, needs what."""
    lines = ["| event | from | to | who | reason | guard |", "|---|---|---|---|---|---|"]
    for source, row in _arrows(workflow):
        guard = f"`{row.guard.__name__}`" if row.guard else ""
        who, reason = f"`{row.permission.__name__}`", "yes" if row.needs_reason else ""
        lines.append(f"| {row.event} | {source or '–'} | {row.target} | {who} | {reason} | {guard} |")
    return "\n".join(lines)


def _arrows(workflow: Any) -> Iterator[tuple[str, Any]]:
    order = ["", *workflow.states]
    for row in workflow.transitions:
        for source in sorted(row.sources, key=order.index):
            yield source, row


# ── codes ──
@dataclass(frozen=True, slots=True, order=True)
class Code:
    """One refusal as it stands in the code."""

    code: str
    status: int
    sentence: str


def refusal_codes() -> list[Code]:
    """Every code that a refusal is made with anywhere in the package, sorted."""
    found = {Code(*SHAPE)}
    for path in sorted(PACKAGE.rglob("*.py")):
        found |= set(_codes_in(ast.parse(path.read_text(encoding="utf-8"))))
    return sorted(found)


def _codes_in(module: ast.Module) -> Iterator[Code]:
    for scope in ast.walk(module):
        if isinstance(scope, ast.FunctionDef):
            changed = _status_set_in(scope)
            for node in ast.walk(scope):
                if isinstance(node, ast.Call) and (found := _code_of(node, changed)):
                    yield found


def _status_set_in(function: ast.FunctionDef) -> int | None:
    """`refusal.status = 422` after the refusal was made."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Constant):
            continue
        if isinstance(node.targets[0], ast.Attribute) and node.targets[0].attr == "status":
            return int(str(node.value.value))
    return None


def _code_of(call: ast.Call, changed: int | None) -> Code | None:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name not in STATUSES or not call.args or not isinstance(call.args[0], ast.Constant):
        return None
    said = str(call.args[0].value)
    return Code(f"import.{said}" if name in OF_IMPORTS else said, changed or STATUSES[name], _sentence(call))


def _sentence(call: ast.Call) -> str:
    """The English sentence, empty where it depends on what was asked."""
    words = call.args[1] if len(call.args) > 1 else None
    if isinstance(words, ast.Call) and words.args and isinstance(words.args[0], ast.Constant):
        return str(words.args[0].value)
    return ""


def codes_document() -> str:
    """The codes as a table."""
    lines = [
        "# Codes of the API\n",
        "Every refusal is a problem document (RFC 9457, `application/problem+json`) whose `code` is one of these and "
        "does not change; `detail` says it in the language asked for. Drawn from the code by "
        "`python -m sharingcity.site.reference`.\n",
        "| code | status | sentence |",
        "|---|---|---|",
    ]
    return "\n".join([*lines, *(f"| `{c.code}` | {c.status} | {c.sentence} |" for c in refusal_codes()), ""])


DOCUMENTS = {"states.md": states_document, "api-codes.md": codes_document}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sharingcity.site.settings")
    import django  # the workflows' modules import models

    django.setup()
    for name, draw in DOCUMENTS.items():
        (DOCS / name).write_text(draw(), encoding="utf-8")


if __name__ == "__main__":
    main()
