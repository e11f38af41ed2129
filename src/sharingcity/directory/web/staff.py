"""`/city/entries/…`: staff decide on changes, claims and reports."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.directory import operations
from sharingcity.directory.queries import members_of
from sharingcity.directory.queries.waiting import get_claim, get_report, get_version
from sharingcity.directory.states import CLAIM, REPORT, VERSION
from sharingcity.directory.vocabulary import REPORT_TOPICS
from sharingcity.directory.web.access import attempt, for_staff, refuse_elsewhere, signed_in
from sharingcity.directory.web.words import differences, title_of
from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import moment_words
from sharingcity.ui.desk import desk_page, moment


@for_staff
@require_http_methods(["GET", "POST"])
def version(request: HttpRequest, version_id: int) -> HttpResponse:
    """What is shown beside what is proposed; approve, or return with a reason."""
    found = get_version(version_id)
    refuse_elsewhere(request, found.organisation)
    if request.method == "POST":
        return _decide(
            request,
            "versions",
            redirect("entry-version", version_id),
            partial(operations.decide_version, version_id=version_id),
        )
    entry = found.service or found.organisation
    return desk_page(
        request,
        "directory/staff_version.html",
        title=title_of(entry),
        owner=title_of(found.organisation) if found.service else "",
        slug=found.organisation.slug,
        public_url=_public_url(found),
        is_new=found.service is not None and found.service.state == "draft",
        differences=differences(found),
        who=found.proposed_by.name if found.proposed_by else "",
        when=moment_words(found.proposed_at, with_year=True),
        state=VERSION.states[found.state],
        reason=found.reason,
        is_open=found.state == "proposed",
    )


def _public_url(found: Any) -> str:
    if found.service:
        return f"/services/{found.service.slug}" if found.service.state == "published" else ""
    return f"/organisations/{found.organisation.slug}"


@for_staff
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Who says that an entry is theirs, and how they show it."""
    found = get_claim(claim_id)
    refuse_elsewhere(request, found.organisation)
    if request.method == "POST":
        return _decide(
            request, "claims", redirect("entry-claim", claim_id), partial(operations.decide_claim, claim_id=claim_id)
        )
    one = found.organisation
    return desk_page(
        request,
        "directory/staff_claim.html",
        title=title_of(one),
        slug=one.slug,
        contacts=[value for value in (one.phone, one.email, one.url) if value],
        who=found.person.name,
        email=found.person.email,
        proof=found.proof,
        when=moment_words(found.created_at, with_year=True),
        members=[member.person.name for member in members_of(one.pk, moment(request))],
        state=CLAIM.states[found.state],
        is_open=found.state == "waiting",
    )


@for_staff
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, code: str) -> HttpResponse:
    """What somebody found wrong; the answer goes to them."""
    found = get_report(code)
    refuse_elsewhere(request, found.organisation)
    if request.method == "POST":
        return _decide(request, "reports", redirect("entry-report", code), partial(operations.decide_report, code=code))
    try:
        subject = operations.reportable(found.subject_kind, found.subject_code)
        title, url = localised(subject.names), subject.path
    except NotFound:
        title, url = title_of(found.organisation), ""
    return desk_page(
        request,
        "directory/staff_report.html",
        title=title,
        url=url,
        slug=found.organisation.slug,
        owner=title_of(found.organisation),
        topic=REPORT_TOPICS.get(found.topic, ""),
        words=found.words,
        hears=bool(found.reply_to),
        when=moment_words(found.created_at, with_year=True),
        answer=found.answer,
        state=REPORT.states[found.state],
        is_open=found.state == "open",
    )


def _decide(request: HttpRequest, queue: str, again: HttpResponse, decide: Callable[..., object]) -> HttpResponse:
    """Does what the form says, with its reason, and on to what waits next; a refusal leads back to the page."""
    event, reason = request.POST.get("do", ""), request.POST.get("reason", "")
    act = partial(decide, event=event, reason=reason, by=signed_in(request), now=moment(request))
    if attempt(request, _("Decided."), act):
        return redirect(f"/city?queue={queue}")
    return again
