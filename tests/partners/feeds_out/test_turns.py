"""Long files never take the last thread."""

import threading
from collections.abc import Iterator

import pytest
from django.test import Client

from sharingcity.partners.feeds_out import turns
from sharingcity.partners.feeds_out.turns import Turn, make_turns


@pytest.fixture
def one() -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(1)


def is_free(of: threading.BoundedSemaphore) -> bool:
    """Whether there is a turn, and exactly one."""
    if not of.acquire(blocking=False):
        return False
    assert not of.acquire(blocking=False)
    of.release()
    return True


def broken() -> Iterator[bytes]:
    yield b"a"
    raise OSError("the database went away")


@pytest.mark.parametrize(("threads", "at_once"), [(1, 1), (2, 1), (3, 2), (8, 7)])
def test_one_thread_is_left_for_pages(settings: object, threads: int, at_once: int) -> None:
    settings.WEB_THREADS = threads  # type: ignore[attr-defined]  # pytest-django's object takes any setting
    made = make_turns()

    assert [made.acquire(blocking=False) for _ in range(at_once + 1)] == [True] * at_once + [False]


def test_turn_ends_with_the_last_piece(one: threading.BoundedSemaphore) -> None:
    turn = Turn.take(iter([b"a", b"b"]), one)
    assert turn is not None
    assert Turn.take(iter([b"c"]), one) is None

    assert list(turn) == [b"a", b"b"]

    assert is_free(one)


def test_turn_ends_when_the_reader_goes_before_the_first_piece(one: threading.BoundedSemaphore) -> None:
    turn = Turn.take(iter([b"a"]), one)
    assert turn is not None

    turn.close()
    turn.close()

    assert is_free(one)


def test_turn_ends_when_nobody_holds_it_any_more(one: threading.BoundedSemaphore) -> None:
    turn = Turn.take(iter([b"a"]), one)
    assert turn is not None

    del turn

    assert is_free(one)


def test_turn_ends_when_reading_breaks(one: threading.BoundedSemaphore) -> None:
    turn = Turn.take(broken(), one)
    assert turn is not None

    with pytest.raises(OSError, match="went away"):
        list(turn)

    assert is_free(one)


@pytest.mark.django_db
def test_who_comes_when_all_turns_are_taken_waits(
    client: Client, monkeypatch: pytest.MonkeyPatch, one: threading.BoundedSemaphore
) -> None:
    monkeypatch.setattr(turns, "TURNS", one)
    slow = client.get("/open-data/listings.csv")
    refused = client.get("/open-data/listings.csv")
    page = client.get("/open-data/listings.json?limit=1")
    slow.getvalue()
    again = client.get("/open-data/listings.csv")

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    assert "ETag" not in refused.headers
    assert page.status_code == 200
    assert (again.status_code, again.getvalue()[:3]) == (200, b"\xef\xbb\xbf")
