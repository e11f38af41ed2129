"""The same request twice gets the same answer once, for 24 hours."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from tests.booking.acts import refused
from tests.booking.races.arena import all_at_once

from sharingcity.kernel.errors import Conflict
from sharingcity.kernel.idempotency import KEPT, LONGEST_KEY, Answer, answer_once, forget_keys
from sharingcity.kernel.models import Fact, IdempotencyKey

NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)


class Counter:
    def __init__(self, status: int = 201) -> None:
        self.runs, self.status = 0, status

    def __call__(self) -> Answer:
        self.runs += 1
        return Answer(self.status, {"run": self.runs})


def ask(run: Counter, key: str = "k", body: bytes = b"{}", holder: str = "person:1", now: datetime = NOW) -> Answer:
    return answer_once(holder=holder, key=key, body=body, now=now, run=run)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [200, 201, 409, 422])
def test_same_key_and_body_get_the_kept_answer(status: int) -> None:
    run = Counter(status)

    assert ask(run) == ask(run, now=NOW + KEPT - timedelta(seconds=1)) == Answer(status, {"run": 1})
    assert run.runs == 1


@pytest.mark.django_db
@pytest.mark.parametrize("status", [429, 500, 503])
def test_answers_that_ask_to_come_back_are_not_kept(status: int) -> None:
    run = Counter(status)

    assert [ask(run).body["run"], ask(run).body["run"]] == [1, 2]


@pytest.mark.django_db
def test_same_key_with_another_body_is_refused_and_the_first_answer_kept() -> None:
    run = Counter()
    ask(run)

    with refused("idempotency.key_reused"):
        ask(run, body=b'{"other": 1}')
    assert (run.runs, ask(run).body) == (1, {"run": 1})


@pytest.mark.django_db
def test_keys_belong_to_their_holder() -> None:
    run = Counter()

    ask(run)
    assert ask(run, holder="person:2").body == {"run": 2}
    assert ask(run, key="other").body == {"run": 3}


@pytest.mark.django_db
def test_key_is_free_again_after_a_day_also_for_another_body() -> None:
    run = Counter()
    ask(run)

    assert ask(run, body=b"new", now=NOW + KEPT).body == {"run": 2}
    assert ask(run, body=b"new", now=NOW + KEPT).body == {"run": 2}


@pytest.mark.django_db
def test_keys_older_than_a_day_are_forgotten() -> None:
    ask(Counter())

    assert forget_keys(NOW + KEPT) == 0
    assert forget_keys(NOW + KEPT + timedelta(seconds=1)) == 1


@pytest.mark.django_db
def test_key_of_255_characters_is_taken_and_a_longer_one_refused() -> None:
    run = Counter()

    ask(run, key="x" * LONGEST_KEY)
    with refused("idempotency.key_too_long"):
        ask(run, key="x" * (LONGEST_KEY + 1))
    assert run.runs == 1


@pytest.mark.django_db(transaction=True)
def test_crash_leaves_neither_the_work_nor_the_key() -> None:
    def crash() -> Answer:
        Fact.objects.create(name="half", value={})
        raise Conflict("test.crash", "")

    with refused("test.crash"):
        answer_once(holder="person:1", key="k", body=b"", now=NOW, run=crash)

    assert not Fact.objects.filter(name="half").exists()
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_same_key_at_the_same_moment_runs_once() -> None:
    run = Counter()

    answers = all_at_once([lambda: ask(run) for _ in range(4)])

    assert answers == [Answer(201, {"run": 1})] * 4
    assert run.runs == 1
    connection.close()
