"""`bench hub --curve`: the same questions to a small town, a city and a metropolis."""

import json
import subprocess
import sys
from typing import Any

from sharingcity.site.bench.throwaway import throwaway_environment

STEPS = (100, 10, 1)
"""The first city is a hundredth of the last."""
CALLS = ("fixed_near", "city_text", "map", "flexible", "full_saturday", "first_page")


def measure_growth(*, listings: int, claims: int) -> dict[str, Any]:
    """Each city in a throw-away database of its own; `growth` is the last city's median by the first one's, per call.

    Raises: SystemExit where a measurement fails.
    """
    cities = [_measured(max(listings // step, 1_000), claims // step) for step in STEPS]
    return {
        "name": "hub",
        "engine": cities[-1]["engine"],
        "listings": [city["sizes"]["listings"] for city in cities],
        "p50_ms": {name: [city[name]["p50_ms"] for city in cities] for name in CALLS},
        "p95_ms": {name: [city[name]["p95_ms"] for city in cities] for name in CALLS},
        "growth": {name: round(cities[-1][name]["p50_ms"] / cities[0][name]["p50_ms"], 2) for name in CALLS},
        "largest": cities[-1],
    }


def _measured(listings: int, claims: int) -> dict[str, Any]:
    with throwaway_environment() as environment:
        command = [sys.executable, "-m", "sharingcity.site.bench", "hub"]
        command += ["--listings", str(listings), "--claims", str(claims)]
        done = subprocess.run(command, env=environment, check=False, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
    if done.returncode:
        raise SystemExit(done.returncode)
    return dict(json.loads(done.stdout))
