"""How long calls take: percentiles, and many clients at once over HTTP."""

import http.client
import resource
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any


@dataclass(slots=True)
class Timings:
    """Seconds of each call, what it found, and the wall time of all."""

    seconds: list[float] = field(default_factory=list)
    found: list[int] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)
    wall_seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """`p50_ms p95_ms p99_ms per_second rows_found_median`, and failures by code where there were any."""
        ordered = sorted(self.seconds)
        answer = {
            "p50_ms": _rank_ms(ordered, 0.5),
            "p95_ms": _rank_ms(ordered, 0.95),
            "p99_ms": _rank_ms(ordered, 0.99),
            "per_second": round(len(ordered) / self.wall_seconds, 1) if self.wall_seconds else None,
            "rows_found_median": statistics.median(self.found) if self.found else None,
            "calls": len(ordered),
        }
        return answer | ({"failures": self.failures} if self.failures else {})


def _rank_ms(ordered: Sequence[float], share: float) -> float:
    return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000, 2)


def time_calls(calls: Sequence[Callable[[], int]], warm_up: int = 3) -> Timings:
    """Runs the calls one after the other; each returns how many rows it found."""
    for call in calls[:warm_up]:
        call()
    timings = Timings()
    begun = time.perf_counter()
    for call in calls:
        started = time.perf_counter()
        timings.found.append(call())
        timings.seconds.append(time.perf_counter() - started)
    timings.wall_seconds = time.perf_counter() - begun
    return timings


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    body: str | None = None
    token: str = ""


def run_clients(port: int, requests: Sequence[Request], clients: int, expected: frozenset[int]) -> Timings:
    """`clients` threads with a connection each work the list off together; unexpected answers are failures."""
    timings, lock, turn = Timings(), threading.Lock(), count()

    def work() -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for request in _mine(requests, turn):
            started = time.perf_counter()
            status, body = _send(link, request)
            took = time.perf_counter() - started
            with lock:
                timings.seconds.append(took)
                if status not in expected:
                    key = f"{status} {body[:80]!r}"
                    timings.failures[key] = timings.failures.get(key, 0) + 1
        link.close()

    threads = [threading.Thread(target=work) for _ in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    timings.wall_seconds = time.perf_counter() - begun
    return timings


def _mine(requests: Sequence[Request], turn: "count[int]") -> Iterator[Request]:
    while (index := next(turn)) < len(requests):
        yield requests[index]


def _send(link: http.client.HTTPConnection, request: Request) -> tuple[int, bytes]:
    headers = {"Content-Type": "application/json", "Accept-Language": "ko"}
    if request.token:
        headers["Authorization"] = f"Bearer {request.token}"
    link.request(request.method, request.path, request.body, headers)
    answer = link.getresponse()
    return answer.status, answer.read()


def memory_mib() -> float:
    """The most memory this process has held."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
