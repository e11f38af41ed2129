"""People who press the button at the same moment, against the real server."""

import http.client
import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q
from tests.factories import make_person

from sharingcity.booking.models import Claim
from sharingcity.kernel import journal
from sharingcity.kernel.clock import now
from sharingcity.kernel.intervals import Interval
from sharingcity.listings.models import Listing
from sharingcity.people.models import Person
from sharingcity.people.operations import issue_token

ROUNDS = 30


@dataclass(frozen=True)
class Answer:
    status: int
    body: dict[str, Any]

    @property
    def code(self) -> str:
        return str(self.body.get("code", ""))


@dataclass(frozen=True)
class Runner:
    """One person with a token."""

    person: Person
    token: str
    port: int

    def send(self, method: str, path: str, body: dict[str, Any] | None = None) -> Answer:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            link.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, headers)
            answer = link.getresponse()
            text = answer.read().decode()
        finally:
            link.close()
        return Answer(answer.status, json.loads(text) if text.startswith("{") else {"text": text})

    def book(self, listing: Listing, day: int, hour: int = 10, hours: int = 2, **more: Any) -> Answer:
        return self.send("POST", "/reservations", slot(listing, day, hour, hours) | more)

    def close(self, listing: Listing, day: int) -> Answer:
        times = slot(listing, day)
        body = {name: times[name] for name in ("starts_at", "ends_at")} | {"reason": {"en": "New lamps"}}
        return self.send("POST", f"/listings/{listing.code}/closures", body)


def make_runner(port: int, person: Person | None = None) -> Runner:
    person = person or make_person()
    return Runner(person, issue_token(person=person, name="race", by=person, now=now()), port)


def at(day: int, hour: int) -> datetime:
    """`hour` o'clock in Seoul, `day` days from today."""
    today = now().astimezone(UTC) + timedelta(hours=9)
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(hours=9)
    return midnight + timedelta(days=day, hours=hour)


def slot(listing: Listing, day: int, hour: int = 10, hours: int = 2) -> dict[str, Any]:
    starts_at = at(day, hour)
    return {
        "listing": listing.code,
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(hours=hours)).isoformat(),
    }


def window(day: int, hour: int = 10, hours: int = 2) -> Interval:
    return Interval(at(day, hour), at(day, hour) + timedelta(hours=hours))


def all_at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Runs every act in a thread of its own, all let go by one barrier; answers in the same order."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait(timeout=30)
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result(timeout=120) for done in [pool.submit(run, act) for act in acts]]


def overlaps() -> list[tuple[int, int]]:
    """Pairs of standing claims that must never be: use with use (with turnaround), use with block."""
    found = []
    for one in Claim.objects.filter(active=True):
        others = Claim.objects.filter(active=True, unit_id=one.unit_id, id__gt=one.pk)
        uses = Q(layer="use", starts_at__lt=one.until, until__gt=one.starts_at)
        mixed = Q(starts_at__lt=one.ends_at, ends_at__gt=one.starts_at) & ~Q(layer=one.layer)
        clashing = others.filter((uses if one.layer == "use" else Q(pk=None)) | mixed).annotate(own=F("id"))
        found += [(one.pk, other.pk) for other in clashing]
    return found


def assert_whole() -> None:
    """Nothing overlaps, and every chain of the journal is unbroken."""
    assert overlaps() == []
    assert list(journal.verify()) == []
