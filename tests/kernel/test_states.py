"""The table of a workflow: what it refuses, in which order, and that it records what it does."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.booking.acts import refused

from sharingcity.kernel import journal
from sharingcity.kernel.errors import Conflict
from sharingcity.kernel.models import JournalWords
from sharingcity.kernel.states import SYSTEM, Transition, Workflow

NOW = datetime(2026, 11, 2, 1, tzinfo=UTC)


class Somebody:
    def __init__(self, name: str) -> None:
        self.pseudonym = name


ANNA, BEN = Somebody("anna"), Somebody("ben")


def only_anna(by: Any, subject: JournalWords, now: datetime) -> bool:
    return by is ANNA


def never_at_night(subject: JournalWords, now: datetime) -> None:
    if now.hour == 0:
        raise Conflict("test.night", "")


def row(event: str, sources: set[str], target: str, **more: Any) -> Transition[JournalWords]:
    return Transition(event=event, sources=frozenset(sources), target=target, permission=only_anna, label=event, **more)


# Any table will do: its column `about` plays the status.
TABLE: Workflow[JournalWords] = Workflow(
    name="test",
    field="about",
    states={"open": "Open", "shut": "Shut"},
    transitions=(
        row("begin", {""}, "open"),
        row("close", {"open"}, "shut", guard=never_at_night),
        row("reopen", {"shut"}, "open", needs_reason=True),
    ),
    stream_of=lambda thing: "city",
)


def a_thing(state: str) -> JournalWords:
    return JournalWords(about=state, hash="x", salt="x", words="x")


def test_row_is_found_by_event_and_state() -> None:
    found = TABLE.row("close", "open")

    assert found is not None
    assert found.target == "shut"
    assert TABLE.row("close", "shut") is None
    assert TABLE.events() == ["begin", "close", "reopen"]


def test_check_refuses_state_before_permission_before_reason_before_guard() -> None:
    midnight = NOW.replace(hour=0)

    with refused("state.not_possible") as impossible:
        TABLE.check(a_thing("shut"), "close", by=BEN, now=midnight)
    assert (impossible["state"], impossible["event"], impossible["status"]) == ("shut", "close", 409)
    with refused("state.not_allowed") as forbidden:
        TABLE.check(a_thing("open"), "close", by=BEN, now=midnight)
    assert forbidden["status"] == 403
    with refused("state.reason_missing"):
        TABLE.check(a_thing("shut"), "reopen", by=ANNA, now=NOW, reason=" \n")
    with refused("test.night"):
        TABLE.check(a_thing("open"), "close", by=ANNA, now=midnight)
    with refused("state.not_possible"):
        TABLE.check(a_thing("open"), "fly", by=ANNA, now=NOW)


def test_software_passes_permissions_but_neither_states_nor_guards() -> None:
    assert TABLE.check(a_thing("open"), "close", by=SYSTEM, now=NOW).target == "shut"
    with refused("test.night"):
        TABLE.check(a_thing("open"), "close", by=SYSTEM, now=NOW.replace(hour=0))
    with refused("state.not_possible"):
        TABLE.check(a_thing("shut"), "close", by=SYSTEM, now=NOW)


def test_allowed_lists_what_the_actor_may_do_now() -> None:
    assert [r.event for r in TABLE.allowed(a_thing("open"), by=ANNA, now=NOW)] == ["close"]
    assert TABLE.allowed(a_thing("open"), by=BEN, now=NOW) == []
    assert TABLE.allowed(a_thing("open"), by=ANNA, now=NOW.replace(hour=0)) == []


def test_two_rows_for_one_event_and_state_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="one clear row"):
        Workflow(
            name="test",
            field="about",
            states={"open": "Open"},
            transitions=(row("go", {"open"}, "open"), row("go", {"open"}, "open")),
            stream_of=lambda thing: "city",
        )
    with pytest.raises(ValueError, match="one clear row"):
        Workflow(
            name="test",
            field="about",
            states={"open": "Open"},
            transitions=(row("go", {"nowhere"}, "open"),),
            stream_of=lambda thing: "city",
        )


@pytest.mark.django_db
def test_transition_sets_the_state_and_writes_it_down() -> None:
    thing = a_thing("")

    TABLE.transition(thing, "begin", by=ANNA, now=NOW, data={"colour": "red"})
    TABLE.transition(thing, "close", by=SYSTEM, now=NOW, reason="  Late.  ")

    assert JournalWords.objects.get(pk=thing.pk).about == "shut"
    entries = list(journal.of_object(thing))
    assert [(e.event, e.from_state, e.to_state, e.actor) for e in entries] == [
        ("test.begin", "", "open", "anna"),
        ("test.close", "open", "shut", "system"),
    ]
    assert entries[0].data == {"colour": "red"}
    assert journal.words_of(entries) == {entries[1].words_hash: "Late."}


@pytest.mark.django_db
def test_transition_refused_changes_and_writes_nothing() -> None:
    thing = a_thing("")
    TABLE.transition(thing, "begin", by=ANNA, now=NOW)

    with refused("state.not_allowed"):
        TABLE.transition(thing, "close", by=BEN, now=NOW)

    assert (thing.about, JournalWords.objects.get(pk=thing.pk).about) == ("open", "open")
    assert journal.of_object(thing).count() == 1
