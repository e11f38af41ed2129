"""People who keep asking while the server is killed and started again."""

import http.client
import json
import random
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.booking.races.arena import Answer, Runner, make_runner, slot

from sharingcity.listings.models import Listing

DAYS = range(2, 60)
SERIES_LENGTH = 3


@dataclass
class Tally:
    """What was answered, and what nobody knows the answer of."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    answered: int = 0
    cut_off: int = 0
    broken: list[str] = field(default_factory=list)
    promised: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)

    def note(self, answer: Answer) -> None:
        with self.lock:
            self.answered += 1
            if answer.status >= 500:
                self.broken.append(f"{answer.status} {answer.body}")
            if answer.status == 201:
                made = answer.body.get("reservations", [answer.body] if "state" in answer.body else [])
                self.promised += [one["id"] for one in made if "paid" in one]
            elif answer.status == 200 and answer.body.get("state") == "cancelled":
                self.cancelled.append(answer.body["id"])


class Crowd:
    """Several people with a token each; `start` lets them loose, `stop` waits until all are still."""

    def __init__(self, port: int, rooms: list[Listing], people: int, seed: int) -> None:
        self.rooms, self.tally = rooms, Tally()
        self.runners = [make_runner(port) for _ in range(people)]
        self.random = random.Random(seed)
        self._resting = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        self._resting.clear()
        seeds = [self.random.random() for _ in self.runners]
        self._threads = [
            threading.Thread(target=self._run, args=(runner, random.Random(seed)))
            for runner, seed in zip(self.runners, seeds, strict=True)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._resting.set()
        for thread in self._threads:
            thread.join(90)
            assert not thread.is_alive()

    def _run(self, runner: Runner, draw: random.Random) -> None:
        mine: list[str] = []
        while not self._resting.is_set():
            act = draw.choices([self._book, self._series, self._cancel, self._wait], [6, 1, 3, 1])[0]
            try:
                answer = act(runner, draw, mine)
            except (OSError, http.client.HTTPException):
                with self.tally.lock:
                    self.tally.cut_off += 1
                self._resting.wait(0.05)
                continue
            if answer is not None:
                self.tally.note(answer)

    def _slot(self, draw: random.Random) -> dict[str, Any]:
        return slot(draw.choice(self.rooms), draw.choice(DAYS), draw.randrange(9, 20), draw.choice([1, 2]))

    def _book(self, runner: Runner, draw: random.Random, mine: list[str]) -> Answer:
        answer = runner.send("POST", "/reservations", self._slot(draw) | {"hold": draw.random() < 0.2})
        if answer.status == 201:
            mine.append(answer.body["id"])
        return answer

    def _series(self, runner: Runner, draw: random.Random, mine: list[str]) -> Answer:
        body = self._slot(draw) | {"rrule": f"FREQ=DAILY;COUNT={SERIES_LENGTH}"}
        return runner.send("POST", "/reservations/series", body)

    def _cancel(self, runner: Runner, draw: random.Random, mine: list[str]) -> Answer | None:
        if not mine:
            return None
        return runner.send("POST", f"/reservations/{mine.pop(draw.randrange(len(mine)))}/cancel", {})

    def _wait(self, runner: Runner, draw: random.Random, mine: list[str]) -> Answer:
        return runner.send("POST", "/waiting", self._slot(draw))


def once_more(runner: Runner, body: dict[str, Any], cut: Callable[[], None]) -> list[Answer]:
    """The same request with one Idempotency-Key before and after `cut`."""
    key = uuid.uuid4().hex
    found = []
    for turn in range(2):
        link = http.client.HTTPConnection("127.0.0.1", runner.port, timeout=30)
        headers = {
            "Authorization": f"Bearer {runner.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        link.request("POST", "/api/v1/reservations", json.dumps(body), headers)
        answer = link.getresponse()
        found.append(Answer(answer.status, json.loads(answer.read())))
        link.close()
        if not turn:
            cut()
    return found
