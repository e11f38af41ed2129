"""Any sequence of what an organisation's people, claimants, staff and time do to an entry: one outcome for each change.

Runs over the real database, one transaction for each example that is rolled back at its end.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.directory.people_of import make_officer, make_owner
from tests.factories import NOW, make_organisation, make_person

from sharingcity.directory.models import Confirmation, EntryClaim, EntryVersion, Membership, Organisation
from sharingcity.directory.operations import (
    answer_question,
    ask_owners,
    claim_by_asking,
    decide_claim,
    decide_version,
    end_membership,
    merge_organisations,
    propose_change,
    remind_and_fade,
)
from sharingcity.kernel import limits
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.projections import projection_faults

pytestmark = [pytest.mark.django_db(transaction=True)]
WORDS = st.sampled_from(["", "We lend drills", "드릴을 빌려 드려요", "مكتبة أدوات"])


class EntryMachine(RuleBasedStateMachine):
    """Two entries, an owner, an editor, two claimants, an officer, and the clock."""

    @initialize()
    def begin(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        limits._purses.clear()
        self.now = NOW
        self.entries = [make_organisation("Tool Shed"), make_organisation("Tool Barn")]
        self.owner, self.editor = make_owner(self.entries[0]), make_owner(self.entries[0], "editor")
        self.claimants, self.officer = [make_person(), make_person()], make_officer()
        self.actors = [self.owner, self.editor, *self.claimants, self.officer]

    def teardown(self) -> None:
        if hasattr(self, "block"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def _try(self, call: Any) -> None:
        before = EntryVersion.objects.filter(state="approved").count()
        try:
            with transaction.atomic():
                call()
        except Refusal:
            assert EntryVersion.objects.filter(state="approved").count() == before

    @rule(who=st.integers(0, 4), which=st.integers(0, 1), words=WORDS, seen=st.integers(0, 3), small=st.booleans())
    def propose(self, who: int, which: int, words: str, seen: int, small: bool) -> None:
        changes = {"phone": words[:20]} if small else {"descriptions": {"en": words} if words else {}}
        entry = Organisation.objects.get(pk=self.entries[which].pk)
        self._try(lambda: propose_change(entry=entry, changes=changes, seen=seen, by=self.actors[who], now=self.now))

    @rule(who=st.integers(0, 4), event=st.sampled_from(["approve", "return", "withdraw"]), nth=st.integers(0, 5))
    def decide(self, who: int, event: str, nth: int) -> None:
        version = EntryVersion.objects.order_by("-id")[nth : nth + 1].first()
        if version:
            actor = self.actors[who]
            self._try(
                lambda: decide_version(version_id=version.pk, event=event, by=actor, now=self.now, reason="Because.")
            )

    @rule(who=st.integers(0, 1), which=st.integers(0, 1))
    def claim(self, who: int, which: int) -> None:
        person, entry = self.claimants[who], self.entries[which]
        self._try(lambda: claim_by_asking(organisation=entry, person=person, proof="Mine", now=self.now))

    @rule(nth=st.integers(0, 3), event=st.sampled_from(["grant", "refuse"]))
    def judge_claim(self, nth: int, event: str) -> None:
        claim = EntryClaim.objects.order_by("-id")[nth : nth + 1].first()
        if claim:
            self._try(lambda: decide_claim(claim_id=claim.pk, event=event, by=self.officer, now=self.now, reason="So."))

    @rule(days=st.sampled_from([1, 10, 21, 31, 190]))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)
        remind_and_fade(now=self.now)
        ask_owners(now=self.now)

    @rule(event=st.sampled_from(["confirm", "doubt"]), who=st.integers(0, 4))
    def answer(self, event: str, who: int) -> None:
        question = Confirmation.objects.order_by("-id").first()
        if question:
            actor = self.actors[who]
            self._try(lambda: answer_question(confirmation_id=question.pk, event=event, by=actor, now=self.now))

    @rule(nth=st.integers(0, 2))
    def leave(self, nth: int) -> None:
        held = Membership.objects.filter(valid_until=None).order_by("id")[nth : nth + 1].first()
        if held:
            self._try(lambda: end_membership(membership_id=held.pk, by=held.person, now=self.now))

    @rule(first=st.booleans())
    def merge(self, first: bool) -> None:
        loser, winner = self.entries if first else self.entries[::-1]
        self._try(lambda: merge_organisations(loser=loser, winner=winner, by=self.officer, now=self.now))

    @invariant()
    def journal_explains_every_state(self) -> None:
        if hasattr(self, "block"):
            assert list(projection_faults()) == []

    @invariant()
    def what_is_shown_is_the_last_approved_version(self) -> None:
        if not hasattr(self, "block"):
            return
        for entry in Organisation.objects.filter(state="published", merged=None):
            approved = EntryVersion.objects.filter(organisation=entry, state="approved").order_by("number")
            shown: dict[str, Any] = {}
            for version in approved:
                shown |= version.changes
            assert {name: getattr(entry, name) for name in shown} == shown

    @invariant()
    def one_proposal_and_one_question_wait(self) -> None:
        if hasattr(self, "block"):
            waiting = list(EntryVersion.objects.filter(state="proposed").values_list("organisation_id", flat=True))
            asked = list(
                Confirmation.objects.filter(state__in=["asked", "faded"]).values_list("organisation_id", flat=True)
            )
            assert len(waiting) == len(set(waiting))
            assert len(asked) == len(set(asked))


def test_entries_survive_any_sequence() -> None:
    run_state_machine_as_test(
        EntryMachine,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
