"""Marks: written by who may, journalled, and holding for their term only."""

from datetime import timedelta

import pytest
from tests.booking.acts import grant, refused
from tests.factories import NOW, make_organisation, make_person

from sharingcity.directory.operations import record_recognition
from sharingcity.directory.queries import designated_organisations, is_designated
from sharingcity.kernel import journal
from sharingcity.kernel.states import SYSTEM

pytestmark = pytest.mark.django_db
TERM = timedelta(days=365 * 3)


def test_recognition_holds_from_its_first_instant_until_its_last() -> None:
    organisation, other = make_organisation(), make_organisation()

    record_recognition(
        organisation=organisation, source="demo", valid_from=NOW, valid_until=NOW + TERM, by=SYSTEM, now=NOW
    )

    instants = (NOW - timedelta(seconds=1), NOW, NOW + TERM - timedelta(seconds=1), NOW + TERM)
    assert [is_designated(organisation.pk, at) for at in instants] == [False, True, True, False]
    assert list(designated_organisations(NOW)) == [organisation]
    assert not is_designated(other.pk, NOW)
    assert journal.of_object(organisation).get().event == "organisation.recognised"


def test_recognition_needs_the_right_and_a_term_that_goes_forward() -> None:
    organisation = make_organisation()

    with refused("people.not_allowed"):
        record_recognition(
            organisation=organisation,
            source="demo",
            valid_from=NOW,
            valid_until=None,
            by=grant(make_person(), "manager"),
            now=NOW,
        )
    with refused("recognition.ends_before_start"):
        record_recognition(
            organisation=organisation, source="demo", valid_from=NOW, valid_until=NOW, by=SYSTEM, now=NOW
        )
