"""An event: a seating plan with the places left lit. A talk, a circle, tables, a class, a walk."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from sharingcity.ui.drawings.canvas import Sheet
from sharingcity.ui.drawings.svg import circle, dots, number, path, rect

SEAT = 24
"""Distance of seats."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands in the room, and the places of people."""

    front: list[str]
    seats: list[Point]


def _stage(sheet: Sheet) -> str:
    return rect((sheet.width * 0.34, 16, sheet.width * 0.32, 14), "p-solid", 7)


def _arc_row(sheet: Sheet, radius: float, shift: float) -> list[Point]:
    """Seats at one distance from a speaker who stands above the sheet."""
    x, y, step = sheet.width / 2, -sheet.height * 0.42, SEAT / radius
    reach = int(math.asin(min(0.95, sheet.width * 0.46 / radius)) / step)
    angles = (math.pi / 2 + (i + shift) * step for i in range(-reach, reach + 1))
    return [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles]


def _talk(sheet: Sheet) -> Setting:
    """Rows in arcs before a stage."""
    seats: list[Point] = []
    radius, row = sheet.height * 0.72, 0
    while radius < sheet.height * 1.5:
        seats += _arc_row(sheet, radius, 0.5 if row % 2 else 0)
        radius, row = radius + SEAT, row + 1
    inside = [s for s in seats if 12 < s[0] < sheet.width - 12 and 46 < s[1] < sheet.height - 12]
    return Setting([_stage(sheet)], inside)


def _around(x: float, y: float, radius: float, people: int, turn: float = 0) -> list[Point]:
    angles = (turn + 2 * math.pi * i / people for i in range(people))
    return [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles]


def _circles(sheet: Sheet) -> Setting:
    """A talk in the round: rings of chairs with an opening."""
    x, y = sheet.middle
    seats: list[Point] = []
    largest = min(x, y) - 16
    rings = sheet.chance.choice([2, 3])
    for k in range(rings):
        radius = largest - k * (SEAT + 4)
        seats += _around(x, y, radius, max(6, int(2 * math.pi * radius / (SEAT + 3))), k * 0.2)
    return Setting([circle(x, y, 11, "p-solid")], seats)


def _tables(sheet: Sheet) -> Setting:
    """A repair café: round tables, people around each."""
    pitch = sheet.chance.choice([74, 88])
    columns, rows = max(2, int((sheet.width - 12) // pitch)), max(2, int((sheet.height - 8) // pitch))
    left, top = (sheet.width - (columns - 1) * pitch) / 2, (sheet.height - (rows - 1) * pitch) / 2
    people = sheet.chance.choice([5, 6, 7])
    front, seats = [], []
    for j in range(rows):
        for i in range(columns):
            x, y = left + i * pitch, top + j * pitch
            front.append(circle(x, y, 12, "p-soft"))
            seats += _around(x, y, 26, people, i + j)
    return Setting(front, seats)


def _class(sheet: Sheet) -> Setting:
    """Desks for two before a board."""
    pitch, deep = 60, 44
    columns, rows = max(2, int((sheet.width - 20) // pitch)), max(2, int((sheet.height - 56) // deep))
    left = (sheet.width - (columns - 1) * pitch) / 2
    front: list[str] = [_stage(sheet)]
    seats: list[Point] = []
    for j in range(rows):
        for i in range(columns):
            x, y = left + i * pitch, 58 + j * deep
            front.append(rect((x - 22, y - 6, 44, 10), "p-soft", 5))
            seats += [(x - 11, y + 15), (x + 11, y + 15)]
    return Setting(front, seats)


def _walk(sheet: Sheet) -> Setting:
    """A walk: people on a winding way from stop to stop."""
    turns, high = sheet.chance.choice([1.0, 1.5, 2.0]), sheet.height * 0.28
    start = sheet.chance.uniform(0, math.pi)
    steps = max(10, int(sheet.width / 17))

    def at(share: float, lift: float = 0) -> Point:
        wave = math.sin(start + share * turns * 2 * math.pi) * high
        return 14 + share * (sheet.width - 28), sheet.height / 2 + wave + lift

    way = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in (at(k / 40) for k in range(41)))
    ends = [circle(*at(0), 12, "p-solid"), circle(*at(1), 12, "p-solid")]
    seats = [at((k + 0.5) / steps, side) for k in range(1, steps - 1) for side in (-17, 17)]
    return Setting([path(way, "p-way"), *ends], seats)


SETTINGS: dict[str, Callable[[Sheet], Setting]] = {
    "talk": _talk,
    "circle": _circles,
    "tables": _tables,
    "class": _class,
    "walk": _walk,
}


def draw(sheet: Sheet) -> list[str]:
    """The seating plan of an event; free places come in groups, as they do."""
    setting = sheet.pick(SETTINGS, ("talk", "talk", "circle", "tables", "class"))(sheet)
    seats, (middle_x, middle_y) = setting.seats, sheet.middle
    tried = sheet.chance.sample(seats, min(6, len(seats)))
    near = min(tried, key=lambda seat: abs(seat[0] - middle_x) + abs(seat[1] - middle_y))

    def far(seat: Point) -> float:
        spread = 0.5 + sheet.chance.random()
        return ((seat[0] - near[0]) ** 2 + (seat[1] - near[1]) ** 2) * spread

    order = sorted(seats, key=far)
    free = sheet.share_of(len(seats))
    return [*setting.front, dots(order[free:], "p-seat"), dots(order[:free], "p-seat-free")]
