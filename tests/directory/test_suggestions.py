"""Anybody suggests what is missing; staff make a draft of it or say why not; the address is forgotten."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from tests.directory.people_of import make_officer
from tests.factories import NOW, make_district, make_organisation, make_person, make_service

from sharingcity.directory.models import Organisation, Service, Suggestion
from sharingcity.directory.operations import (
    Suggested,
    decline_suggestion,
    draft_suggestion,
    forget_suggesters,
    propose_change,
    send_letter,
    suggest_entry,
)
from sharingcity.directory.queries.waiting import suggestions_waiting
from sharingcity.kernel import limits
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal, TooMany
from sharingcity.kernel.projections import projection_faults
from sharingcity.people.permissions import CITY, Scope

pytestmark = pytest.mark.django_db
FORM = {"kind": "organisation", "name": "O’Neill <Seeds>", "shared": "Seeds of old vegetables"}
WRITE = {"reply_to": "ann@example.org", "may_write": "on"}


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    limits._purses.clear()
    yield
    limits._purses.clear()


def _suggest(caller: str = "192.0.2.1", **fields: Any) -> Suggestion:
    said = Suggested(**({"kind": "organisation", "name": "Seed bank", "shared": "Seeds"} | fields))
    return suggest_entry(said=said, caller=caller, now=NOW)


def test_form_takes_a_suggestion_without_an_account_and_two_clicks_are_one() -> None:
    visitor = Client(headers={"Accept-Language": "en"})

    assert "Seeds" in visitor.get("/suggest?name=Seeds").content.decode()
    for _click in range(2):
        assert "Thank you" in visitor.post("/suggest", FORM | WRITE).content.decode()

    found = Suggestion.objects.get()
    assert (found.name, found.reply_to, found.language) == (FORM["name"], "ann@example.org", "en")


def test_form_offers_what_is_there_already_until_it_is_said_to_be_another() -> None:
    organisation = make_organisation("Seed bank", name_keys="seedbank")
    service = make_service("Seed bank")
    gone = make_organisation("Seed bank", name_keys="seedbank", state="retired")
    visitor = Client(headers={"Accept-Language": "en"})

    answer = visitor.post("/suggest", FORM | {"name": "Seed-Bank"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"/organisations/{organisation.slug}" in page
    assert f"/services/{service.slug}" in page
    assert gone.slug not in page
    assert not Suggestion.objects.exists()
    visitor.post("/suggest", FORM | {"name": "Seed-Bank", "different": "on"})
    assert Suggestion.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": " "}, "suggestion.name_missing"),
        ({"shared": ""}, "suggestion.shared_missing"),
        ({"kind": "person"}, "suggestion.kind_unknown"),
        ({"url": "javascript:alert(1)"}, "suggestion.link_wrong"),
        ({"reply_to": "ann@", "may_write": True}, "suggestion.email_wrong"),
        ({"reply_to": "ann@example.org"}, "suggestion.consent_missing"),
    ],
)
def test_suggestion_with_something_wrong_says_so(fields: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        _suggest(**fields)

    assert refused.value.code == code


def test_suggestions_of_one_caller_are_limited() -> None:
    def suggest_often() -> None:
        for number in range(12):
            _suggest(name=f"Number {number}")

    with pytest.raises(TooMany):
        suggest_often()
    _suggest(caller="192.0.2.2")


def test_draft_is_seen_by_nobody_until_staff_save_it() -> None:
    suggestion, officer = _suggest(url="https://seeds.example.org/"), make_officer()
    made = draft_suggestion(code=suggestion.code, by=officer, now=NOW).organisation
    assert made is not None

    visitor = Client()
    assert visitor.get(f"/organisations/{made.slug}").status_code == 404
    assert (made.state, made.url) == ("draft", "https://seeds.example.org/")
    propose_change(entry=made, changes={"legal_form": "company"}, seen=0, by=officer, now=NOW)
    assert Organisation.objects.get(pk=made.pk).state == "published"
    assert visitor.get(f"/organisations/{made.slug}").status_code == 200
    assert list(projection_faults()) == []


def test_service_needs_who_runs_it() -> None:
    suggestion, officer = _suggest(kind="service"), make_officer()
    runner = make_organisation()

    with pytest.raises(Refusal) as refused:
        draft_suggestion(code=suggestion.code, by=officer, now=NOW)
    assert refused.value.code == "suggestion.runner_missing"
    draft_suggestion(code=suggestion.code, by=officer, now=NOW, runner=runner)
    service = Service.objects.get()
    assert (service.organisation, service.state) == (runner, "draft")


def test_decision_is_made_once_and_by_who_enters_there() -> None:
    mapo, jung = make_district("mapo"), make_district("jung")
    here, anywhere = _suggest(district_id=mapo.pk), _suggest(name="Other")
    there = make_officer("district", mapo.pk)

    for person in (make_person(), make_officer("district", jung.pk)):
        with pytest.raises(NotAllowed):
            draft_suggestion(code=here.code, by=person, now=NOW)
    with pytest.raises(NotAllowed):
        decline_suggestion(code=anywhere.code, by=there, now=NOW, reason="No")
    assert list(suggestions_waiting([Scope("district", mapo.pk)])) == [here]
    assert list(suggestions_waiting([CITY])) == [here, anywhere]
    draft_suggestion(code=here.code, by=there, now=NOW)
    with pytest.raises(Conflict):
        decline_suggestion(code=here.code, by=there, now=NOW, reason="Twice")
    assert Organisation.objects.count() == 1


def test_answer_is_the_only_letter_and_takes_the_address_along() -> None:
    suggestion = _suggest(reply_to="ann@example.org", may_write=True)
    decline_suggestion(code=suggestion.code, by=make_officer(), now=NOW, reason="It is in {another} city.")

    for _attempt in range(2):
        send_letter(event="suggestion_answered", row_id=suggestion.pk)

    (letter,) = mail.outbox
    assert letter.to == ["ann@example.org"]
    assert "It is in {another} city." in letter.body
    assert Suggestion.objects.get().reply_to == ""


def test_what_nobody_needs_any_more_is_forgotten() -> None:
    suggestion = _suggest(reply_to="ann@example.org", may_write=True)
    assert forget_suggesters(now=NOW + timedelta(days=179)) == 0
    assert forget_suggesters(now=NOW + timedelta(days=180)) == 1
    decline_suggestion(code=suggestion.code, by=make_officer(), now=NOW, reason="No.")
    assert forget_suggesters(now=NOW + timedelta(days=90)) == 1
    assert Suggestion.objects.get().shared == ""


def test_page_of_staff_makes_the_draft_in_one_click_or_declines_with_a_reason() -> None:
    one, other = _suggest(), _suggest(name="Other <b>")
    staff = Client(headers={"Accept-Language": "en"})
    staff.force_login(make_officer())
    address = f"/city/entries/suggestions/{other.code}"

    answer = staff.post(f"/city/entries/suggestions/{one.code}", {"do": "draft"})
    assert answer.headers["Location"] == f"/host/entry/{Organisation.objects.get().slug}"
    assert "Nobody sees this entry yet" in staff.get(answer.headers["Location"]).content.decode()
    assert "Other &lt;b&gt;" in staff.get(address).content.decode()
    assert staff.post(address, {"do": "decline"}).headers["Location"] == address
    staff.post(address, {"do": "decline", "reason": "It is closed."})
    other.refresh_from_db()
    assert (other.state, other.answer) == ("declined", "It is closed.")
    assert "Suggestions" in staff.get("/city?queue=suggestions").content.decode()


def test_directory_and_an_empty_search_lead_to_the_form() -> None:
    visitor = Client()

    assert "/suggest?name=Nowhere" in visitor.get("/organisations?q=Nowhere").content.decode()
    assert "/suggest" in visitor.get("/find?q=zzzzqq").content.decode()
