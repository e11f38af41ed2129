"""Anybody reports an error; staff answer; who reported is forgotten."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from tests.directory.people_of import make_officer
from tests.factories import NOW, make_organisation, make_person, make_service

from sharingcity.directory.models import ErrorReport
from sharingcity.directory.operations import decide_report, forget_reporters, report_error, reportable, send_letter
from sharingcity.kernel import limits
from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound, Refusal, TooMany
from sharingcity.people import operations as people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    limits._purses.clear()
    yield
    limits._purses.clear()


def _report(**fields: object) -> ErrorReport:
    service = make_service()
    given = {
        "subject": reportable("service", service.code),
        "topic": "hours",
        "words": "They open at ten.",
        "reply_to": "ann@example.org",
        "person": None,
        "caller": "192.0.2.1",
        "now": NOW,
    }
    return report_error(**(given | fields))  # type: ignore[arg-type]


def test_report_is_answered_by_letter_and_then_forgotten() -> None:
    report = _report()

    decide_report(code=report.code, event="answer", by=make_officer(), now=NOW, reason="Mended, thank you.")
    send_letter(event="report_answered", row_id=report.pk)

    assert mail.outbox[0].to == ["ann@example.org"]
    assert "Mended, thank you." in mail.outbox[0].body
    assert forget_reporters(now=NOW + timedelta(days=89)) == 0
    assert forget_reporters(now=NOW + timedelta(days=90)) == 1
    assert ErrorReport.objects.get().reply_to == ""


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"words": "  "}, "report.words_missing"),
        ({"topic": "weather"}, "report.topic_unknown"),
        ({"reply_to": "ann@"}, "report.email_wrong"),
    ],
)
def test_report_with_something_wrong_says_so(fields: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        _report(**fields)

    assert refused.value.code == code


def test_reports_of_one_caller_are_limited() -> None:
    def report_often() -> None:
        for _number in range(12):
            _report()

    with pytest.raises(TooMany):
        report_often()
    _report(caller="192.0.2.2")


def test_report_of_what_is_not_there_is_refused() -> None:
    for kind, code in (("service", "NOTTHERE00"), ("person", "X"), ("organisation", "X")):
        with pytest.raises(NotFound):
            reportable(kind, code)
    assert reportable("organisation", make_organisation().code).kind == "organisation"


def test_decide_report_twice_or_by_a_resident_is_refused() -> None:
    report, officer = _report(), make_officer()

    with pytest.raises(NotAllowed):
        decide_report(code=report.code, event="answer", by=make_person(), now=NOW, reason="No")
    decide_report(code=report.code, event="dismiss", by=officer, now=NOW, reason="It is right.")
    with pytest.raises(Conflict):
        decide_report(code=report.code, event="answer", by=officer, now=NOW, reason="Twice")


def test_report_of_somebody_who_leaves_keeps_no_words() -> None:
    person = make_person()
    report = _report(person=person)

    people.delete_account(person=person, by=person, now=NOW)

    report.refresh_from_db()
    assert (report.words, report.reply_to, report.person) == ("", "", None)
