"""A thing: a tool board. What is there hangs solid, what is away is its outline."""

from collections.abc import Callable

from sharingcity.ui.drawings.canvas import Sheet
from sharingcity.ui.drawings.svg import dots, number, path

PEG = 20
"""Distance of the pegs."""


def _hammer(x: float, top: float, length: float) -> str:
    handle = f"M{number(x - 5)} {number(top + 14)}h10v{number(length - 14)}a5 5 0 0 1-10 0z"
    return f"M{number(x - 16)} {number(top)}h32v14h-32z{handle}"


def _screwdriver(x: float, top: float, length: float) -> str:
    blade, grip = length * 0.5, length * 0.38
    handle = f"M{number(x - 9)} {number(top + 5 + blade)}h18v{number(grip)}a9 9 0 0 1-18 0z"
    return f"M{number(x - 5)} {number(top + 5)}a5 5 0 0 1 10 0v{number(blade)}h-10z{handle}"


def _spanner(x: float, top: float, length: float) -> str:
    shaft = number(length - 34)
    body = f"a17 17 0 0 1 5 33.4v{shaft}a5 5 0 0 1-10 0v-{shaft}a17 17 0 0 1 5-33.4z"
    return f"M{number(x)} {number(top)}{body}m0 10a7 7 0 0 0 0 14a7 7 0 0 0 0-14z"


def _drill(x: float, top: float, length: float) -> str:
    grip = number(length * 0.46)
    return f"M{number(x - 18)} {number(top)}h30a6 6 0 0 1 6 6v10a6 6 0 0 1-6 6h-6v{grip}h-14v-{grip}h-10z"


def _brush(x: float, top: float, length: float) -> str:
    hair, stick = number(length * 0.5), number(length * 0.3)
    return f"M{number(x - 14)} {number(top)}h28v{hair}a14 14 0 0 1-9 13v{stick}h-10v-{stick}a14 14 0 0 1-9-13z"


def _saw(x: float, top: float, length: float) -> str:
    blade = number(length * 0.6)
    return (
        f"M{number(x - 13)} {number(top)}h26v26h-8v-10h-10v10h-8zM{number(x - 10)} {number(top + 30)}h20l-4 {blade}h-9z"
    )


def _box(x: float, top: float, length: float) -> str:
    deep = number(min(length * 0.6, 46))
    lid = f"M{number(x - 8)} {number(top)}h16a5 5 0 0 1 5 5v5h-5v-5h-16v5h-5v-5a5 5 0 0 1 5-5z"
    return f"{lid}M{number(x - 19)} {number(top + 13)}h38v{deep}h-38z"


TOOLS: dict[str, Callable[[float, float, float], str]] = {
    "hammer": _hammer,
    "screwdriver": _screwdriver,
    "spanner": _spanner,
    "drill": _drill,
    "brush": _brush,
    "saw": _saw,
    "box": _box,
}


def draw(sheet: Sheet) -> list[str]:
    """The tool board of a thing: one tool a unit."""
    across, deep = int(sheet.width // PEG), int(sheet.height // PEG)
    left, top = (sheet.width - across * PEG + PEG) / 2, (sheet.height - deep * PEG + PEG) / 2
    pegs = [(left + i * PEG, top + j * PEG) for i in range(across) for j in range(deep)]
    tools = max(3, min(sheet.total, int((sheet.width - 40) // 48)))
    middle = (tools - 1) / 2
    by_nearness = sorted(range(tools), key=lambda i: abs(i - middle) + sheet.chance.random() * 1.1)
    lit = set(by_nearness[: min(sheet.free, tools)])
    drawn = [dots(pegs, "p-peg")]
    hook = top + max(PEG, round((sheet.height - 7 * PEG) / 2 / PEG) * PEG - PEG)
    every = tuple(TOOLS)
    own = sheet.pick(TOOLS, every)
    for i in range(tools):
        x = left + round((PEG + (sheet.width - 2 * PEG) * (i + 0.5) / tools - left) / PEG) * PEG
        length = min(sheet.chance.choice([5, 6, 7]) if sheet.height >= 200 else 4, deep - 3) * PEG
        tool = own if i in lit else TOOLS[sheet.chance.choice(every)]
        drawn.append(path(tool(x, hook, length), "p-solid" if i in lit else "p-ghost"))
    return drawn
