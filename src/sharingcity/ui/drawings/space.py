"""A space: a floor plan with the free room lit. A table with chairs, seen from above, is a ÷."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sharingcity.ui.drawings.canvas import Box, Sheet, centre, split
from sharingcity.ui.drawings.svg import circle, dots, number, path, rect

MARGIN = 16


@dataclass(slots=True)
class Plan:
    """Rooms of a floor; the first is the hall when there is one."""

    rooms: list[Box] = field(default_factory=list)
    court: Box | None = None
    has_hall: bool = False


def _corridor(outer: Box, sheet: Sheet) -> Plan:
    x, y, width, height = outer
    gap, chance = 26, sheet.chance
    top = (height - gap) * chance.uniform(0.42, 0.58)
    across = max(2, round(width / 96))
    below = max(2, across + chance.choice([-1, 0, 1]))
    rooms = split((x, y, width, top), across, chance)
    return Plan(rooms + split((x, y + top + gap, width, height - top - gap), below, chance))


def _hall(outer: Box, sheet: Sheet) -> Plan:
    x, y, width, height = outer
    chance = sheet.chance
    wide = width * chance.uniform(0.56, 0.66)
    hall_first = chance.random() < 0.5
    hall = (x if hall_first else x + width - wide, y, wide, height)
    side = (x + wide if hall_first else x, y, width - wide, height)
    return Plan([hall, *split(side, max(2, round(height / 84)), chance, across=False)], has_hall=True)


def _court(outer: Box, sheet: Sheet) -> Plan:
    x, y, width, height = outer
    chance, side, top = sheet.chance, width * 0.34, height * 0.46
    low = height - top
    wings = 1 if low < 120 else 2
    rooms = split((x, y, width, top), max(2, round(width / 92)), chance)
    rooms += split((x, y + top, side, low), wings, chance, across=False)
    rooms += split((x + width - side, y + top, side, low), wings, chance, across=False)
    return Plan(rooms, court=(x + side, y + top, width - 2 * side, low))


def _cut(box: Box, depth: int, sheet: Sheet) -> list[Box]:
    """Halves a box until its rooms are room-sized."""
    x, y, width, height = box
    at = sheet.chance.uniform(0.4, 0.62)
    across = width > height * 1.1
    narrow = min(at, 1 - at) * (width if across else height) < (54 if across else 50)
    if depth == 0 or narrow or (width < 104 and height < 84):
        return [box]
    first = (x, y, width * at, height) if across else (x, y, width, height * at)
    rest = (x + width * at, y, width * (1 - at), height) if across else (x, y + height * at, width, height * (1 - at))
    return _cut(first, depth - 1, sheet) + _cut(rest, depth - 1, sheet)


def _blocks(outer: Box, sheet: Sheet) -> Plan:
    return Plan(_cut(outer, 3 if sheet.width < 500 else 5, sheet))


PLANS: dict[str, Callable[[Box, Sheet], Plan]] = {
    "blocks": _blocks,
    "corridor": _corridor,
    "court": _court,
    "hall": _hall,
}


def _plan(outer: Box, sheet: Sheet) -> Plan:
    return sheet.pick(PLANS, ("blocks", "blocks", "corridor", "corridor", "court"))(outer, sheet)


def _lit_room(plan: Plan, sheet: Sheet) -> Box:
    """The hall, else a large room near the middle, where no crop takes it away."""
    if plan.has_hall:
        return plan.rooms[0]
    large = sorted(plan.rooms, key=lambda room: -room[2] * room[3])[: max(2, len(plan.rooms) * 2 // 3)]
    middle_x, middle_y = sheet.middle[0], sheet.height * 0.42

    def far(room: Box) -> float:
        x, y = centre(room)
        return abs(x - middle_x) + abs(y - middle_y) + sheet.chance.random() * sheet.width * 0.06

    return min(large, key=far)


def _table(room: Box, css: str) -> list[str]:
    x, y = centre(room)
    flat = room[2] >= room[3]
    length = min((room[2] if flat else room[3]) * 0.5, 110)
    chairs = max(1, round(length / 24))
    along = [(i + 0.5) * length / chairs - length / 2 for i in range(chairs)]
    seats = [(x + a, y + s) if flat else (x + s, y + a) for a in along for s in (-15.5, 15.5)]
    top = (x - length / 2, y - 5, length, 10) if flat else (x - 5, y - length / 2, 10, length)
    return [rect(top, f"p-{css}", 5), dots(seats, f"p-dot p-dot-{css}")]


def _rows(room: Box, css: str) -> list[str]:
    """A hall: rows of seats before a bar."""
    x = centre(room)[0]
    gap = 17
    across = max(2, int((room[2] - 26) // gap))
    deep = max(1, int((room[3] - 44) // gap))
    seats = [(x + (i - (across - 1) / 2) * gap, room[1] + 36 + j * gap) for j in range(deep) for i in range(across)]
    bar = (x - room[2] * 0.2, room[1] + 12, room[2] * 0.4, 8)
    return [rect(bar, f"p-{css}", 4), dots(seats, f"p-dot p-dot-{css}")]


def _furniture(room: Box, css: str, *, many: bool) -> list[str]:
    return _rows(room, css) if many else _table(room, css)


def _walls(rooms: list[Box]) -> str:
    return path(
        "".join(f"M{number(x)} {number(y)}h{number(w)}v{number(h)}h{number(-w)}z" for x, y, w, h in rooms), "p-wall"
    )


def _doors(rooms: list[Box], bottom: float) -> str:
    """A door of each room into the corridor, the next room or the street."""
    gaps = ""
    for x, y, width, height in rooms:
        door = min(22, width * 0.36)
        at = y + height if y + height < bottom - 4 else y
        gaps += f"M{number(x + width / 2 - door / 2)} {number(at)}h{number(door)}"
    return path(gaps, "p-door")


def draw(sheet: Sheet) -> list[str]:
    """The floor plan of a space."""
    outer = (MARGIN, MARGIN, sheet.width - 2 * MARGIN, sheet.height - 2 * MARGIN)
    plan = _plan(outer, sheet)
    lit = _lit_room(plan, sheet) if sheet.free > 0 else None
    drawn = [rect(outer, "p-paper")]
    if plan.court:
        x, y = centre(plan.court)
        drawn += [rect(plan.court, "p-court"), circle(x, y, min(plan.court[2:]) * 0.2, "p-soft")]
    for room in plan.rooms:
        if room == lit:
            drawn.append(rect(room, "p-solid"))
            drawn += _furniture(room, "on", many=plan.has_hall or room[2] * room[3] > 15000)
        elif sheet.chance.random() < 0.66:
            drawn += _furniture(room, "soft", many=plan.has_hall and room == plan.rooms[0])
    return [*drawn, _walls(plan.rooms), _doors(plan.rooms, outer[1] + outer[3])]
