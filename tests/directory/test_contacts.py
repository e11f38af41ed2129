"""Entries without an owner: their own address is asked, once in half a year; else staff look."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from tests.directory.people_of import LONG_AGO, make_officer, make_owned
from tests.factories import NOW, make_organisation

from sharingcity.directory import secrets
from sharingcity.directory.models import AskedAddress, Confirmation, Organisation
from sharingcity.directory.operations import (
    answer_question,
    ask_contacts,
    confirm_entry,
    question_of_token,
    remind_and_fade,
    send_letter,
    stop_asking,
)
from sharingcity.directory.operations.contacts import EVERY, MOST_AT_DESK
from sharingcity.directory.queries.waiting import stale_waiting
from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.projections import projection_faults
from sharingcity.people.channels import CHANNELS, DeliveryFailed
from sharingcity.people.permissions import CITY

pytestmark = pytest.mark.django_db
SHOWN = {"email": "Shed@tools.example", "shown_contacts": ("email",), "created_at": LONG_AGO}


def _asked() -> tuple[Organisation, Confirmation]:
    organisation = make_organisation("Tool’s Shed", **SHOWN)
    ask_contacts(now=NOW)
    return organisation, Confirmation.objects.get()


def _link() -> str:
    return next(part for part in mail.outbox[-1].body.split() if "/still-true/" in part and not part.endswith("/stop"))


def test_shown_address_is_asked_and_answers_without_an_account() -> None:
    organisation, question = _asked()
    send_letter(event="still_true_contact", row_id=question.pk)

    letter = mail.outbox[0]
    assert letter.to == ["Shed@tools.example"]
    assert letter.extra_headers["List-Unsubscribe"].endswith("/stop>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = "/still-true/" + _link().rpartition("/still-true/")[2]
    assert Client().get(path).status_code == 200
    assert Organisation.objects.get(pk=organisation.pk).confirmed_at is None
    Client().post(path, {"answer": "yes"})
    assert Organisation.objects.get(pk=organisation.pk).confirmed_at is not None
    assert list(projection_faults()) == []


def test_only_what_nobody_owns_and_nobody_confirmed_is_asked_about() -> None:
    make_owned(**SHOWN)
    make_organisation(**(SHOWN | {"state": "retired"}))
    make_organisation(**(SHOWN | {"confirmed_at": NOW - timedelta(days=30)}))
    make_organisation(**(SHOWN | {"created_at": NOW - timedelta(days=30)}))

    assert ask_contacts(now=NOW) == 0


def test_address_gets_one_letter_in_half_a_year_whatever_stands_under_it() -> None:
    make_organisation("One", **SHOWN)
    make_organisation("Two", **(SHOWN | {"email": "shed@TOOLS.example"}))

    assert ask_contacts(now=NOW) == 2
    assert sorted(Confirmation.objects.values_list("asks", flat=True)) == ["contact", "desk"]
    assert "tools" not in AskedAddress.objects.get().key

    Confirmation.objects.update(state="confirmed")
    assert ask_contacts(now=NOW + EVERY - timedelta(days=1)) == 2
    assert set(Confirmation.objects.exclude(state="confirmed").values_list("asks", flat=True)) == {"desk"}
    Confirmation.objects.update(state="confirmed")
    ask_contacts(now=NOW + EVERY)
    assert Confirmation.objects.filter(state="asked", asks="contact").count() == 1


@pytest.mark.parametrize("hidden", [{"email": ""}, {"shown_contacts": ("phone",)}])
def test_entry_without_a_shown_address_waits_at_the_desk_and_fades(hidden: dict[str, object]) -> None:
    organisation = make_organisation(**(SHOWN | hidden))
    ask_contacts(now=NOW)

    (question,) = stale_waiting([CITY])
    assert (question.organisation, question.asks) == (organisation, "desk")
    assert remind_and_fade(now=NOW + timedelta(days=25)) == 0
    assert remind_and_fade(now=NOW + timedelta(days=30)) == 1
    assert Organisation.objects.get(pk=organisation.pk).faded_at is not None
    confirm_entry(organisation=organisation, by=make_officer(), now=NOW + timedelta(days=40))
    assert not stale_waiting([CITY])


def test_desk_is_not_flooded_in_a_day() -> None:
    for _number in range(MOST_AT_DESK + 3):
        make_organisation(created_at=LONG_AGO)

    assert ask_contacts(now=NOW) == MOST_AT_DESK
    assert ask_contacts(now=NOW + timedelta(days=1)) == 3


def test_unanswered_letter_is_not_repeated_and_the_entry_fades() -> None:
    organisation, question = _asked()
    send_letter(event="still_true_contact", row_id=question.pk)
    remind_and_fade(now=NOW + timedelta(days=20))
    remind_and_fade(now=NOW + timedelta(days=30))

    assert len(mail.outbox) == 1
    assert Organisation.objects.get(pk=organisation.pk).faded_at == NOW + timedelta(days=30)
    found, by = question_of_token(secrets.still_true_token(question, 0))
    answer_question(confirmation_id=found.pk, event="confirm", by=by, now=NOW + timedelta(days=31))
    assert Organisation.objects.get(pk=organisation.pk).faded_at is None


def test_stopped_address_is_never_asked_again() -> None:
    organisation, question = _asked()
    token = secrets.still_true_token(question, 0)
    path = f"/still-true/{token}/stop"

    assert Client().get(path).status_code == 200
    assert AskedAddress.objects.get().stopped_at is None
    # A mail program: no cookie, no token of a form.
    assert Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    send_letter(event="still_true_contact", row_id=question.pk)
    assert mail.outbox == []
    Confirmation.objects.update(state="confirmed")
    ask_contacts(now=NOW + 3 * EVERY)
    assert Confirmation.objects.get(state="asked", organisation=organisation).asks == "desk"


def test_letter_of_a_changed_or_answered_entry_is_not_sent() -> None:
    organisation, question = _asked()
    Organisation.objects.filter(pk=organisation.pk).update(email="new@tools.example")
    send_letter(event="still_true_contact", row_id=question.pk)
    Organisation.objects.filter(pk=organisation.pk).update(email=SHOWN["email"])
    answer_question(confirmation_id=question.pk, event="doubt", by=make_officer(), now=NOW)
    send_letter(event="still_true_contact", row_id=question.pk)

    assert mail.outbox == []


def test_address_that_does_not_exist_gives_the_question_to_the_desk() -> None:
    class Refusing:
        def send(self, _letter: object) -> None:
            raise DeliveryFailed("no such address", is_final=True)

    _organisation, question = _asked()
    kept = CHANNELS._entries["email"]
    CHANNELS._entries["email"] = Refusing()
    try:
        send_letter(event="still_true_contact", row_id=question.pk)
    finally:
        CHANNELS._entries["email"] = kept

    assert [one.pk for one in stale_waiting([CITY])] == [question.pk]


def test_owners_link_stops_nothing_and_a_contacts_link_needs_a_contacts_question() -> None:
    organisation, owner = make_owned(created_at=LONG_AGO)
    question = Confirmation.objects.create(organisation=organisation, state="asked", asked_at=NOW, fades_at=NOW)

    for token in (secrets.still_true_token(question, owner.pk), secrets.still_true_token(question, 0), "x:y:z"):
        with pytest.raises(NotFound):
            stop_asking(token=token, now=NOW)
    with pytest.raises(NotFound):
        question_of_token(secrets.still_true_token(question, 0))


def test_doubt_of_the_address_leads_to_a_report_without_an_account() -> None:
    organisation, question = _asked()
    answer = Client().post(f"/still-true/{secrets.still_true_token(question, 0)}", {"answer": "no"})

    assert f"/report/organisation/{organisation.code}" in answer.content.decode()
    assert [one.state for one in stale_waiting([CITY])] == ["doubted"]
