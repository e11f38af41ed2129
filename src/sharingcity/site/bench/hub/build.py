"""From an empty database to a metropolis: bulk load, then what guards it."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection

from sharingcity.booking.operations.terms import create_policy
from sharingcity.booking.queries.conditions import policy_versions
from sharingcity.finding.listing_index import rebuild
from sharingcity.finding.operations.cells import fold_cell_counts
from sharingcity.kernel.city import local_date
from sharingcity.kernel.db import is_postgresql
from sharingcity.kernel.db.bulk import lay_guards, lift_guards, look_again
from sharingcity.kernel.states import SYSTEM
from sharingcity.people.operations import create_person, issue_token
from sharingcity.site.bench.hub.city import LONG_AGO, lay_frame, model, write_listings, write_units
from sharingcity.site.bench.hub.claims import Claimed, next_full_saturday, write_claims

UNITS = ("listings.Unit", "listings.ListingUnit")
LISTED = (
    *("listings.Place", "listings.Listing", "listings.HoursVersion"),
    *("booking.Terms", "finding.ListingFacts", "finding.ListingWords", "finding.CellCount"),
)
CLAIMED = ("booking.Reservation", "booking.Item", "booking.Claim")
RULES: tuple[dict[str, Any], ...] = (
    {"closes_days_before": 0},
    {"closes_days_before": 5},
    {"closes_days_before": 2, "needs_approval": True},
    {"closes_days_before": 0, "grid_minutes": 30},
)
POLICIES = 40


@dataclass(slots=True)
class Metropolis:
    """What measuring needs to know of the city. `token` acts for a resident."""

    listings: int
    claims: int
    units: int
    organisations: int
    full_day: date
    token: str
    seconds: dict[str, float] = field(default_factory=dict)


def build_metropolis(*, listings: int, claims: int, seed: int, now: datetime) -> Metropolis:
    seconds: dict[str, float] = {}
    person = create_person(email="bench@example.org", name="주민", language="ko", now=now)
    with _timed(seconds, "frame"):
        policies = [
            create_policy(
                names={"ko": f"규칙 {number + 1}"},
                rules=RULES[number % len(RULES)] | {"uses_per_day": None, "requests_per_minute": 10_000},
                valid_from=LONG_AGO,
                by=SYSTEM,
                now=now,
            ).pk
            for number in range(POLICIES)
        ]
        frame = lay_frame(listings=listings, policies=policies, now=now)
    version = policy_versions(policies[:1], local_date(now))[policies[0]]
    units, claimed = 0, Claimed(0, next_full_saturday(now))
    with _quick_writes(), _timed(seconds, "all"):
        guards = [lift_guards(*map(model, labels)) for labels in (UNITS, LISTED, CLAIMED)]
        with _timed(seconds, "units"):
            units = write_units(listings)
            lay_guards(guards[0].own)

        def claim() -> None:
            nonlocal claimed
            with _timed(seconds, "claims"):
                claimed = write_claims(units=units, claims=claims, person=person, version=version, now=now)
            with _timed(seconds, "claims_guarded"):
                lay_guards(guards[2].own)

        with _beside(claim):
            with _timed(seconds, "listings"):
                write_listings(frame, listings=listings, seed=seed, now=now)
            with _timed(seconds, "listings_guarded"):
                lay_guards(guards[1].own)
                rebuild()
        with _timed(seconds, "references"):
            for one in guards:
                lay_guards(one.references)
            fold_cell_counts()
        with _timed(seconds, "statistics"):
            look_again(*map(model, (*UNITS, *LISTED, *CLAIMED)))
    return Metropolis(
        listings=listings,
        claims=claimed.claims,
        units=units,
        organisations=len(frame.organisations),
        full_day=claimed.full_day,
        token=issue_token(person=person, name="bench", by=person, now=now),
        seconds=seconds,
    )


@contextmanager
def _beside(work: Callable[[], None]) -> Iterator[None]:
    """PostgreSQL does it at the same time, in a connection of its own; SQLite has one writer, which does it first."""
    if not is_postgresql():
        work()
        yield
        return
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(_closing, work)
        yield
        done.result()


def _closing(work: Callable[[], None]) -> None:
    try:
        work()
    finally:
        connection.close()


@contextmanager
def _timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    seconds[name] = round(time.perf_counter() - begun, 1)


@contextmanager
def _quick_writes() -> Iterator[None]:
    """A database that is thrown away need not survive a crash while it is filled."""
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.execute("SET synchronous_commit = off")
            yield
            cursor.execute("RESET synchronous_commit")
            return
        for pragma in ("cache_size = -400000", "synchronous = OFF", "foreign_keys = OFF"):
            cursor.execute(f"PRAGMA {pragma}")
        yield
    connection.close()
