"""Appending to and reading from the journal: hash-chained per stream, verified by replay.

A stream is the organisation concerned (`organisation:7`), the person or the city: never one chain for the whole city,
which would queue every write behind one row.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models import CharField

from sharingcity.kernel.db import Given, Prepared, TransactionId, finished_before, insert, lock
from sharingcity.kernel.db.cursors import planned_cursor
from sharingcity.kernel.models import JournalEntry, JournalSeal, JournalWords, StreamHead

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be recorded. `actor` is a pseudonym; `data` plain JSON without personal data.

    `concerns`: the pseudonym of whom the words are about; they are forgotten with that person, too.
    """

    stream: str
    event: str
    actor: str
    at: datetime
    object_type: str
    object_id: str
    from_state: str = ""
    to_state: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    concerns: str = ""


def _digest(parts: list[Any]) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def entry_hash(entry: JournalEntry) -> str:
    """The link's hash over its whole content and the link before it."""
    return _digest(
        [
            entry.previous_hash,
            entry.stream,
            entry.number,
            entry.event,
            entry.from_state,
            entry.to_state,
            entry.actor,
            entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            entry.object_type,
            entry.object_id,
            entry.data,
            entry.words_hash,
        ]
    )


def _keep_words(change: Change) -> str:
    if not change.words:
        return ""
    salt = secrets.token_hex(16)
    words_hash = hashlib.sha256(f"{salt}{change.words}".encode()).hexdigest()
    JournalWords.objects.create(
        hash=words_hash, salt=salt, words=change.words, about=change.actor, concerns=change.concerns
    )
    return words_hash


_head: Prepared[StreamHead] = Prepared(
    lambda: StreamHead.objects.filter(stream=Given("stream", CharField())).select_for_update()
)

# The ORM's own upsert would read the model anew at every booking.
_SET_HEAD = (
    "INSERT INTO kernel_streamhead (stream, number, hash) VALUES (%s, %s, %s)"
    " ON CONFLICT (stream) DO UPDATE SET number = excluded.number, hash = excluded.hash"
)


def _locked_head(stream: str) -> StreamHead:
    """A stream without a head has no row to lock: two that begin it at once queue by its name."""
    if (head := _head.first(stream=stream)) is None:
        lock([f"stream:{stream}"])
        head = _head.first(stream=stream)
    return head or StreamHead(stream=stream, number=0, hash=GENESIS)


def append(*changes: Change) -> list[JournalEntry]:
    """Chains the changes to their streams. Call it inside the operation's transaction, after the last write.

    Locks the streams' heads (sorted), so appends to one stream queue and those to different streams do not.
    """
    heads = {stream: _locked_head(stream) for stream in sorted({change.stream for change in changes})}
    entries: list[JournalEntry] = []
    for change in changes:
        head = heads[change.stream]
        entry = JournalEntry(
            stream=change.stream,
            number=head.number + 1,
            event=change.event,
            from_state=change.from_state,
            to_state=change.to_state,
            actor=change.actor,
            at=change.at,
            object_type=change.object_type,
            object_id=change.object_id,
            data=dict(change.data),
            words_hash=_keep_words(change),
            previous_hash=head.hash,
            transaction_number=TransactionId(),
        )
        entry.hash = entry_hash(entry)
        head.number, head.hash = entry.number, entry.hash
        entries.append(entry)
    _write(entries, heads.values())
    return entries


def _write(entries: list[JournalEntry], heads: Iterable[StreamHead]) -> None:
    if len(entries) == 1:
        insert(entries[0])
    else:
        JournalEntry.objects.bulk_create(entries)
    with planned_cursor() as cursor:
        for head in heads:
            cursor.execute(_SET_HEAD, (head.stream, head.number, head.hash))


def of_object(subject: models.Model) -> "models.QuerySet[JournalEntry]":
    """The story of one object, oldest first."""
    return JournalEntry.objects.filter(object_type=subject._meta.label_lower, object_id=str(subject.pk)).order_by("id")


def words_of(entries: list[JournalEntry]) -> dict[str, str]:
    """The words behind the entries' hashes; erased ones are missing."""
    hashes = {entry.words_hash for entry in entries if entry.words_hash}
    return dict(JournalWords.objects.filter(hash__in=hashes).values_list("hash", "words"))


def erase_words(pseudonym: str) -> int:
    """Forgets what one person said, and what was said about them; the chain stays whole, it holds only hashes."""
    found = JournalWords.objects.filter(models.Q(about=pseudonym) | models.Q(concerns=pseudonym))
    return found.delete()[0]


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """How far a reader has read: transaction first, then row, so that no late finisher is skipped."""

    transaction_number: int = -1
    entry_id: int = 0


def read_after(position: Position, limit: int = 500) -> list[JournalEntry]:
    """Entries after `position` whose transactions, and all before them, have ended."""
    found = JournalEntry.objects.filter(
        models.Q(transaction_number__gt=position.transaction_number)
        | models.Q(transaction_number=position.transaction_number, id__gt=position.entry_id)
    )
    if (horizon := finished_before()) is not None:
        found = found.filter(transaction_number__lt=horizon)
    return list(found.order_by("transaction_number", "id")[:limit])


@dataclass(frozen=True, slots=True)
class Fault:
    """Something `verify` found: where, and what is wrong in words."""

    stream: str
    number: int
    problem: str


Sealed = dict[str, set[tuple[int, str]]]


def _chain_faults(stream: str, head: StreamHead | None, sealed: set[tuple[int, str]]) -> Iterator[Fault]:
    previous, number = GENESIS, 0
    unseen = set(sealed)
    for entry in JournalEntry.objects.filter(stream=stream).order_by("number").iterator(2000):
        number += 1
        if entry.number != number:
            yield Fault(stream, number, "an entry is missing")
            number = entry.number
        elif entry.previous_hash != previous or entry.hash != entry_hash(entry):
            yield Fault(stream, number, "an entry was changed")
        previous = entry.hash
        unseen.discard((entry.number, entry.hash))
    if head is None or (head.number, head.hash) != (number, previous):
        yield Fault(stream, number, "the tail was cut: the stream's head says otherwise")
    for sealed_number, _hash in sorted(unseen):
        yield Fault(stream, sealed_number, "the sealed entry is gone or changed")


def _seal_faults(sealed: Sealed) -> Iterator[Fault]:
    """Holds each seal against its own digest, and gathers what the seals say of every stream into `sealed`."""
    for kept in JournalSeal.objects.order_by("at").iterator(500):
        if kept.digest != _digest([kept.heads]):
            yield Fault("", 0, f"the seal of {kept.at.astimezone(UTC).isoformat()} was changed")
            continue
        for stream, (number, sealed_hash) in kept.heads.items():
            sealed.setdefault(stream, set()).add((number, sealed_hash))


def verify() -> Iterator[Fault]:
    """Replays every chain and holds it against its head and against every seal."""
    sealed: Sealed = {}
    yield from _seal_faults(sealed)
    heads = StreamHead.objects.in_bulk()
    streams = set(JournalEntry.objects.values_list("stream", flat=True).distinct()) | set(heads) | set(sealed)
    for stream in sorted(streams):
        if stream in heads or JournalEntry.objects.filter(stream=stream).exists():
            yield from _chain_faults(stream, heads.get(stream), sealed.get(stream, set()))
        else:
            yield Fault(stream, max(sealed[stream])[0], "the sealed stream is gone")


def seal(now: datetime) -> JournalSeal:
    """Publishes the digest of all stream heads as of `now`; the hourly job calls it."""
    heads = {head.stream: [head.number, head.hash] for head in StreamHead.objects.order_by("stream")}
    return JournalSeal.objects.get_or_create(at=now, defaults={"digest": _digest([heads]), "heads": heads})[0]


def seals(limit: int = 24 * 366) -> list[dict[str, Any]]:
    """The newest seals as published: the hour and the digest of all heads then, newest first."""
    rows = JournalSeal.objects.order_by("-at").values_list("at", "digest")[:limit]
    return [{"at": at.isoformat(), "digest": digest} for at, digest in rows]


def read_stream(stream: str, after: int, limit: int) -> list[JournalEntry]:
    """The entries of one stream after a number, oldest first: its head is locked until they are written, so none that
    comes later has a smaller number."""
    return list(JournalEntry.objects.filter(stream=stream, number__gt=after).order_by("number")[:limit])


def head_numbers(streams: Iterable[str]) -> dict[str, int]:
    """The number of each stream's last entry; streams without any are missing."""
    return dict(StreamHead.objects.filter(stream__in=list(streams)).values_list("stream", "number"))
