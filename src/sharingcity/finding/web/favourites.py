"""`/me/favourites`: what is kept, in the account or on the device; and the list that somebody shares."""

import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sharingcity.finding.operations import favourites as operations
from sharingcity.finding.queries import favourites as queries
from sharingcity.finding.rules.keeping import Kept, read_kept
from sharingcity.finding.web.shelves import kind_links, page_of_favourites, shelf_cards
from sharingcity.kernel import clock
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.kernel.problems import problem_response
from sharingcity.people.web.pages import me_page, reader

if TYPE_CHECKING:
    from sharingcity.people.models import Person

A_PAGE = 24


@require_safe
def favourites(request: HttpRequest) -> HttpResponse:
    """Of the account when signed in; else the script fills the page from the device."""
    if request.user.is_anonymous:
        return render(request, "finding/kept/device.html", {"rows_url": reverse("favourites-rows")})
    person = request.user
    kind, page = request.GET.get("kind", ""), page_of_favourites(request.GET.get("page", ""))
    shown = queries.favourites_of(person, kind)
    rows = list(shown[(page - 1) * A_PAGE : page * A_PAGE + 1])
    things = [Kept(row.target, row.code) for row in rows[:A_PAGE]]
    address = f"{reverse('favourites')}?kind={kind}&page=" if kind else f"{reverse('favourites')}?page="
    return me_page(
        request,
        "finding/kept/favourites.html",
        kinds=kind_links(person, kind),
        total=shown.count(),
        cards=shelf_cards(things, queries.shelf_of(things, clock.now(), person), frozenset(things)),
        next_url=f"{address}{page + 1}" if len(rows) > A_PAGE else "",
        previous_url=f"{address}{page - 1}" if page > 1 else "",
        shared=_shared(request, person),
    )


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Cards of what a device names, for its own page. Nothing about anybody is kept here."""
    things = read_kept(request.GET.getlist("of"), A_PAGE)
    viewer = None if request.user.is_anonymous else request.user
    cards = shelf_cards(things, queries.shelf_of(things, clock.now(), viewer), frozenset(things))
    return render(request, "finding/kept/_cards.html", {"cards": cards, "on_device": True})


@login_required
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """Keeps one thing or lets it go: at once for the script, else with a question in between."""
    given = request.POST if request.method == "POST" else request.GET
    found = read_kept([f"{given.get('target', '')}.{given.get('code', '')}"])
    is_script = request.headers.get("accept", "") == "application/json"
    if not found:
        unread = Refusal("request.invalid", _("This list cannot be read."), field="code")
        return problem_response(unread) if is_script else redirect("favourites")
    person, thing = reader(request), found[0]
    if request.method == "GET":
        things = [thing]
        shelf = queries.shelf_of(things, clock.now(), person)
        kept = thing in queries.kept_by(person)
        context = {"cards": shelf_cards(things, shelf, ()), "thing": thing, "is_kept": kept}
        return me_page(request, "finding/kept/keep.html", **context)
    is_kept = bool(request.POST.get("keep"))
    try:
        _turn(person, thing, is_kept=is_kept)
    except Refusal as refusal:
        if is_script:
            return problem_response(refusal)
        messages.error(request, str(refusal.sentence))
        return redirect("favourites")
    if is_script:
        return JsonResponse({"kept": is_kept})
    messages.success(request, _("Kept. You find it here again.") if is_kept else pgettext("favourite", "Let go."))
    return redirect("favourites")


def _turn(person: "Person", thing: Kept, *, is_kept: bool) -> None:
    if is_kept:
        operations.keep(person=person, thing=thing, now=clock.now())
    else:
        operations.let_go(person=person, thing=thing)


@login_required
@require_POST
def merge(request: HttpRequest) -> HttpResponse:
    """What a device has kept goes into the account; answers what the device must keep still."""
    try:
        sent = json.loads(request.body)
    except ValueError:
        sent = None
    names = sent.get("kept") if isinstance(sent, dict) else None
    if not isinstance(names, list):
        return problem_response(Refusal("request.invalid", _("This list cannot be read."), field="kept"))
    try:
        merged = operations.merge_favourites(person=reader(request), things=read_kept(names), now=clock.now())
    except NotFound as refusal:
        return problem_response(refusal)
    return JsonResponse({"kept": [str(one) for one in merged.taken], "left": [str(one) for one in merged.left]})


@login_required
@require_POST
def share(request: HttpRequest) -> HttpResponse:
    """Gives the list an address, or takes it back."""
    person = reader(request)
    if request.POST.get("event") == "unshare":
        operations.unshare_favourites(person=person)
        messages.success(request, _("The link leads nowhere from now on."))
    else:
        operations.share_favourites(person=person, title=request.POST.get("title", ""), now=clock.now())
        messages.success(request, _("Your list has a link now."))
    return redirect(f"{reverse('favourites')}#share")


@require_safe
def shared_list(request: HttpRequest, secret: str) -> HttpResponse:
    """Somebody's list, by its secret; without their name, and for no search engine."""
    try:
        shared = queries.shared_list(secret)
    except NotFound as refusal:
        raise Http404(str(refusal.sentence)) from refusal
    page = page_of_favourites(request.GET.get("page", ""))
    viewer = None if request.user.is_anonymous else request.user
    found = list(queries.favourites_of(shared.person)[(page - 1) * A_PAGE : page * A_PAGE + 1])
    things = [Kept(row.target, row.code) for row in found[:A_PAGE]]
    shelf = queries.shelf_of(things, clock.now(), viewer)
    context = {
        "name": shared.title or _("A list that somebody shares"),
        "cards": [card for card in shelf_cards(things, shelf, queries.kept_by(viewer)) if card.is_there],
        "next_url": f"{request.path}?page={page + 1}" if len(found) > A_PAGE else "",
        "previous_url": f"{request.path}?page={page - 1}" if page > 1 else "",
    }
    answer = render(request, "finding/kept/shared.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _shared(request: HttpRequest, person: "Person") -> dict[str, Any] | None:
    shared = queries.sharing_of(person)
    if shared is None:
        return None
    return {
        "title": shared.title,
        "url": request.build_absolute_uri(reverse("favourites-shared", args=[shared.secret])),
    }
