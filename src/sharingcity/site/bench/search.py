"""`bench search`: fixed and flexible times and a deep page, in the server and with eight clients over HTTP."""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from sharingcity.finding.queries import Flexible, Question, search
from sharingcity.kernel.city import local_date, zone
from sharingcity.kernel.intervals import Interval, instant
from sharingcity.site.bench.city import BenchCity
from sharingcity.site.bench.measure import Request, run_clients, time_calls
from sharingcity.site.bench.serving import serving

CALLS = 200
REQUESTS = 2000
CLIENTS = 8


def measure_search(city: BenchCity, now: datetime) -> dict[str, Any]:
    """Every call asks another day and hour, so that nothing can be remembered."""
    draw, today = random.Random(7), local_date(now)
    fixed = [_fixed(draw, today, now) for _ in range(CALLS)]
    flexible = [_flexible(draw, today, now) for _ in range(CALLS)]
    deep = [_deep(now) for _ in range(CALLS // 4)]
    answer = {
        "fixed": time_calls(fixed).as_json(),
        "flexible": time_calls(flexible).as_json(),
        "first_page": time_calls([_first(now) for _ in range(CALLS // 4)]).as_json(),
        "deep_page": time_calls(deep).as_json(),
    }
    with serving() as served:
        requests = [Request("GET", f"/api/v1/listings?{_query(draw, today)}") for _ in range(REQUESTS)]
        run_clients(served.port, requests[:50], CLIENTS, frozenset({200}))
        answer["fixed_8_clients"] = run_clients(served.port, requests, CLIENTS, frozenset({200})).as_json()
    return answer


def _evening(draw: random.Random, today: date) -> Interval:
    day, hour = today + timedelta(days=draw.randint(6, 40)), draw.choice((10, 13, 16, 18, 19))
    return Interval(instant(day, time(hour), zone()), instant(day, time(hour + 2), zone()))


def _fixed(draw: random.Random, today: date, now: datetime) -> Callable[[], int]:
    question = Question(when=_evening(draw, today), party_size=draw.choice((5, 20)), q=draw.choice(("회의실", "")))
    return lambda: len(search(question, now).results)


def _flexible(draw: random.Random, today: date, now: datetime) -> Callable[[], int]:
    first = today + timedelta(days=draw.randint(6, 30))
    evenings = Flexible(
        date_from=first,
        date_to=first + timedelta(days=13),
        time_from=time(18),
        time_to=time(22),
        duration_minutes=draw.choice((60, 120)),
    )
    question = Question(when=evenings, party_size=draw.choice((5, 20)))
    return lambda: len(search(question, now).results)


def _first(now: datetime) -> Callable[[], int]:
    return lambda: len(search(Question(), now).results)


def _deep(now: datetime) -> Callable[[], int]:
    """The page at offset 500, reached by its cursor as a reader would."""
    cursor = search(Question(limit=200), now).next
    cursor = search(Question(limit=200, cursor=cursor or ""), now).next
    cursor = search(Question(limit=100, cursor=cursor or ""), now).next
    question = Question(cursor=cursor or "")
    return lambda: len(search(question, now).results)


def _query(draw: random.Random, today: date) -> str:
    span = _evening(draw, today)
    return urlencode(
        {
            "starts_at": span.starts_at.isoformat(),
            "ends_at": span.ends_at.isoformat(),
            "party_size": draw.choice((5, 20)),
        }
    )
