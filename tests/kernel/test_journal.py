"""The chain: whole as written, broken when touched; readers never skip; words can be forgotten."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from sharingcity.kernel import journal
from sharingcity.kernel.db import write
from sharingcity.kernel.journal import Change, Fault, Position, append, erase_words, read_after, seal, verify
from sharingcity.kernel.models import JournalEntry, JournalSeal, JournalWords, StreamHead

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)


def change(
    stream: str = "organisation:1", number: int = 0, words: str = "", actor: str = "someone", concerns: str = ""
) -> Change:
    return Change(
        stream=stream,
        event="test.done",
        actor=actor,
        at=AT + timedelta(seconds=number),
        object_type="kernel.test",
        object_id=str(number),
        data={"number": number, "words": ["가", "é"]},
        words=words,
        concerns=concerns,
    )


def write_some(streams: int = 3, each: int = 4) -> None:
    for number in range(each):
        with write():
            append(*(change(f"organisation:{stream}", number) for stream in range(streams)))


def problems() -> list[tuple[str, int, str]]:
    return [(fault.stream, fault.number, fault.problem) for fault in verify()]


@pytest.mark.django_db
def test_chain_as_written_is_whole() -> None:
    write_some()
    seal(AT)

    assert problems() == []
    entries = JournalEntry.objects.filter(stream="organisation:1").order_by("number")
    assert [entry.number for entry in entries] == [1, 2, 3, 4]
    assert entries[0].previous_hash == journal.GENESIS
    assert [e.previous_hash for e in entries[1:]] == [e.hash for e in entries[:3]]


@pytest.mark.django_db
def test_several_changes_of_one_stream_in_one_go_are_chained() -> None:
    with write():
        append(change(number=1), change(number=2), change("city", 3), change(number=4))

    assert problems() == []
    assert StreamHead.objects.get(stream="organisation:1").number == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("event", "test.undone"),
        ("from_state", "held"),
        ("to_state", "done"),
        ("actor", "another"),
        ("at", AT - timedelta(microseconds=1)),
        ("object_type", "kernel.other"),
        ("object_id", "77"),
        ("data", {"number": 2}),
        ("words_hash", "0" * 64),
        ("previous_hash", "1" * 64),
        ("hash", "2" * 64),
    ],
)
def test_entry_changed_behind_the_chain_shows(field: str, value: object) -> None:
    write_some()
    JournalEntry.objects.filter(stream="organisation:1", number=2).update(**{field: value})

    assert ("organisation:1", 2, "an entry was changed") in problems()
    assert {stream for stream, _, _ in problems()} == {"organisation:1"}


@pytest.mark.django_db
def test_entry_taken_out_of_the_middle_shows() -> None:
    write_some()
    JournalEntry.objects.filter(stream="organisation:1", number=2).delete()

    assert ("organisation:1", 2, "an entry is missing") in problems()


@pytest.mark.django_db
def test_cut_tail_shows_by_the_head() -> None:
    write_some()
    JournalEntry.objects.filter(stream="organisation:1", number=4).delete()

    assert problems() == [("organisation:1", 3, "the tail was cut: the stream's head says otherwise")]


@pytest.mark.django_db
def test_cut_tail_with_a_forged_head_shows_by_the_seal() -> None:
    write_some()
    seal(AT)
    JournalEntry.objects.filter(stream="organisation:1", number=4).delete()
    last = JournalEntry.objects.get(stream="organisation:1", number=3)
    StreamHead.objects.filter(stream="organisation:1").update(number=3, hash=last.hash)

    assert problems() == [("organisation:1", 4, "the sealed entry is gone or changed")]


@pytest.mark.django_db
def test_whole_stream_taken_away_shows() -> None:
    write_some()
    seal(AT)
    JournalEntry.objects.filter(stream="organisation:1").delete()
    StreamHead.objects.filter(stream="organisation:1").delete()

    assert problems() == [("organisation:1", 4, "the sealed stream is gone")]


@pytest.mark.django_db
def test_seal_itself_changed_shows() -> None:
    write_some()
    made = seal(AT)
    made.heads["organisation:1"] = [3, JournalEntry.objects.get(stream="organisation:1", number=3).hash]
    made.save()

    assert problems() == [("", 0, "the seal of 2026-11-02T01:00:00+00:00 was changed")]


@pytest.mark.django_db
def test_every_seal_is_held_against_the_entries_not_only_the_newest() -> None:
    write_some(each=2)
    seal(AT)
    JournalEntry.objects.all().delete()
    StreamHead.objects.all().delete()
    write_some(each=1)
    seal(AT + timedelta(hours=1))

    assert ("organisation:0", 2, "the sealed entry is gone or changed") in problems()


@pytest.mark.django_db
def test_seal_of_the_same_hour_is_made_once() -> None:
    write_some()

    assert seal(AT).digest == seal(AT).digest
    assert JournalSeal.objects.count() == 1


@pytest.mark.django_db
def test_words_are_erased_and_the_chain_stays_whole() -> None:
    with write():
        made = append(change(words="My mother was ill.", actor="kim"), change(words="Granted.", actor="manager"))
    assert set(journal.words_of(made).values()) == {"My mother was ill.", "Granted."}

    assert erase_words("kim") == 1

    assert set(journal.words_of(made).values()) == {"Granted."}
    assert problems() == []
    assert not JournalWords.objects.filter(words__contains="mother").exists()


@pytest.mark.django_db
def test_words_about_somebody_are_erased_with_them_and_the_chain_stays_whole() -> None:
    with write():
        made = append(
            change(words="Kim was loud.", actor="manager", concerns="kim"),
            change(words="Lee was loud.", actor="manager", concerns="lee"),
        )

    assert erase_words("kim") == 1

    assert set(journal.words_of(made).values()) == {"Lee was loud."}
    assert problems() == []


@pytest.mark.django_db
def test_equal_words_have_different_hashes() -> None:
    with write():
        one, two = append(change(words="Yes."), change(words="Yes."))

    assert one.words_hash != two.words_hash


@pytest.mark.race  # an open transaction anywhere on the server makes readers wait
@pytest.mark.django_db(transaction=True)
def test_reader_goes_on_where_it_stopped() -> None:
    write_some(streams=2, each=3)

    position, seen = Position(), []
    while batch := read_after(position, limit=2):
        seen += [entry.pk for entry in batch]
        position = Position(batch[-1].transaction_number, batch[-1].pk)

    assert len(seen) == len(set(seen)) == 6
    with write():
        (late,) = append(change(number=9))
    assert [entry.pk for entry in read_after(position)] == [late.pk]


@pytest.mark.race  # an open transaction anywhere on the server makes readers wait
@pytest.mark.django_db(transaction=True)
def test_reader_waits_for_a_transaction_that_began_earlier() -> None:
    """Two connections: the first to begin ends last; the second's entry must not be read before it."""
    if connection.vendor == "sqlite":
        return  # one writer at a time: no entry can be numbered before another that is committed later
    opened, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            append(change("organisation:1", 1))
            opened.set()
            may_end.wait(20)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    try:
        assert opened.wait(20)
        with write():
            append(change("organisation:2", 2))
        assert JournalEntry.objects.count() == 1
        assert read_after(Position()) == []
    finally:
        may_end.set()
        thread.join(20)
    assert [entry.object_id for entry in read_after(Position())] == ["1", "2"]


def test_fault_says_where() -> None:
    assert Fault("city", 3, "x") == Fault(stream="city", number=3, problem="x")
