"""Entries are claimed by a code or by asking the city; owners invite others."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from tests.directory.people_of import make_officer, make_owned
from tests.factories import NOW, make_organisation, make_person

from sharingcity.directory import secrets
from sharingcity.directory.models import EntryClaim, Invitation
from sharingcity.directory.operations import (
    accept_invitation,
    claim_by_asking,
    claim_by_code,
    decide_claim,
    invite_member,
    lapse_claims,
    lapse_invitations,
    prove_claim,
    send_letter,
    withdraw_invitation,
)
from sharingcity.directory.queries import membership_roles
from sharingcity.kernel import limits
from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound, Refusal, TooMany
from sharingcity.people.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    limits._purses.clear()
    yield
    limits._purses.clear()


def test_claim_by_code_and_its_code_make_an_owner() -> None:
    organisation, person = make_organisation(email="hello@tools.example"), make_person()

    claim = claim_by_code(organisation=organisation, person=person, now=NOW)
    send_letter(event="claim_code", row_id=claim.pk)

    (letter,) = mail.outbox
    code = secrets.code_of(claim)
    assert letter.to == ["hello@tools.example"]
    assert code in letter.body
    prove_claim(claim_id=claim.pk, code=f"{code[:3]} {code[3:]}", person=person, now=NOW)
    assert membership_roles(person.pk, organisation.pk, NOW + timedelta(seconds=1)) == {"owner"}
    claim.refresh_from_db()
    assert (claim.state, claim.salt) == ("granted", "")


def test_prove_claim_wrong_five_times_is_over() -> None:
    organisation, person = make_organisation(email="hello@tools.example"), make_person()
    claim = claim_by_code(organisation=organisation, person=person, now=NOW)
    right = secrets.code_of(claim)
    wrong = "000000" if right != "000000" else "111111"

    for _try in range(5):
        with pytest.raises(Refusal) as refused:
            prove_claim(claim_id=claim.pk, code=wrong, person=person, now=NOW)
        assert refused.value.code == "claim.code_wrong"
    with pytest.raises(Conflict):
        prove_claim(claim_id=claim.pk, code=right, person=person, now=NOW)


def test_prove_claim_too_late_or_by_somebody_else_is_refused() -> None:
    organisation, person = make_organisation(email="hello@tools.example"), make_person()
    claim = claim_by_code(organisation=organisation, person=person, now=NOW)
    code = secrets.code_of(claim)

    with pytest.raises(NotAllowed):
        prove_claim(claim_id=claim.pk, code=code, person=make_person(), now=NOW)
    with pytest.raises(Conflict) as refused:
        prove_claim(claim_id=claim.pk, code=code, person=person, now=NOW + timedelta(minutes=30))
    assert refused.value.code == "claim.code_over"
    assert lapse_claims(now=NOW + timedelta(minutes=30)) == 1


def test_claim_by_code_again_voids_the_first_code() -> None:
    organisation, person = make_organisation(email="hello@tools.example"), make_person()
    first = claim_by_code(organisation=organisation, person=person, now=NOW)
    code = secrets.code_of(first)
    claim_by_code(organisation=organisation, person=person, now=NOW)

    with pytest.raises(Conflict):
        prove_claim(claim_id=first.pk, code=code, person=person, now=NOW)


def test_claim_by_code_is_rate_limited_for_the_address() -> None:
    organisation = make_organisation(email="hello@tools.example")

    def ask_often() -> None:
        for _person in range(12):
            claim_by_code(organisation=organisation, person=make_person(), now=NOW)

    with pytest.raises(TooMany):
        ask_often()


def test_claim_by_code_without_an_address_is_for_the_city() -> None:
    with pytest.raises(Conflict) as refused:
        claim_by_code(organisation=make_organisation(), person=make_person(), now=NOW)

    assert refused.value.code == "claim.no_address"


def test_claim_of_an_owned_entry_is_refused() -> None:
    organisation, _owner = make_owned(email="hello@tools.example")

    for claim in (
        lambda: claim_by_code(organisation=organisation, person=make_person(), now=NOW),
        lambda: claim_by_asking(organisation=organisation, person=make_person(), proof="It is mine", now=NOW),
    ):
        with pytest.raises(Conflict) as refused:
            claim()
        assert refused.value.code == "claim.owned_already"


def test_decide_claim_grants_one_of_two() -> None:
    organisation, one, other = make_organisation(), make_person(), make_person()
    first = claim_by_asking(organisation=organisation, person=one, proof="I founded it", now=NOW)
    second = claim_by_asking(organisation=organisation, person=other, proof="No, I did", now=NOW)
    officer = make_officer()

    decide_claim(claim_id=first.pk, event="grant", by=officer, now=NOW)
    with pytest.raises(Conflict):
        decide_claim(claim_id=second.pk, event="grant", by=officer, now=NOW)
    decide_claim(claim_id=second.pk, event="refuse", by=officer, now=NOW, reason="Somebody else proved it.")

    assert {notice.code for notice in Notice.objects.all()} == {"directory.claim_granted", "directory.claim_refused"}
    assert not EntryClaim.objects.exclude(proof="").exists()


def test_decide_claim_by_a_resident_is_refused() -> None:
    organisation, person = make_organisation(), make_person()
    claim = claim_by_asking(organisation=organisation, person=person, proof="I founded it", now=NOW)

    with pytest.raises(NotAllowed):
        decide_claim(claim_id=claim.pk, event="grant", by=person, now=NOW)


def test_invitation_makes_an_editor_and_forgets_the_address() -> None:
    organisation, owner = make_owned()
    invitation = invite_member(organisation=organisation, email=" Ann@Example.org ", role="editor", by=owner, now=NOW)
    send_letter(event="invitation", row_id=invitation.pk)
    guest = make_person("Ann")

    accept_invitation(token=secrets.invitation_token(invitation), person=guest, now=NOW)

    assert mail.outbox[0].to == ["ann@example.org"]
    assert membership_roles(guest.pk, organisation.pk, NOW + timedelta(seconds=1)) == {"editor"}
    assert Invitation.objects.get().email == ""
    with pytest.raises(Conflict):
        accept_invitation(token=secrets.invitation_token(invitation), person=make_person(), now=NOW)


def test_invitation_withdrawn_over_or_forged_is_refused() -> None:
    organisation, owner = make_owned()
    gone = invite_member(organisation=organisation, email="a@example.org", role="owner", by=owner, now=NOW)
    late = invite_member(organisation=organisation, email="b@example.org", role="owner", by=owner, now=NOW)
    withdraw_invitation(invitation_id=gone.pk, by=owner, now=NOW)

    with pytest.raises(Conflict):
        accept_invitation(token=secrets.invitation_token(gone), person=make_person(), now=NOW)
    with pytest.raises(Conflict) as refused:
        accept_invitation(token=secrets.invitation_token(late), person=make_person(), now=NOW + timedelta(days=14))
    assert refused.value.code == "invitation.over"
    with pytest.raises(NotFound):
        accept_invitation(token="made-up", person=make_person(), now=NOW)
    assert lapse_invitations(now=NOW + timedelta(days=14)) == 1


def test_invitation_by_an_editor_is_refused() -> None:
    organisation, _owner = make_owned()

    with pytest.raises(NotAllowed):
        invite_member(organisation=organisation, email="a@example.org", role="editor", by=make_person(), now=NOW)


@pytest.mark.parametrize(("email", "shown"), [("hello@tools.or.kr", "h•••@t•••.kr"), ("a@localhost", "a•••@l•••")])
def test_masked_tells_hardly_anything(email: str, shown: str) -> None:
    assert secrets.masked(email) == shown
