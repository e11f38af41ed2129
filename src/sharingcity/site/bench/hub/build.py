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
from sharingcity.kernel.db.bulk import Guards, lay_guards, lift_guards, look_again
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
    """Draws a city of this size into the empty database; the same for the same seed."""
    builder = _Builder(listings, claims, seed, now)
    with _quick_writes(), builder.timed("all"):
        builder.build()
    return builder.metropolis()


class _Builder:
    def __init__(self, listings: int, claims: int, seed: int, now: datetime) -> None:
        self.listings, self.claims, self.seed, self.now = listings, claims, seed, now
        self.seconds: dict[str, float] = {}
        self.person = create_person(email="bench@example.org", name="주민", language="ko", now=now)
        self.policies = [self._policy(number) for number in range(POLICIES)]
        self.frame = lay_frame(listings=listings, policies=self.policies, now=now)
        self.units, self.claimed = 0, Claimed(0, next_full_saturday(now))

    def build(self) -> None:
        """Rows first, then what guards them; claims beside the listings where the engine can do both at once."""
        units, listed, claimed = (lift_guards(*map(model, labels)) for labels in (UNITS, LISTED, CLAIMED))
        with self.timed("units"):
            self.units = write_units(self.listings)
            lay_guards(units.own)
        with _beside(lambda: self._claim(claimed)):
            with self.timed("listings"):
                write_listings(self.frame, listings=self.listings, seed=self.seed, now=self.now)
            with self.timed("listings_guarded"):
                lay_guards(listed.own)
                rebuild()
        with self.timed("references"):
            for guards in (units, listed, claimed):
                lay_guards(guards.references)
            fold_cell_counts()
        with self.timed("statistics"):
            look_again(*map(model, (*UNITS, *LISTED, *CLAIMED)))

    def metropolis(self) -> Metropolis:
        return Metropolis(
            listings=self.listings,
            claims=self.claimed.claims,
            units=self.units,
            organisations=len(self.frame.organisations),
            full_day=self.claimed.full_day,
            token=issue_token(person=self.person, name="bench", by=self.person, now=self.now),
            seconds=self.seconds,
        )

    def _claim(self, guards: Guards) -> None:
        version = policy_versions(self.policies[:1], local_date(self.now))[self.policies[0]]
        with self.timed("claims"):
            self.claimed = write_claims(
                units=self.units, claims=self.claims, person=self.person, version=version, now=self.now
            )
        with self.timed("claims_guarded"):
            lay_guards(guards.own)

    def _policy(self, number: int) -> int:
        rules = RULES[number % len(RULES)] | {"uses_per_day": None, "requests_per_minute": 10_000}
        names = {"ko": f"규칙 {number + 1}"}
        return create_policy(names=names, rules=rules, valid_from=LONG_AGO, by=SYSTEM, now=self.now).pk

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Keeps how long it took, in seconds."""
        begun = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - begun, 1)


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
