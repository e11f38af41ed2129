"""Feeds: how each of them is, and what staff do about it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from sharingcity.kernel import clock
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.partners import operations, queries
from sharingcity.partners.operations import Trial
from sharingcity.partners.queries.feeds import examples_of
from sharingcity.partners.states import BY_HAND, FEED
from sharingcity.partners.web.feed_forms import FeedChangeForm, FeedForm
from sharingcity.partners.web.feed_words import feed_row, sheet_of
from sharingcity.partners.web.pages import attempt, for_importers, import_page, reader
from sharingcity.partners.web.presenters import run_row
from sharingcity.ui.desk import moment, part_of

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import QueryDict

    from sharingcity.partners.models import Feed

A_PAGE = 50
DONE = {
    "run": gettext_lazy("It is read as soon as a worker is free."),
    "pause": gettext_lazy("Paused. What it brought stays."),
    "resume": gettext_lazy("It is fetched again."),
    "accept": gettext_lazy("Accepted. It is read as soon as a worker is free."),
}


@for_importers
@require_GET
def feeds(request: HttpRequest) -> HttpResponse:
    """All feeds, those that need somebody first."""
    now = moment(request)
    part = part_of(request, queries.feeds(), A_PAGE)
    rows = [feed_row(feed, now) for feed in part.rows]
    return import_page(request, "partners/feeds.html", rows=rows, previous=part.previous, next=part.next)


@for_importers
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new feed: tried first, then added."""
    form = FeedForm(_sent(request))
    trial: Trial | None = None
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        by, draft = reader(request), form.draft()
        try:
            if request.POST.get("do") != "add":
                trial = operations.try_feed(draft=draft, by=by, now=now, today=local_date(now))
            else:
                made = operations.add_feed(draft=draft, by=by, now=now)
                messages.success(request, _("Added. It is read as soon as a worker is free."))
                return redirect("partners-feed", made.code)
        except Refusal as refusal:
            _say(form, refusal)
    status = 422 if form.is_bound and form.errors else 200
    return import_page(request, "partners/feed_add.html", form=form, trial=trial, status=status)


def _sent(request: HttpRequest) -> "QueryDict | None":
    """What was typed; the organisation that was chosen stands for the words that it was offered for."""
    sent = request.POST.copy()
    if sent.get("chosen") and sent.get("offered_for") == sent.get("organisation"):
        sent["organisation"] = str(sent["chosen"])
    return sent or None


def _say(form: "Form", refusal: Refusal) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else "location", str(refusal.sentence))


@for_importers
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """One feed; its buttons come back here."""
    one = queries.get_feed(code)
    if request.method == "POST":
        _act(request, one)
        return redirect("partners-feed", one.code)
    now = moment(request)
    row = feed_row(one, now)
    events = {found.event for found in FEED.allowed(one, by=reader(request), now=now)}
    return import_page(
        request,
        "partners/feed.html",
        row=row,
        pairs=sheet_of(one, row, now),
        events=events,
        is_by_hand=one.state == BY_HAND,
        may_run=one.state in ("active", "quarantined"),
        quarantine=one.quarantine if one.state == "quarantined" else None,
        examples=[localised(listing.titles) for listing in examples_of(one)],
        runs=[run_row(run) for run in queries.runs_of(one)],
    )


def _act(request: HttpRequest, one: "Feed") -> None:
    by, now = reader(request), clock.now()
    seen = request.POST.get("vanished", "")
    acts: dict[str, Callable[[], Any]] = {
        "run": lambda: operations.run_feed_now(feed=one, by=by, now=now),
        "pause": lambda: operations.pause_feed(feed=one, by=by, now=now),
        "resume": lambda: operations.resume_feed(feed=one, by=by, now=now),
        "accept": lambda: operations.accept_feed(
            feed=one, vanished=int(seen) if seen.isascii() and seen.isdigit() else -1, by=by, now=now
        ),
    }
    wanted = request.POST.get("do", "")
    if wanted not in acts:
        raise NotFound("feed.unknown", _("There is no such feed."))
    attempt(request, str(DONE[wanted]), acts[wanted])


@for_importers
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Name, address and pace; what is brought by hand has none of them."""
    one = queries.get_feed(code)
    if one.state == BY_HAND:
        return redirect("partners-feed", one.code)
    form = FeedChangeForm(request.POST or None, feed=one)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_feed(feed=one, changes=form.cleaned_data, by=reader(request), now=clock.now())
        except Refusal as refusal:
            _say(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("partners-feed", one.code)
    status = 422 if form.is_bound and form.errors else 200
    url = reverse("partners-feed", args=[one.code])
    return import_page(request, "partners/feed_change.html", form=form, name=one.name, url=url, status=status)


@for_importers
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """What giving it up takes away, and the button."""
    one = queries.get_feed(code)
    url = reverse("partners-feed", args=[one.code])
    if request.method == "POST":
        by = reader(request)
        attempt(
            request,
            _("Given up. What it brought is not shown any more."),
            lambda: operations.retire_feed(feed=one, by=by, now=clock.now()),
        )
        return redirect(url)
    going = operations.what_goes(one, moment(request))
    is_over = one.state == "retired"
    return import_page(request, "partners/feed_retire.html", going=going, name=one.name, url=url, is_over=is_over)
