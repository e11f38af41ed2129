"""Anybody reports an error; staff mend it and answer."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.effects import enqueue_letter
from sharingcity.directory.models import ErrorReport
from sharingcity.directory.slots import REPORTABLE, Reportable
from sharingcity.directory.states import REPORT
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.kernel.limits import Limit, spend
from sharingcity.kernel.states import Actor, SystemActor

if TYPE_CHECKING:
    from sharingcity.people.models import Person

PER_CALLER = Limit("error-reports", 6, 3600)
MOST_WORDS = 2000
# So long after the answer it is still known who asked.
KEPT = timedelta(days=90)
NOBODY = SystemActor("anonymous")


def reportable(kind: str, code: str) -> Reportable:
    """The thing that an error is reported of. Raises: NotFound `report.subject_unknown`."""
    find = REPORTABLE.get(kind)
    if find is None or (found := find(code)) is None:
        raise NotFound("report.subject_unknown", _("There is no such entry."))
    return found


@retried
def report_error(
    *,
    subject: Reportable,
    topic: str,
    words: str,
    reply_to: str,
    person: "Person | None",
    caller: str,
    now: datetime,
) -> ErrorReport:
    """Somebody says what is wrong, with an address for the answer when they want one. `caller` is counted, not kept.

    Raises: Refusal `report.words_missing`, `report.topic_unknown`, `report.email_wrong`; TooMany `request.too_many`.
    """
    said, address = words.strip(), reply_to.strip()
    if not said:
        raise Refusal("report.words_missing", _("Say in a sentence what is wrong."), field="words")
    if topic not in ErrorReport.Topic.values:
        raise Refusal("report.topic_unknown", _("Choose what is wrong."), field="topic")
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise Refusal("report.email_wrong", _("Enter an e-mail address, or none."), field="reply_to") from None
    spend(PER_CALLER, caller, now)
    with write():
        report = ErrorReport(
            subject_kind=subject.kind,
            subject_code=subject.code,
            organisation_id=subject.organisation_id,
            topic=topic,
            words=said[:MOST_WORDS],
            reply_to=address,
            language=(get_language() or "").split("-")[0],
            person=person,
            created_at=now,
        )
        REPORT.transition(report, "report", by=person or NOBODY, now=now, data={"topic": topic})
    return report


@retried
def decide_report(*, code: str, event: str, by: Actor, now: datetime, reason: str) -> ErrorReport:
    """Staff `answer` (it is mended) or `dismiss` (nothing to mend); the words go to who reported it, if they can.

    Raises: NotFound `report.unknown`; NotAllowed `report.event_unknown`; those of `kernel.states`.
    """
    if event not in ("answer", "dismiss"):
        raise NotAllowed("report.event_unknown", _("You may not do this."))
    rows = ErrorReport.objects.filter(code=code).select_related("organisation", "person")
    with write():
        lock([f"report:{code}"])
        if (report := rows.first()) is None:
            raise NotFound("report.unknown", _("There is no such report."))
        report.decided_at, report.decided_by_id = now, getattr(by, "pk", None)
        report.answer = reason.strip()[:MOST_WORDS]
        REPORT.transition(report, event, by=by, now=now, reason=reason, also=("decided_at", "decided_by", "answer"))
        if report.reply_to:
            enqueue_letter("report_answered", report.pk)
    return report


def forget_reporters(*, now: datetime) -> int:
    """90 days after the answer nobody knows any more who reported it; the daily job calls it. Returns how many."""
    over = ErrorReport.objects.filter(decided_at__lte=now - KEPT)
    return over.filter(~Q(reply_to="") | ~Q(person=None)).update(reply_to="", person=None)
