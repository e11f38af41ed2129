"""`/city/entries/pairs/ID` and `/city/entries/SLUG/merge`: two entries that may be one."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sharingcity.directory import operations
from sharingcity.directory.queries import get_organisation
from sharingcity.directory.queries.merging import hanging_on
from sharingcity.directory.queries.waiting import get_likeness
from sharingcity.directory.states import LIKENESS
from sharingcity.directory.web.access import attempt, for_staff, refuse_elsewhere, signed_in
from sharingcity.directory.web.words import FIELD_WORDS, reason_words, title_of, value_words
from sharingcity.kernel.errors import NotFound
from sharingcity.ui.desk import desk_page, moment

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation

COMPARED = ("legal_form", "registration_number", "district_id", "address", "phone", "email", "url", "fields")


@for_staff
@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, likeness_id: int) -> HttpResponse:
    """Both beside each other; they are two, or one goes into the other."""
    found = get_likeness(likeness_id)
    by, now = signed_in(request), moment(request)
    refuse_elsewhere(request, found.first, found.second)
    if request.method == "POST":
        done = attempt(
            request,
            _("Noted: they are two different ones."),
            lambda: operations.part_entries(likeness_id=likeness_id, by=by, now=now),
        )
        return redirect("/city?queue=likenesses") if done else redirect("entry-pair", likeness_id)
    return desk_page(
        request,
        "directory/staff_pair.html",
        sides=[_side(found.first, found.second), _side(found.second, found.first)],
        rows=_rows(found.first, found.second),
        why=reason_words(found.reasons),
        state=LIKENESS.states[found.state],
        is_open=found.state == "open",
    )


def _side(one: "Organisation", other: "Organisation") -> dict[str, Any]:
    merge_url = reverse("entry-merge", args=[other.slug])
    return {
        "title": title_of(one),
        "slug": one.slug,
        "is_shown": one.state == "published",
        "keep_url": f"{merge_url}?into={one.slug}",
        "hanging": [row for row in hanging_on(one.pk) if row.count],
    }


def _rows(first: "Organisation", second: "Organisation") -> list[dict[str, Any]]:
    return [
        {
            "term": FIELD_WORDS[name],
            "sides": [value_words(name, getattr(one, name)) for one in (first, second)],
        }
        for name in COMPARED
        if getattr(first, name) or getattr(second, name)
    ]


@for_staff
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """`?into=SLUG`: what would move, then the merge itself. Nobody takes it back."""
    loser = get_organisation(slug)
    refuse_elsewhere(request, loser)
    into = request.POST.get("into", "") or request.GET.get("into", "")
    winner = _winner(into.strip().rpartition("/")[2])
    if winner is not None:
        refuse_elsewhere(request, winner)
    if request.method == "POST" and winner is not None:
        by, now, kept = signed_in(request), moment(request), winner
        done = attempt(
            request,
            _("They are one entry now."),
            lambda: operations.merge_organisations(loser=loser, winner=kept, by=by, now=now),
        )
        return redirect("entry-page", winner.slug if done else loser.slug)
    return desk_page(
        request,
        "directory/staff_merge.html",
        title=title_of(loser),
        slug=loser.slug,
        can_go=loser.state != "retired",
        into=into,
        unknown=bool(into) and winner is None,
        winner=title_of(winner) if winner else "",
        winner_slug=winner.slug if winner else "",
        is_same=winner is not None and winner.pk == loser.pk,
        hanging=[row for row in hanging_on(loser.pk) if row.count],
        told=gettext_lazy("What the kept entry lacks (telephone, website, texts …) is taken over from this one."),
    )


def _winner(slug: str) -> "Organisation | None":
    if not slug:
        return None
    try:
        return get_organisation(slug)
    except NotFound:
        return None
