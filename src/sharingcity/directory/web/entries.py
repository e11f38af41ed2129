"""`/host/entry`: what an organisation's own people, and staff, see of its entry."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sharingcity.directory import operations
from sharingcity.directory.permissions import keeps_directory, owns_entry
from sharingcity.directory.queries import organisations_of
from sharingcity.directory.queries.retiring import standing_retirement
from sharingcity.directory.queries.versions import versions_of, waiting_version
from sharingcity.directory.queries.waiting import open_question_of, services_kept, waiting_numbers
from sharingcity.directory.states import VERSION
from sharingcity.directory.web.access import ABILITY, attempt, edited, for_members, signed_in
from sharingcity.directory.web.words import FIELD_WORDS, STATE_WORDS, differences, retired_words, title_of
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, moment_words
from sharingcity.people.permissions import scopes_with
from sharingcity.ui.desk import desk_page, moment

if TYPE_CHECKING:
    from sharingcity.directory.models import EntryVersion, Organisation, Service

HISTORY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A service as its own people see it in a list."""

    title: str
    code: str
    text: str
    state: str
    tone: str
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One version in the history."""

    number: int
    what: str
    state: str
    when: str
    who: str
    reason: str


@for_members
@require_GET
def entries(request: HttpRequest) -> HttpResponse:
    """The organisations whose entries the reader keeps; straight to the only one. Others have nothing here."""
    person, now = signed_in(request), moment(request)
    found = list(organisations_of(person, now, roles=("owner", "editor")).order_by("slug"))
    if not found and not scopes_with(person, ABILITY, now):
        raise PermissionDenied
    if len(found) == 1:
        return redirect("entry-page", found[0].slug)
    rows = [{"title": title_of(one), "slug": one.slug, "text": localised(one.descriptions)} for one in found]
    return desk_page(request, "directory/entries.html", entries=rows)


@for_members
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """A POST carries `do`: confirm that all is true, or withdraw the change that waits."""
    organisation = edited(request, slug)
    if organisation.merged_into:
        return redirect("entry-page", organisation.merged_into.slug)
    if request.method == "POST":
        _act(request, organisation)
        return redirect("entry-page", organisation.slug)
    return desk_page(request, "directory/entry.html", **_context(request, organisation))


def _act(request: HttpRequest, organisation: "Organisation") -> None:
    by, now = signed_in(request), moment(request)
    if request.POST.get("do") == "confirm":
        attempt(
            request,
            _("Thank you. The entry says that it was confirmed today."),
            lambda: operations.confirm_entry(organisation=organisation, by=by, now=now),
        )
    elif (waiting := waiting_version(organisation)) is not None:
        attempt(
            request,
            _("The change is withdrawn."),
            lambda: operations.decide_version(version_id=waiting.pk, event="withdraw", by=by, now=now),
        )


def _context(request: HttpRequest, organisation: "Organisation") -> dict[str, Any]:
    person, now = signed_in(request), moment(request)
    waiting, question = waiting_version(organisation), open_question_of(organisation.pk)
    waits = set(waiting_numbers(organisation.pk))
    state, tone = STATE_WORDS[organisation.state]
    confirmed = organisation.confirmed_at
    return {
        "title": title_of(organisation),
        "slug": organisation.slug,
        "state": state,
        "tone": tone,
        "is_draft": organisation.state == "draft",
        "is_shown": organisation.state == "published",
        "retired": retired_words(standing_retirement(organisation)),
        "public_url": f"/organisations/{organisation.slug}" if organisation.state != "draft" else "",
        "waiting": differences(waiting) if waiting else [],
        "waiting_since": moment_words(waiting.proposed_at) if waiting else "",
        "question": question.state if question else "",
        "at_desk": bool(question and question.asks == "desk"),
        "confirmed": day_words(confirmed, with_year=True) if confirmed else "",
        "services": [_kept(one, waits) for one in services_kept(organisation.pk)],
        "versions": [told(one) for one in versions_of(organisation)[:HISTORY]],
        "owns": owns_entry(person, organisation, now),
        "is_staff": keeps_directory(person, organisation, now),
    }


def _kept(one: "Service", waits: set[int | None]) -> Kept:
    state, tone = STATE_WORDS[one.state]
    return Kept(
        title=title_of(one),
        code=one.code,
        text=localised(one.summaries),
        state=str(state),
        tone=tone,
        waits=one.pk in waits,
    )


def told(version: "EntryVersion") -> Told:
    """A version as a line of the history."""
    named = [str(FIELD_WORDS[name]) for name in FIELD_WORDS if name in version.changes]
    return Told(
        number=version.number,
        what=_(", ").join(named),
        state=str(VERSION.states[version.state]),
        when=moment_words(version.proposed_at, with_year=True),
        who=version.proposed_by.name if version.proposed_by else "",
        reason=version.reason,
    )
