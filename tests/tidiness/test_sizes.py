"""Files and functions stay readable: house style 8."""

import ast
import functools
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
MODULE_LINES, FUNCTION_LINES, TEMPLATE_LINES, STYLE_LINES = 400, 40, 120, 200


@functools.cache
def kept_files() -> tuple[Path, ...]:
    """What git keeps or would keep: neither caches nor what is made."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return tuple(path for name in listed.stdout.splitlines() if (path := CHECKOUT / name).is_file())


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def modules() -> list[Path]:
    return [path for path in kept_files() if path.suffix == ".py" and "migrations" not in path.parts]


def too_long(paths: list[Path], limit: int) -> list[str]:
    return [f"{path.relative_to(CHECKOUT)}: {lines_of(path)}" for path in paths if lines_of(path) > limit]


def long_functions(path: Path) -> list[str]:
    """Functions whose code, without decorators and docstring, is longer than the limit."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            length = (node.end_lineno or 0) - first.lineno + 1 + (node.body[0].lineno - node.lineno)
            if length > FUNCTION_LINES:
                found.append(f"{path.relative_to(CHECKOUT)}:{node.lineno} {node.name}: {length}")
    return found


def test_modules_are_short() -> None:
    assert too_long(modules(), MODULE_LINES) == []


def test_functions_are_short() -> None:
    assert [line for path in modules() for line in long_functions(path)] == []


@pytest.mark.parametrize(("suffix", "limit"), [(".html", TEMPLATE_LINES), (".css", STYLE_LINES)])
def test_templates_and_styles_are_short(suffix: str, limit: int) -> None:
    ours = [path for path in kept_files() if path.suffix == suffix and "src" in path.parts]

    assert too_long(ours, limit) == []


def test_long_functions_are_found(tmp_path: Path) -> None:
    body = "\n".join(f"    x{number} = {number}" for number in range(FUNCTION_LINES + 1))
    sample = CHECKOUT / "tests" / "tidiness" / "sample_of_a_long_function.py"
    sample.write_text(f'def long() -> None:\n    """Words."""\n{body}\n', encoding="utf-8")
    try:
        assert [line.split(" ")[1] for line in long_functions(sample)] == ["long:"]
    finally:
        sample.unlink()
