"""Two at once, on the engine where two can write at once. On SQLite the write transactions queue by themselves."""

from collections.abc import Callable, Iterator
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from tests.directory.people_of import make_officer, make_owned, make_owner
from tests.factories import NOW, make_organisation, make_person

from sharingcity.directory.models import EntryVersion, Membership, Organisation, Retirement
from sharingcity.directory.operations import (
    claim_by_asking,
    decide_claim,
    decide_version,
    merge_organisations,
    propose_change,
    restore_organisation,
    retire_organisation,
)
from sharingcity.kernel import limits
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.projections import projection_faults

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs an engine with several writers"),
]
ROUNDS = 4


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    limits._purses.clear()
    yield
    limits._purses.clear()


def _all_at_once(*calls: Callable[[], object]) -> list[str]:
    start, outcomes = Barrier(len(calls)), [""] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        try:
            start.wait()
            call()
            outcomes[place] = "done"
        except Refusal as refusal:
            outcomes[place] = refusal.code
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_proposals_at_once_leave_one(_round: int) -> None:
    organisation, owner = make_owned()
    editor = make_owner(organisation, "editor")

    def propose(person: object, words: str) -> Callable[[], object]:
        entry = Organisation.objects.get(pk=organisation.pk)
        return lambda: propose_change(
            entry=entry,
            changes={"descriptions": {"en": words}},
            seen=0,
            by=person,  # type: ignore[arg-type]
            now=NOW,
        )

    assert _all_at_once(propose(owner, "One"), propose(editor, "Two")) == ["done", "version.changed_meanwhile"]
    assert EntryVersion.objects.count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_decision_against_withdrawal_has_one_outcome(_round: int) -> None:
    organisation, owner = make_owned()
    version = propose_change(entry=organisation, changes={"descriptions": {"en": "x"}}, seen=0, by=owner, now=NOW)
    officer = make_officer()

    outcomes = _all_at_once(
        lambda: decide_version(version_id=version.pk, event="approve", by=officer, now=NOW),
        lambda: decide_version(version_id=version.pk, event="withdraw", by=owner, now=NOW),
        lambda: decide_version(version_id=version.pk, event="return", by=officer, now=NOW, reason="No."),
    )

    assert outcomes == ["done", "state.not_possible", "state.not_possible"]
    version.refresh_from_db()
    shown = Organisation.objects.get(pk=organisation.pk).descriptions
    assert shown == ({"en": "x"} if version.state == "approved" else {})
    assert list(projection_faults()) == []


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_claims_granted_at_once_make_one_owner(_round: int) -> None:
    organisation, officer = make_organisation(), make_officer()
    claims = [
        claim_by_asking(organisation=organisation, person=make_person(), proof="Mine", now=NOW) for _two in range(2)
    ]

    outcomes = _all_at_once(
        *(
            lambda pk=claim.pk: decide_claim(claim_id=pk, event="grant", by=officer, now=NOW)  # type: ignore[misc]
            for claim in claims
        )
    )

    assert outcomes == ["claim.owned_already", "done"]
    assert Membership.objects.filter(role="owner").count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_merges_crosswise_leave_one_entry(_round: int) -> None:
    one, other, officer = make_organisation("A"), make_organisation("B"), make_officer()

    outcomes = _all_at_once(
        lambda: merge_organisations(
            loser=Organisation.objects.get(pk=one.pk),
            winner=Organisation.objects.get(pk=other.pk),
            by=officer,
            now=NOW,
        ),
        lambda: merge_organisations(
            loser=Organisation.objects.get(pk=other.pk),
            winner=Organisation.objects.get(pk=one.pk),
            by=officer,
            now=NOW,
        ),
    )

    assert outcomes == ["done", "merge.gone"]
    assert Organisation.objects.filter(state="published").count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_retirements_against_a_merge_have_one_outcome(_round: int) -> None:
    one, other, officer = make_organisation("A"), make_organisation("B"), make_officer()

    def retire() -> object:
        found = Organisation.objects.get(pk=one.pk)
        return retire_organisation(organisation=found, by=officer, now=NOW, reason="Gone")

    outcomes = _all_at_once(
        retire,
        retire,
        lambda: merge_organisations(
            loser=Organisation.objects.get(pk=one.pk),
            winner=Organisation.objects.get(pk=other.pk),
            by=officer,
            now=NOW,
        ),
    )

    assert outcomes.count("done") == 1
    found = Organisation.objects.get(pk=one.pk)
    assert found.state == "retired"
    assert Retirement.objects.count() == (0 if found.merged_into_id else 1)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_restorations_at_once_have_one_outcome(_round: int) -> None:
    one, officer = make_organisation("A"), make_officer()
    retire_organisation(organisation=one, by=officer, now=NOW, reason="Gone")

    def restore() -> object:
        return restore_organisation(organisation=Organisation.objects.get(pk=one.pk), by=officer, now=NOW)

    assert _all_at_once(restore, restore) == ["done", "state.not_possible"]
    assert list(projection_faults()) == []
