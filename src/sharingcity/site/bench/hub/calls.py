"""The questions that are measured, as addresses of the API; drawn by a seed, so that every run asks the same."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from sharingcity.kernel.city import local_date, zone
from sharingcity.kernel.intervals import Interval, instant
from sharingcity.site.bench.hub.words import commonest, drawn_words

Asked = dict[str, Any]
SOUTH, WEST, HEIGHT, WIDTH = 37.45, 126.85, 0.25, 0.35
"""Where the drawn districts lie."""
RADIUS_M = 2000


@dataclass(frozen=True, slots=True)
class Calls:
    """`draw` makes the next question; each is asked of `path`."""

    path: str
    draw: Callable[[random.Random], Asked]

    def addresses(self, count: int, seed: int) -> list[str]:
        draw = random.Random(seed)
        return [f"{self.path}?{urlencode(self.draw(draw), doseq=True)}" for _ in range(count)]


def calls(now: datetime, full_day: date) -> dict[str, Calls]:
    """Every measured call by its name."""
    today = local_date(now)
    listings, section = "/api/v1/listings", "/api/v1/map"
    return {
        "fixed_near": Calls(listings, lambda draw: _near(draw) | _fixed(draw, today)),
        "city_text": Calls(listings, lambda draw: {"q": _words(draw)} | _filter(draw)),
        "map": Calls(section, _section),
        "flexible": Calls(listings, lambda draw: _flexible(draw, today, full_day) | _filter(draw)),
        "full_saturday": Calls(listings, lambda draw: _whole_day(full_day) | _filter(draw)),
        "first_page": Calls(listings, _filter),
    }


def _near(draw: random.Random) -> Asked:
    lat, lng = SOUTH + draw.random() * HEIGHT, WEST + draw.random() * WIDTH
    return {"near": f"{lat:.5f},{lng:.5f}", "radius_m": RADIUS_M}


def wish(draw: random.Random, today: date) -> Interval:
    """Two hours on one of the next weeks' days."""
    day, hour = today + timedelta(days=draw.randint(6, 40)), draw.choice((10, 13, 16, 18, 19))
    return Interval(instant(day, time(hour), zone()), instant(day, time(hour + 2), zone()))


def _fixed(draw: random.Random, today: date) -> Asked:
    span = wish(draw, today)
    return {"starts_at": span.starts_at.isoformat(), "ends_at": span.ends_at.isoformat()}


def _words(draw: random.Random) -> str:
    """One word, or two, as often asked as they are written; the ten commonest are among them."""
    words = draw.choice(commonest()) if draw.random() < 0.2 else drawn_words(draw, 1)[0]
    return f"{words} {drawn_words(draw, 1)[0]}" if draw.random() < 0.3 else words


def _filter(draw: random.Random) -> Asked:
    return draw.choice(
        (
            {},
            {"district": f"district-{draw.randint(1, 25)}"},
            {"kind": draw.choice(("space", "thing", "vehicle", "event", "home"))},
            {"kind": "space", "district": f"district-{draw.randint(1, 25)}"},
            {"party_size": draw.choice((5, 20, 60))},
            {"free": "true"},
            {"booking": "here"},
        )
    )


def _flexible(draw: random.Random, today: date, full_day: date) -> Asked:
    """Two weeks of evenings; one in ten asks for the day on which nothing is free."""
    if draw.random() < 0.1:
        return _whole_day(full_day)
    first = today + timedelta(days=draw.randint(6, 30))
    evening = {"time_from": "18:00", "time_to": "22:00", "duration_minutes": draw.choice((60, 120))}
    return {"date_from": first.isoformat(), "date_to": (first + timedelta(days=13)).isoformat(), **evening}


def _whole_day(day: date) -> Asked:
    return {"date_from": day.isoformat(), "date_to": day.isoformat(), "duration_minutes": 120}


def _section(draw: random.Random) -> Asked:
    """A section of any width, from the whole city to a street, of one kind or all."""
    width = WIDTH * 2.0 ** -draw.randint(0, 8)
    height = width * 0.7
    west, south = WEST + draw.random() * (WIDTH - width), SOUTH + draw.random() * max(HEIGHT - height, 0)
    box = f"{west:.5f},{south:.5f},{west + width:.5f},{south + height:.5f}"
    kind = draw.choice(("", "space", "thing", "vehicle", "event", "home"))
    return {"bbox": box} | ({"kind": kind} if kind else {})
