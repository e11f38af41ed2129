"""`bench hub`: the metropolis is built, its API is served as a city serves it, and asked from outside."""

import json
import sys
import time
from datetime import datetime
from typing import Any

from sharingcity.finding.operations.index import index_listings
from sharingcity.kernel.db import write
from sharingcity.site.bench.hub.build import Metropolis, build_metropolis
from sharingcity.site.bench.hub.calls import calls
from sharingcity.site.bench.hub.check import check_answers
from sharingcity.site.bench.measure import Request, Timings, run_clients
from sharingcity.site.bench.serving import Served, serving

TIMES = 400
"""One day of 35 is the full one: with fewer calls the 95th percentile hangs on how many happen to ask for it."""
WARM_UP = 30
INDEXED = 10_000


def measure_hub(*, listings: int, claims: int, port: int, now: datetime) -> dict[str, Any]:
    """Builds and measures; with a `port` the API stays there until it is interrupted."""
    _say(f"Drawing {listings:,} listings and {claims:,} claims")
    begun = time.perf_counter()
    city = build_metropolis(listings=listings, claims=claims, seed=1, now=now)
    built = round(time.perf_counter() - begun, 1)
    answer: dict[str, Any] = {"sizes": _sizes(city), "built_seconds": built, "built": city.seconds}
    _say(f"Built in {built} s; holding a sample against brute force")
    answer["checked"] = check_answers(now, listings)
    answer["indexed_per_second"] = _indexed_per_second(listings)
    with serving(port) as served:
        for name, call in calls(now, city.full_day).items():
            _say(f"Asking {name}")
            answer[name] = _asked(served, call.addresses(TIMES + WARM_UP, seed=7)).as_json()
        answer["web_process_mib"] = served.memory_mib()
        if port:
            _stay(answer, served, city)
    return answer


def _asked(served: Served, addresses: list[str]) -> Timings:
    requests = [Request("GET", address) for address in addresses]
    run_clients(served.port, requests[:WARM_UP], 1, frozenset({200}))
    return run_clients(served.port, requests[WARM_UP:], 1, frozenset({200}))


def _sizes(city: Metropolis) -> dict[str, int]:
    return {
        "listings": city.listings,
        "claims": city.claims,
        "units": city.units,
        "organisations": city.organisations,
    }


def _indexed_per_second(listings: int) -> float:
    """How many listings a second go through the operation that an import ends in, in batches, with the word index."""
    ids = range(1, min(INDEXED, listings) + 1)
    begun = time.perf_counter()
    with write():
        index_listings(ids)
    return round(len(ids) / (time.perf_counter() - begun), 1)


def _stay(answer: dict[str, Any], served: Served, city: Metropolis) -> None:
    """Prints what was measured and where the API is; ends with Ctrl-C or SIGTERM."""
    where = {"api": f"http://127.0.0.1:{served.port}/api/v1/", "token": city.token}
    sys.stdout.write(json.dumps(answer | where, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        sys.exit(0)


def _say(words: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{words}\n")
