"""Members come and go; an organisation is never left without an owner."""

from datetime import timedelta

import pytest
from tests.factories import NOW, make_organisation, make_person

from sharingcity.directory.operations import add_member, end_membership
from sharingcity.directory.queries import is_member, membership_roles
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.kernel.states import SYSTEM
from sharingcity.people.operations import delete_account

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


def test_add_member_by_an_owner_lets_the_person_act() -> None:
    organisation, owner, person = make_organisation(), make_person(), make_person()
    add_member(organisation=organisation, person=owner, role="owner", by=SYSTEM, now=NOW)

    add_member(organisation=organisation, person=person, role="editor", by=owner, now=NOW)

    assert membership_roles(person.pk, organisation.pk, LATER) == {"editor"}


def test_add_member_by_an_editor_is_refused() -> None:
    organisation, editor = make_organisation(), make_person()
    add_member(organisation=organisation, person=editor, role="editor", by=SYSTEM, now=NOW)

    with pytest.raises(NotAllowed):
        add_member(organisation=organisation, person=make_person(), role="member", by=editor, now=NOW)


def test_add_member_twice_is_refused() -> None:
    organisation, person = make_organisation(), make_person()
    add_member(organisation=organisation, person=person, role="member", by=SYSTEM, now=NOW)

    with pytest.raises(Conflict) as refused:
        add_member(organisation=organisation, person=person, role="owner", by=SYSTEM, now=NOW)

    assert refused.value.code == "membership.held_already"


def test_add_member_with_an_unknown_role_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        add_member(organisation=make_organisation(), person=make_person(), role="king", by=SYSTEM, now=NOW)

    assert refused.value.code == "membership.role_unknown"


def test_end_membership_by_oneself_ends_it_from_now_on() -> None:
    organisation, person = make_organisation(), make_person()
    membership = add_member(organisation=organisation, person=person, role="member", by=SYSTEM, now=NOW)

    end_membership(membership_id=membership.pk, by=person, now=LATER)

    assert is_member(person, organisation.pk, NOW)
    assert not is_member(person, organisation.pk, LATER)


def test_end_membership_of_the_last_owner_is_refused() -> None:
    organisation, owner = make_organisation(), make_person()
    membership = add_member(organisation=organisation, person=owner, role="owner", by=SYSTEM, now=NOW)

    with pytest.raises(Conflict) as refused:
        end_membership(membership_id=membership.pk, by=owner, now=LATER)

    assert refused.value.code == "membership.last_owner"


def test_delete_account_of_the_last_owner_is_refused_until_there_is_another() -> None:
    organisation, owner, other = make_organisation(), make_person(), make_person()
    add_member(organisation=organisation, person=owner, role="owner", by=SYSTEM, now=NOW)

    with pytest.raises(Conflict) as refused:
        delete_account(person=owner, by=owner, now=LATER)
    assert refused.value.code == "people.last_owner"

    add_member(organisation=organisation, person=other, role="owner", by=owner, now=LATER)
    delete_account(person=owner, by=owner, now=LATER)
    assert not membership_roles(owner.pk, organisation.pk, LATER)
