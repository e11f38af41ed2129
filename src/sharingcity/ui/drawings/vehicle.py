"""A vehicle: a car park seen from above. Free cars are lit, cars on the road have left their bay."""

from sharingcity.ui.drawings.canvas import Sheet
from sharingcity.ui.drawings.svg import number, path, rect

BAY = 46
MARGIN = 14


def _bays(sheet: Sheet, columns: int, deep: float) -> str:
    left = (sheet.width - columns * BAY) / 2
    lines = (
        f"M{number(left + i * BAY)} {number(top)}v{number(deep)}"
        for top in (MARGIN, sheet.height - MARGIN - deep)
        for i in range(columns + 1)
    )
    return path("".join(lines), "p-bay")


def _car(x: float, y: float, size: tuple[float, float], *, free: bool, upward: bool) -> list[str]:
    width, length = size
    screen = y + length * (0.24 if upward else 0.56)
    body, glass = ("p-solid", "p-on") if free else ("p-soft", "p-paper")
    return [rect((x, y, width, length), body, 11), rect((x + 5, screen, width - 10, length * 0.2), glass, 4)]


def _van(x: float, y: float, size: tuple[float, float], *, free: bool, upward: bool) -> list[str]:
    width, length = size
    screen = y + (length * 0.1 if upward else length * 0.76)
    body, glass = ("p-solid", "p-on") if free else ("p-soft", "p-paper")
    return [rect((x - 1, y, width + 2, length), body, 5), rect((x + 4, screen, width - 8, length * 0.14), glass, 3)]


def _bicycle(x: float, y: float, size: tuple[float, float], *, free: bool, upward: bool) -> list[str]:
    width, length = size
    middle, bar = x + width / 2, y + length * (0.3 if upward else 0.7)
    css = "solid" if free else "soft"
    wheels = "".join(f"M{number(middle)} {number(y + length * at)}v{number(length * 0.22)}" for at in (0.08, 0.7))
    frame = f"M{number(middle)} {number(y + length * 0.25)}v{number(length * 0.5)}"
    frame += f"M{number(x + 5)} {number(bar)}h{number(width - 10)}"
    return [path(frame, f"p-frame p-frame-{css}"), path(wheels, f"p-wheel p-dot-{css}")]


VEHICLES = {"car": _car, "van": _van, "bicycle": _bicycle}


def draw(sheet: Sheet) -> list[str]:
    """The car park of a vehicle: one bay a unit, with empty bays between."""
    deep = sheet.height * 0.36
    columns = max(3, int((sheet.width - 24) // BAY))
    left = (sheet.width - columns * BAY) / 2
    bays = [(row, i) for row in (0, 1) for i in range(columns)]
    sheet.chance.shuffle(bays)
    bays.sort(key=lambda bay: abs(bay[1] - (columns - 1) / 2) > 1.1)
    cars = min(max(sheet.total, 3), len(bays) - 2)
    free = min(sheet.free, cars)
    rest = bays[free:]
    sheet.chance.shuffle(rest)
    shape = sheet.pick(VEHICLES, ("car", "car", "van"))
    drawn = [_bays(sheet, columns, deep), path(f"M0 {number(sheet.height / 2)}H{number(sheet.width)}", "p-dash")]
    for k, (row, i) in enumerate((bays[:free] + rest)[:cars]):
        y = 6 + (MARGIN if row == 0 else sheet.height - MARGIN - deep)
        drawn += shape(left + i * BAY + 8, y, (BAY - 16, deep - 12), free=k < free, upward=row == 1)
    return drawn
