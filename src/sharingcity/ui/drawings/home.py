"""A home: a house front with the free rooms lit; somebody is at the window."""

from collections.abc import Callable
from dataclasses import dataclass

from sharingcity.ui.drawings.canvas import Box, Sheet
from sharingcity.ui.drawings.svg import circle, number, path, rect


@dataclass(frozen=True, slots=True)
class House:
    """A front: what is drawn behind the windows, the windows, and the door."""

    front: list[str]
    windows: list[Box]
    door: Box


def _windows(area: Box, columns: int, rows: int, *, door_column: int) -> tuple[list[Box], Box]:
    """A grid of windows over an area; one place of the lowest row is the door."""
    x, y, width, height = area
    across, down = width / columns, height / rows
    grid = {
        (i, j): (x + i * across + across * 0.2, y + j * down + down * 0.16, across * 0.6, down * 0.58)
        for j in range(rows)
        for i in range(columns)
    }
    door = grid.pop((door_column, rows - 1))
    return list(grid.values()), door


def _polygon(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def _gabled(sheet: Sheet) -> House:
    """One gable over two floors."""
    w, h, m, top = sheet.width, sheet.height, 24.0, sheet.height * sheet.chance.uniform(0.32, 0.42)
    columns = max(3, int(w // 68))
    wall = _polygon([(m, h), (m, top - 6), (w / 2, 24), (w - m, top - 6), (w - m, h)]) + "z"
    roof = _polygon([(m - 12, top), (w / 2, 22), (w - m + 12, top)])
    windows, door = _windows((m, top, w - 2 * m, h - top - 8), columns, 2, door_column=columns // 2)
    return House([path(wall, "p-paper"), path(roof, "p-roof"), circle(w / 2, top * 0.7, 10, "p-soft")], windows, door)


def _flat(sheet: Sheet) -> House:
    """A house of three floors under a flat roof."""
    w, h, m = sheet.width, sheet.height, sheet.chance.choice([14.0, 20.0, 28.0])
    columns = max(3, int(w // sheet.chance.choice([52, 64])))
    windows, door = _windows((m, 34, w - 2 * m, h - 42), columns, 3, door_column=sheet.chance.randrange(1, columns - 1))
    front = [rect((m - 4, 26, w - 2 * m + 8, h), "p-paper"), path(f"M{m - 10} 24h{number(w - 2 * m + 20)}", "p-roof")]
    return House(front, windows, door)


def _tower(sheet: Sheet) -> House:
    """A slim block of flats between lower neighbours."""
    w, h = sheet.width, sheet.height
    wide = min(w * sheet.chance.uniform(0.46, 0.58), 160)
    left = (w - wide) / 2
    windows, door = _windows((left, 28, wide, h - 34), 3, 4, door_column=1)
    low = h * sheet.chance.uniform(0.5, 0.66)
    front = [
        rect((-4, low, left - 10, h), "p-soft", 4),
        rect((w - left + 14, h - low * 0.7, left, h), "p-soft", 4),
        rect((left, 20, wide, h), "p-paper", 4),
        path(f"M{number(left - 6)} 20h{number(wide + 12)}", "p-roof"),
    ]
    return House(front, windows, door)


def _hanok(sheet: Sheet) -> House:
    """A low house under a wide, curved roof."""
    w, h, m = sheet.width, sheet.height, 30.0
    eaves = h * sheet.chance.uniform(0.42, 0.52)
    curve = f"M8 {number(eaves)}Q{number(w * 0.2)} {number(eaves - 6)} {number(w * 0.27)} {number(h * 0.2)}"
    curve += f"H{number(w * 0.73)}Q{number(w * 0.8)} {number(eaves - 6)} {number(w - 8)} {number(eaves)}z"
    columns = max(3, int(w // 62))
    windows, door = _windows((m, eaves + 6, w - 2 * m, h - eaves - 14), columns, 1, door_column=columns - 1)
    tiles = "".join(f"M{number(w * (0.3 + k * 0.1))} {number(h * 0.25)}v{number(eaves - h * 0.32)}" for k in range(5))
    front = [
        rect((m - 6, eaves, w - 2 * m + 12, h), "p-paper"),
        path(curve, "p-soft"),
        path(tiles, "p-mull"),
        path(f"M{number(w * 0.24)} {number(h * 0.2)}H{number(w * 0.76)}", "p-roof"),
    ]
    return House(front, windows, door)


def _terrace(sheet: Sheet) -> House:
    """Three narrow gables in a row; the middle one is ours."""
    w, h, m = sheet.width, sheet.height, 16.0
    wide, top = (w - 2 * m) / 3, h * 0.36
    front = []
    for i in range(3):
        x, peak = m + i * wide, 22 + sheet.chance.randrange(0, 16)
        wall = _polygon([(x, h), (x, top), (x + wide / 2, peak), (x + wide, top), (x + wide, h)]) + "z"
        front.append(path(wall, "p-paper"))
        front.append(path(_polygon([(x, top), (x + wide / 2, peak), (x + wide, top)]), "p-roof"))
    windows, door = _windows((m, top, w - 2 * m, h - top - 8), 3 if w < 260 else 6, 2, door_column=1)
    return House(front, windows, door)


HOUSES: dict[str, Callable[[Sheet], House]] = {
    "gable": _gabled,
    "flat": _flat,
    "tower": _tower,
    "hanok": _hanok,
    "terrace": _terrace,
}


def _lit_window(box: Box) -> list[str]:
    """A lit room: a person with open arms at the window."""
    x, y, width, height = box
    middle = x + width / 2
    arms = f"M{number(middle - width * 0.24)} {number(y + height * 0.62)}h{number(width * 0.48)}"
    arms += f"M{number(middle)} {number(y + height * 0.62)}V{number(y + height - 4)}"
    head = circle(middle, y + height * 0.32, min(width, height) * 0.13, "p-on")
    return [rect(box, "p-solid", 3), head, path(arms, "p-body")]


def _dark_window(box: Box, style: int) -> list[str]:
    x, y, width, height = box
    bars = f"M{number(x + width / 2)} {number(y)}v{number(height)}"
    if style == 1:
        bars += f"M{number(x)} {number(y + height / 2)}h{number(width)}"
    elif style == 2:
        bars = f"M{number(x)} {number(y + height * 0.34)}h{number(width)}"
    return [rect(box, "p-soft", width / 2 if style == 3 else 3), path(bars, "p-mull")]


def _door(box: Box, ground: float) -> str:
    x, y, width, _height = box
    reach = width * 0.44
    up = number(ground - y - reach)
    arch = f"a{number(reach)} {number(reach)} 0 0 1 {number(2 * reach)} 0"
    return path(f"M{number(x + width * 0.06)} {number(ground)}v-{up}{arch}v{up}z", "p-soft")


def draw(sheet: Sheet) -> list[str]:
    """The house front of a home: one lit window a free room, three at most."""
    house = sheet.pick(HOUSES, tuple(HOUSES))(sheet)
    style = sheet.chance.randrange(4)
    middle_x, middle_y = sheet.middle

    def far(box: Box) -> float:
        return abs(box[0] + box[2] / 2 - middle_x) + 0.5 * abs(box[1] - middle_y) + sheet.chance.random() * 40

    order = sorted(house.windows, key=far)
    lit = order[: min(sheet.free, 3)]
    drawn = [*house.front, _door(house.door, sheet.height)]
    for window in house.windows:
        drawn += _lit_window(window) if window in lit else _dark_window(window, style)
    return drawn
