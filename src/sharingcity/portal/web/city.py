"""The desk: what waits first, then search."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sharingcity.booking.operations.events import apply_event
from sharingcity.booking.queries import desk
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.wording import long_day_words
from sharingcity.portal.slots import QUEUE_COUNTERS, Asked, DeskQueue
from sharingcity.portal.web.desk_access import RUNNING, SERVING, needs_somewhere, reach, signed_in
from sharingcity.portal.web.desk_pages import Building, building_of, desk_page, waiting_count
from sharingcity.portal.web.desk_shown import ShownQueue, headline, hot_queue, shown_queue
from sharingcity.portal.web.desk_words import booking_row
from sharingcity.ui.components import Tab
from sharingcity.ui.desk import address, back_to, moment, page_number, part_of

FIRST_ROWS = 8
ROWS = 20


@needs_somewhere(*SERVING, *RUNNING)
@require_GET
def queues(request: HttpRequest) -> HttpResponse:
    """Everything that waits, late first; or one queue with all its pages."""
    person, now = signed_in(request), moment(request)
    building = building_of(request, reach(person, SERVING, now))
    asked = Asked(person=person, now=now, place_id=building.id)
    counts = waiting_count(asked)
    name = request.GET.get("queue", "")
    chosen = QUEUE_COUNTERS.get(name) if name in counts else None
    context: dict[str, Any] = {
        "building": building,
        "today": long_day_words(local_date(now)),
        "tabs": _tabs(request, counts, name if chosen else ""),
        "waiting": sum(counts.values()),
        "can_book": bool(reach(person, ("book_for_others",), now)),
    }
    if chosen is None:
        return desk_page(request, "portal/city/desk.html", **context, **_all_queues(request, asked, counts))
    if name == "requests":
        return _requests(request, asked, chosen, context, building)
    return _one_queue(request, asked, (name, chosen, counts[name]), context)


def _tabs(request: HttpRequest, counts: dict[str, int], chosen: str) -> list[Tab]:
    everything = Tab(
        title=_("All that waits"),
        url=address(request, queue=None, page=None),
        count=str(sum(counts.values())),
        is_current=not chosen,
    )
    return [everything] + [
        Tab(
            title=str(queue.title),
            url=address(request, queue=name, page=None),
            count=str(counts[name]),
            is_current=name == chosen,
        )
        for name, queue in QUEUE_COUNTERS.items()
        if counts.get(name) or name == chosen
    ]


def _all_queues(request: HttpRequest, asked: Asked, counts: dict[str, int]) -> dict[str, Any]:
    shown = [
        shown_queue(name, queue, queue.rows(asked, 0, FIRST_ROWS), count, address(request, queue=name))
        for name, count in counts.items()
        if count and (queue := QUEUE_COUNTERS.get(name))
    ]
    hot, rest = hot_queue(shown)
    return {"headline": headline(sum(counts.values()), len(hot.rows) if hot else 0), "hot": hot, "queues": rest}


def _one_queue(
    request: HttpRequest, asked: Asked, queue: tuple[str, DeskQueue[Any], int], context: dict[str, Any]
) -> HttpResponse:
    name, found, count = queue
    first = (page_number(request) - 1) * ROWS
    rows = found.rows(asked, first, ROWS + 1)
    shown: ShownQueue = shown_queue(name, found, rows[:ROWS], count, "")
    pages = {
        "previous": address(request, page=page_number(request) - 1) if first else "",
        "next": address(request, page=page_number(request) + 1) if len(rows) > ROWS else "",
    }
    return desk_page(request, "portal/city/desk.html", **context, headline=found.title, queues=[shown], part=pages)


def _requests(
    request: HttpRequest, asked: Asked, queue: DeskQueue[Any], context: dict[str, Any], building: Building
) -> HttpResponse:
    rows = desk.requests_waiting(reach(asked.person, ("decide_requests",), asked.now), building.id)
    part = part_of(request, rows, ROWS)
    return desk_page(
        request,
        "portal/city/requests.html",
        **context,
        headline=queue.title,
        note=queue.note,
        part=part,
        bookings=[booking_row(row, asked.person, asked.now) for row in part.rows],
        here=request.get_full_path(),
    )


@needs_somewhere("decide_requests")
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Approves or declines what is ticked, each on its own: one refusal stops none of the others."""
    person, now = signed_in(request), moment(request)
    event, reason = request.POST.get("event", ""), request.POST.get("reason", "").strip()
    codes = request.POST.getlist("code")[:ROWS]
    here = f"{reverse('city-desk')}?queue=requests"
    if event not in ("confirm", "decline") or not codes:
        messages.error(request, _("Tick at least one request."))
        return back_to(request, here)
    if event == "decline" and not reason:
        messages.error(request, _("Say why, in a sentence: whoever asked reads it."))
        return back_to(request, here)
    done = 0
    for code in codes:
        try:
            apply_event(code=code, event=event, by=person, now=now, reason=reason)
        except Refusal as refusal:
            messages.error(request, f"{code}: {refusal.sentence}")
        else:
            done += 1
    if done:
        messages.success(request, _decided(event, done))
    return back_to(request, here)


def _decided(event: str, done: int) -> str:
    if event == "confirm":
        return ngettext("%(count)s request approved.", "%(count)s requests approved.", done) % {"count": done}
    return ngettext("%(count)s request declined.", "%(count)s requests declined.", done) % {"count": done}


@needs_somewhere("see_bookers", *SERVING)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """A booking by its number or by who booked it, among those this person may see."""
    person, now = signed_in(request), moment(request)
    words = request.GET.get("q", "").strip()[:80]
    rows = desk.search_bookings(reach(person, ("see_bookers",), now), words)
    part = part_of(request, rows, ROWS) if words else None
    return desk_page(
        request,
        "portal/city/search.html",
        words=words,
        part=part,
        bookings=[booking_row(row, person, now) for row in part.rows] if part else [],
    )
