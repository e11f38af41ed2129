"""Organisations are made with slugs of their own and changed by those who may."""

import pytest
from tests.factories import NOW, make_organisation, make_person

from sharingcity.directory.models import Organisation
from sharingcity.directory.operations import (
    OrganisationDraft,
    add_member,
    change_organisation,
    create_organisation,
    create_organisations,
)
from sharingcity.kernel import journal
from sharingcity.kernel.errors import NotAllowed, Refusal
from sharingcity.kernel.states import SYSTEM

pytestmark = pytest.mark.django_db


def _draft(name: str = "Mapo-gu Office", **fields: object) -> OrganisationDraft:
    return OrganisationDraft(names={"en": name}, **fields)  # type: ignore[arg-type]


def test_create_organisations_equal_names_get_slugs_of_their_own() -> None:
    made = create_organisations(drafts=[_draft(), _draft(), _draft("Guro")], by=SYSTEM, now=NOW)

    assert [one.slug for one in made] == ["mapo-gu-office", "mapo-gu-office-2", "guro"]


def test_create_organisation_opens_its_stream() -> None:
    made = create_organisation(draft=_draft(), by=SYSTEM, now=NOW)

    entries = journal.of_object(made)
    assert [(entry.event, entry.stream) for entry in entries] == [("organisation.create", f"organisation:{made.pk}")]


def test_create_organisation_by_a_resident_is_refused() -> None:
    with pytest.raises(NotAllowed) as refused:
        create_organisation(draft=_draft(), by=make_person(), now=NOW)

    assert refused.value.code == "people.not_allowed"
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (OrganisationDraft(names={"en": ""}), "organisation.name_missing"),
        (OrganisationDraft(names={"en": "A"}, legal_form="guild"), "organisation.form_unknown"),
    ],
)
def test_create_organisation_with_something_missing_says_so(draft: OrganisationDraft, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        create_organisation(draft=draft, by=SYSTEM, now=NOW)

    assert refused.value.code == code


def test_change_organisation_by_its_owner_is_refused_for_they_propose() -> None:
    organisation, owner = make_organisation(), make_person()
    add_member(organisation=organisation, person=owner, role="owner", by=SYSTEM, now=NOW)

    with pytest.raises(NotAllowed):
        change_organisation(organisation=organisation, changes={"phone": "02-000-1234"}, by=owner, now=NOW)


def test_change_organisation_without_a_difference_leaves_no_trace() -> None:
    organisation = make_organisation()

    change_organisation(organisation=organisation, changes={"phone": ""}, by=SYSTEM, now=NOW)

    assert not journal.of_object(organisation).exists()
