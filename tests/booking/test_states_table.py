"""Every event in every state, for every role: as the table says, and nothing else."""

from datetime import datetime, timedelta
from itertools import product

import pytest
from tests.booking.acts import book, grant
from tests.factories import NOW, make_manager, make_person, make_policy, make_room

from sharingcity.booking.models import Reservation
from sharingcity.booking.states import COUNTING, ENDED, STATES, TAKING, WORKFLOW
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.states import SYSTEM, Actor
from sharingcity.people.models import Person

# Who may do what, said once more by hand: the code's predicates are held against this.
ROLES = ("stranger", "booker", "manager", "other_manager", "steward", "counter", "officer", "administrator")
BOOKERS = {"booker", "manager", "counter", "officer"}
DECIDERS = {"manager", "officer"}
KEEPERS = {"manager", "steward", "officer"}
MAY: dict[str, set[str]] = {
    "hold": BOOKERS,
    "request": BOOKERS,
    "book": BOOKERS,
    "confirm": DECIDERS,
    "decline": DECIDERS,
    "reschedule": BOOKERS,
    "ask_again": BOOKERS,
    "extend": BOOKERS,
    "cancel": BOOKERS,
    "withdraw": DECIDERS,
    "check_in": KEEPERS,
    "check_out": KEEPERS,
    "mark_absent": KEEPERS,
    "appeal": {"booker"},
    "excuse": DECIDERS,
    "finish": set(),
    "expire": set(),
}
# From → to of every event, by hand as well.
TABLE: dict[str, dict[str, str]] = {
    "hold": {"": "held"},
    "request": {"": "requested", "held": "requested"},
    "book": {"": "confirmed", "held": "confirmed"},
    "confirm": {"requested": "confirmed"},
    "decline": {"requested": "declined"},
    "reschedule": {"requested": "requested", "confirmed": "confirmed"},
    "ask_again": {"confirmed": "requested"},
    "extend": {"confirmed": "confirmed", "checked_in": "checked_in"},
    "cancel": {"held": "cancelled", "requested": "cancelled", "confirmed": "cancelled"},
    "withdraw": {"held": "cancelled", "requested": "cancelled", "confirmed": "cancelled"},
    "check_in": {"confirmed": "checked_in"},
    "check_out": {"checked_in": "done"},
    "mark_absent": {"confirmed": "no_show"},
    "appeal": {"no_show": "no_show"},
    "excuse": {"no_show": "done"},
    "finish": {"confirmed": "done", "checked_in": "done"},
    "expire": {"held": "expired", "requested": "expired", "confirmed": "expired"},
}
NEED_REASON = {"decline", "withdraw", "appeal", "excuse"}
BEFORE, SHORTLY, AFTER = timedelta(days=-2), timedelta(minutes=-30), timedelta(minutes=30)
# Guards by the clock: when each event passes.
CLOCK = {
    "confirm": {BEFORE, SHORTLY},
    "reschedule": {BEFORE, SHORTLY},
    "ask_again": {BEFORE, SHORTLY},
    "cancel": {BEFORE, SHORTLY},
    "check_in": {SHORTLY, AFTER},
    "mark_absent": {AFTER},
}


class Cast:
    """One reservation and everybody who could touch it."""

    def __init__(self) -> None:
        self.room = make_room(policy=make_policy(needs_approval=True))
        self.booker = make_person()
        self.reservation = book(self.room, self.booker)
        building = ("building", self.room.place_id)
        self.people: dict[str, Person] = {
            "stranger": make_person(),
            "booker": self.booker,
            "manager": make_manager(self.room),
            "other_manager": make_manager(make_room()),
            "steward": grant(make_person(), "steward", *building),
            "counter": grant(make_person(), "counter", *building),
            "officer": grant(make_person(), "officer"),
            "administrator": grant(make_person(), "administrator"),
        }

    def code(self, event: str, state: str, by: Actor, now: datetime, reason: str = "Because.") -> str:
        """What the table answers: the target state, or the code of the refusal."""
        self.reservation.state = state
        try:
            return WORKFLOW.check(self.reservation, event, by=by, now=now, reason=reason).target
        except Refusal as refusal:
            return refusal.code


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


def expected(event: str, state: str, role: str) -> str:
    target = TABLE[event].get(state)
    if target is None:
        return "state.not_possible"
    return target if role in MAY[event] else "state.not_allowed"


def passing(event: str, state: str) -> timedelta:
    """A moment at which no guard stands in the way."""
    return SHORTLY if event == "check_in" else AFTER if event == "mark_absent" else BEFORE


def test_table_has_these_events_and_states_only() -> None:
    assert set(WORKFLOW.events()) == set(TABLE) == set(MAY)
    assert {row.event for row in WORKFLOW.transitions if row.needs_reason} == NEED_REASON


@pytest.mark.parametrize("event", TABLE)
def test_event_follows_the_table_in_every_state_for_every_role(cast: Cast, event: str) -> None:
    for state, role in product(["", *STATES], ROLES):
        now = cast.reservation.starts_at + passing(event, state)
        assert cast.code(event, state, cast.people[role], now) == expected(event, state, role), (state, role)


def test_software_may_do_what_the_table_allows_and_nothing_else(cast: Cast) -> None:
    for event, state in product(TABLE, ["", *STATES]):
        now = cast.reservation.starts_at + passing(event, state)
        assert cast.code(event, state, SYSTEM, now) == TABLE[event].get(state, "state.not_possible"), (event, state)


@pytest.mark.parametrize("event", CLOCK)
def test_event_passes_only_at_its_time(cast: Cast, event: str) -> None:
    for state, after in product([s for s in TABLE[event] if s], (BEFORE, SHORTLY, AFTER)):
        found = cast.code(event, state, SYSTEM, cast.reservation.starts_at + after)
        assert (found == TABLE[event][state]) == (after in CLOCK[event]), (state, after, found)


@pytest.mark.parametrize("event", sorted(NEED_REASON))
def test_event_without_its_reason_is_refused(cast: Cast, event: str) -> None:
    (state, *_) = TABLE[event]

    assert cast.code(event, state, SYSTEM, NOW, reason="  ") == "state.reason_missing"


def test_buttons_are_the_events_that_pass(cast: Cast) -> None:
    for state, role, after in product(STATES, ROLES, (BEFORE, SHORTLY, AFTER)):
        now, by = cast.reservation.starts_at + after, cast.people[role]
        cast.reservation.state = state
        offered = [row.event for row in WORKFLOW.allowed(cast.reservation, by=by, now=now)]
        assert offered == [e for e in WORKFLOW.events() if cast.code(e, state, by, now) == TABLE[e].get(state)]


def test_ended_states_lead_nowhere_except_by_an_appeal() -> None:
    leaving = {(row.event, source) for row in WORKFLOW.transitions for source in row.sources if source in ENDED}

    assert leaving == {("appeal", "no_show"), ("excuse", "no_show")}
    assert set(STATES) == TAKING | ENDED
    assert {"done", "no_show"} == COUNTING - TAKING


def test_every_state_can_be_reached() -> None:
    reached = {""}
    while grown := {row.target for row in WORKFLOW.transitions if row.sources & reached} - reached:
        reached |= grown

    assert reached == {"", *STATES}


def test_grant_that_has_ended_or_not_begun_allows_nothing(cast: Cast) -> None:
    from sharingcity.people.models import Grant

    manager = cast.people["manager"]
    for change in ({"valid_until": NOW}, {"valid_until": None, "valid_from": NOW + timedelta(days=1)}):
        Grant.objects.filter(person=manager).update(**change)
        fresh = Person.objects.get(pk=manager.pk)
        assert cast.code("confirm", "requested", fresh, NOW) == "state.not_allowed"


def test_scope_of_organisation_and_district_reach_the_building(cast: Cast) -> None:
    place = Reservation.objects.get(pk=cast.reservation.pk).listing.place
    for scope, scope_id in (("organisation", place.organisation_id), ("district", place.district_id)):
        deputy = grant(make_person(), "manager", scope, scope_id or 0)
        assert cast.code("confirm", "requested", deputy, NOW) == "confirmed"
        other = grant(make_person(), "manager", scope, (scope_id or 0) + 1000)
        assert cast.code("confirm", "requested", other, NOW) == "state.not_allowed"
