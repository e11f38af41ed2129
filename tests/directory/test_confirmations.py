"""Is it still true? Asked twice a year, and what nobody confirms fades."""

from datetime import timedelta

import pytest
from tests.directory.people_of import LONG_AGO, make_officer, make_owned
from tests.factories import NOW, make_organisation, make_person, make_service

from sharingcity.directory import secrets
from sharingcity.directory.models import Confirmation, Organisation, Service
from sharingcity.directory.operations import (
    answer_question,
    ask_owners,
    confirm_entry,
    question_of_token,
    remind_and_fade,
)
from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound
from sharingcity.kernel.projections import projection_faults
from sharingcity.people.models import Notice
from sharingcity.people.notice_kinds import NOTICES, words_for

pytestmark = pytest.mark.django_db


def _asked() -> tuple[Organisation, Confirmation]:
    organisation, _owner = make_owned(created_at=LONG_AGO)
    ask_owners(now=NOW)
    return organisation, Confirmation.objects.get()


def test_ask_owners_asks_each_once() -> None:
    _asked()

    assert ask_owners(now=NOW + timedelta(hours=1)) == 0
    assert [notice.code for notice in Notice.objects.all()] == ["directory.still_true"]


def test_ask_owners_leaves_fresh_and_unowned_entries_alone() -> None:
    make_owned(created_at=NOW - timedelta(days=30))
    make_owned(created_at=LONG_AGO, confirmed_at=NOW - timedelta(days=30))
    make_owned(created_at=LONG_AGO, state="retired")
    make_organisation(created_at=LONG_AGO)

    assert ask_owners(now=NOW) == 0


def test_link_of_the_notice_answers_for_its_person() -> None:
    organisation, question = _asked()
    notice = Notice.objects.get()
    kind = NOTICES.get(notice.code)
    assert kind is not None
    link = words_for(kind, notice.context, "en").link

    found, person = question_of_token(link.rpartition("/")[2])

    assert (found, person) == (question, notice.person)
    answer_question(confirmation_id=found.pk, event="confirm", by=person, now=NOW)
    assert Organisation.objects.get(pk=organisation.pk).confirmed_at == NOW


def test_unanswered_question_is_reminded_of_then_fades_with_its_services() -> None:
    organisation, _owner = make_owned(created_at=LONG_AGO, quality=90)
    service = make_service(organisation=organisation, quality=90)
    ask_owners(now=NOW)
    quality = Organisation.objects.get(pk=organisation.pk).quality

    assert remind_and_fade(now=NOW + timedelta(days=19)) == 0
    assert remind_and_fade(now=NOW + timedelta(days=20)) == 1
    assert remind_and_fade(now=NOW + timedelta(days=21)) == 0
    assert remind_and_fade(now=NOW + timedelta(days=30)) == 1

    for faded in (Organisation.objects.get(pk=organisation.pk), Service.objects.get(pk=service.pk)):
        assert faded.faded_at == NOW + timedelta(days=30)
        assert faded.quality < quality
    codes = [notice.code for notice in Notice.objects.order_by("id")]
    assert codes == ["directory.still_true", "directory.still_true_again", "directory.faded"]
    assert list(projection_faults()) == []


def test_faded_entry_is_confirmed_late_and_shines_again() -> None:
    organisation, question = _asked()
    remind_and_fade(now=NOW + timedelta(days=30))
    later = NOW + timedelta(days=40)

    confirm_entry(organisation=organisation, by=make_officer(), now=later)

    found = Organisation.objects.get(pk=organisation.pk)
    assert (found.faded_at, found.confirmed_at) == (None, later)
    question.refresh_from_db()
    assert question.state == "confirmed"


def test_question_is_answered_once() -> None:
    _organisation, question = _asked()
    owner = Notice.objects.get().person
    answer_question(confirmation_id=question.pk, event="confirm", by=owner, now=NOW)

    with pytest.raises(Conflict):
        answer_question(confirmation_id=question.pk, event="doubt", by=owner, now=NOW)


def test_link_of_somebody_who_left_the_organisation_answers_nothing() -> None:
    _organisation, question = _asked()
    stranger = make_person()

    found, person = question_of_token(secrets.still_true_token(question, stranger.pk))
    with pytest.raises(NotAllowed):
        answer_question(confirmation_id=found.pk, event="confirm", by=person, now=NOW)


def test_forged_link_is_unknown() -> None:
    with pytest.raises(NotFound):
        question_of_token("1:2:forged")
