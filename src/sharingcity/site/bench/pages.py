"""`bench pages`: every main page as a visitor gets it, one after the other, in Korean."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from sharingcity.finding.presenting import path_of
from sharingcity.kernel.city import local_date
from sharingcity.site.bench.city import BenchCity
from sharingcity.site.bench.measure import Request, run_clients
from sharingcity.site.bench.serving import serving

VISITS = 100


def measure_pages(city: BenchCity, now: datetime) -> dict[str, Any]:
    """One client, so that the figures are those of the page and not of the queue."""
    day = (local_date(now) + timedelta(days=8)).isoformat()
    listing = city.listings[0]
    pages = {
        "home": "/",
        "find": "/find",
        "find_then": f"/find?q=회의실&date={day}&part=evening&people=10",
        "listing": path_of(listing),
        "api_listings": "/api/v1/listings",
        "sign_in": "/accounts/login/",
    }
    answer: dict[str, Any] = {}
    with serving() as served:
        for name, path in pages.items():
            visits = [Request("GET", _quoted(path))] * (VISITS + 5)
            run_clients(served.port, visits[:5], 1, frozenset({200, 301, 302}))
            answer[name] = run_clients(served.port, visits[5:], 1, frozenset({200})).as_json()
    return answer


def _quoted(path: str) -> str:
    return quote(path, safe="/?&=%")
