"""`/me/searches`: searches that somebody keeps, and the letters about them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sharingcity.finding.operations import searches as operations
from sharingcity.finding.queries.asked import read_asked
from sharingcity.finding.queries.searches import is_over, searches_of
from sharingcity.finding.rules.keeping import MOST_SEARCHES
from sharingcity.finding.web.addresses import Address
from sharingcity.finding.web.presenters import summary_words
from sharingcity.kernel import clock
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.people.web.pages import me_page, reader
from sharingcity.ui.components import Option

if TYPE_CHECKING:
    from sharingcity.finding.models import SavedSearch

OFTEN_WORDS: dict[str, str | Promise] = {
    "daily": gettext_lazy("Once a day, in one letter"),
    "at_once": gettext_lazy("As soon as it is there"),
    "never": gettext_lazy("Not at all: only keep the search"),
}


@login_required
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """What is kept, each with what it asks, how often it is told, and what can be done."""
    now = clock.now()
    rows = [_row(saved, now) for saved in searches_of(reader(request))]
    return me_page(request, "finding/searches/searches.html", searches=rows, most=MOST_SEARCHES)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Keeps the search whose address it is given: a name and how often, nothing more."""
    now = clock.now()
    address = _address(request.GET, now)
    error = ""
    if request.method == "POST":
        try:
            operations.save_search(
                person=reader(request),
                name=request.POST.get("name", ""),
                address=address,
                often=request.POST.get("often", ""),
                now=now,
            )
        except Refusal as refusal:
            error = str(refusal.sentence)
        else:
            messages.success(request, _("Saved. We tell you what is new."))
            return redirect("searches")
    typed = request.POST.get("name", "") or summary_words(QueryDict(address), now)[:80]
    return me_page(
        request,
        "finding/searches/new.html",
        name=typed,
        summary=summary_words(QueryDict(address), now),
        often=_often(request.POST.get("often", "daily")),
        error=error,
        find_url=f"{reverse('finding-find')}?{address}",
    )


@login_required
@require_POST
def change(request: HttpRequest, code: str) -> HttpResponse:
    """A new name, another rhythm, or gone."""
    person = reader(request)
    try:
        if request.POST.get("event") == "delete":
            operations.delete_search(person=person, code=code)
            messages.success(request, _("Deleted."))
        else:
            operations.change_search(
                person=person,
                code=code,
                name=request.POST.get("name", ""),
                often=request.POST.get("often", ""),
                now=clock.now(),
            )
            messages.success(request, _("Saved."))
    except NotFound as refusal:
        raise Http404(str(refusal.sentence)) from refusal
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    return redirect("searches")


@csrf_exempt  # mail programs post here by themselves (RFC 8058); what may be ended stands signed in the address
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """From the foot of a letter, without signing in: one tap ends them. Opening it changes nothing, for mail programs
    open links by themselves.
    """
    try:
        _person, code = operations.read_stop_token(token)
        if request.method == "POST":
            operations.stop_letters(token=token)
    except NotFound as refusal:
        raise Http404(str(refusal.sentence)) from refusal
    answer = render(request, "finding/searches/stop.html", {"is_one": bool(code), "is_done": request.method == "POST"})
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _address(get: QueryDict, now: datetime) -> str:
    """What is kept of an address: what it asks, not the page it stood on."""
    asked = read_asked(get, now, 1)
    return Address(asked.values, asked.access).with_().partition("?")[2]


def _row(saved: "SavedSearch", now: datetime) -> dict[str, Any]:
    return {
        "code": saved.code,
        "name": saved.name,
        "summary": summary_words(QueryDict(saved.address), now),
        "url": f"{reverse('finding-find')}?{saved.address}",
        "often": _often(saved.often),
        "is_paused": saved.often == "never",
        "is_over": is_over(saved.address, now),
        "knows_all": saved.knows_all,
    }


def _often(chosen: str) -> list[Option]:
    return [Option(value=value, label=str(words), is_chosen=value == chosen) for value, words in OFTEN_WORDS.items()]
