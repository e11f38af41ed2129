"""Every code that the API may refuse with, read from the code that refuses: the list cannot fall behind."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import errors
from sharingcity.kernel.problems import invalid_request

if TYPE_CHECKING:
    from django.utils.functional import Promise

SOURCE: Final = Path(__file__).resolve().parents[1]
# Where the calls of the API lead: the rooms whose refusals a program can meet.
ROOMS: Final = ("kernel", "directory", "listings", "booking", "finding")
FAMILY: Final = {"Refusal": 422, **{kind.__name__: kind.status for kind in errors.Refusal.__subclasses__()}}
OWN: Final = {"Unauthorised": 401, "BadRequest": 400}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCode:
    code: str
    status: int
    sentence: "str | Promise"


@cache
def problem_codes() -> list[ProblemCode]:
    """By code. The sentences are shown in the reader's language."""
    files = [path for room in ROOMS for path in (SOURCE / room).rglob("*.py")] + [SOURCE / "site" / "api.py"]
    found = {one.code: one for path in sorted(files) for one in _refusals_in(path)}
    invalid = lazy(lambda: str(invalid_request([])["detail"]), str)()
    found["request.invalid"] = ProblemCode(code="request.invalid", status=422, sentence=invalid)
    return sorted(found.values(), key=lambda one: one.code)


def _refusals_in(path: Path) -> Iterator[ProblemCode]:
    text = path.read_text(encoding="utf-8")
    known = FAMILY | OWN
    if not any(f"{name}(" in text for name in known):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known and node.args:
            code, sentence = _constant(node.args[0]), _sentence(node.args[1:2])
            if "." in code:
                yield ProblemCode(code=code, status=known[node.func.id], sentence=_(sentence) if sentence else "")


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _sentence(nodes: list[ast.expr]) -> str:
    """What stands in `_("…")`; empty where the sentence is put together."""
    call = nodes[0] if nodes else None
    return _constant(call.args[0]) if isinstance(call, ast.Call) and call.args else ""
