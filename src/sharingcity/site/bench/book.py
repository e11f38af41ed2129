"""`bench book`: bookings over the API with eight clients, each at its own slot, then all at the same one."""

import json
import random
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sharingcity.kernel.city import city_calendar, local_date, zone
from sharingcity.kernel.intervals import instant
from sharingcity.site.bench.city import BenchCity
from sharingcity.site.bench.measure import Request, run_clients
from sharingcity.site.bench.serving import serving

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

REQUESTS = 2000
WARM_UP = 50
CONTENDED = 40
CLIENTS = 8
BOOKED = frozenset({201})
BOOKED_OR_TAKEN = frozenset({201, 409})


def measure_book(city: BenchCity, now: datetime) -> dict[str, Any]:
    """`single`: random free slots, random people. `contended`: eight people on one slot after the other."""
    draw, today = random.Random(11), local_date(now)
    slots = draw.sample(_free_slots(city, today), REQUESTS + WARM_UP + CONTENDED)
    single = [_request(city, *slot, draw) for slot in slots[CONTENDED:]]
    contended = [_request(city, *slot, draw) for slot in slots[:CONTENDED] for _ in range(CLIENTS)]
    with serving() as served:
        run_clients(served.port, single[REQUESTS:], CLIENTS, BOOKED_OR_TAKEN)
        return {
            "single": run_clients(served.port, single[:REQUESTS], CLIENTS, BOOKED).as_json(),
            "contended": run_clients(served.port, contended, CLIENTS, BOOKED_OR_TAKEN).as_json(),
        }


def _free_slots(city: BenchCity, today: date) -> "list[tuple[Listing, date, int]]":
    """Beyond the last drawn reservation, on working days in hours when every room is open and takes bookings."""
    calendar = city_calendar()
    days = [today + timedelta(days=offset) for offset in range(61, 85)]
    return [
        (listing, day, hour)
        for number, listing in enumerate(city.listings)
        if number % 4 in (0, 3) and listing.books == "all"
        for day in days
        if 1 <= day.weekday() <= 4 and calendar.is_working_day(day)
        for hour in (18, 20)
    ]


def _request(city: BenchCity, listing: "Listing", day: date, hour: int, draw: random.Random) -> Request:
    body = {
        "listing": listing.code,
        "starts_at": instant(day, time(hour), zone()).isoformat(),
        "ends_at": instant(day, time(hour + 1), zone()).isoformat(),
        "party_size": 5,
    }
    _, token = draw.choice(city.people)
    return Request("POST", "/api/v1/reservations", json.dumps(body), token)
