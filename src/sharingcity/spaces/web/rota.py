"""The rota: who opens and closes, gaps first; one shift; a key-holder's own list."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sharingcity.kernel.city import local_date, zone
from sharingcity.kernel.dates import read_day
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.intervals import Interval, day_span
from sharingcity.kernel.wording import moment_words
from sharingcity.listings.queries import get_place
from sharingcity.spaces import operations, queries
from sharingcity.spaces.web.access import KEEPING, attempt, check_reaches, needs_somewhere, reach, signed_in
from sharingcity.spaces.web.buildings import Building, building_of
from sharingcity.spaces.web.rota_rows import ALONE, PASSING, ShiftRow, group_rows, shift_row, way_in, week_rows
from sharingcity.ui.components import Option
from sharingcity.ui.desk import address, back_to, desk_page, moment, part_of

if TYPE_CHECKING:
    from sharingcity.people.models import Person
    from sharingcity.spaces.models import Shift

GAPS = 25
WEEK_SHIFTS = 400


@needs_somewhere(*KEEPING)
@require_GET
def rota(request: HttpRequest) -> HttpResponse:
    """`/host/rota?place=&week=`: evenings without a key-holder, then the week."""
    person, now = signed_in(request), moment(request)
    scopes = reach(request, KEEPING)
    building = building_of(request, scopes)
    monday = _monday(request, now)
    part = part_of(request, queries.rota_gaps(scopes, now, building.id), GAPS)
    shifts = list(queries.shifts_in(scopes, _week(monday), building.id)[:WEEK_SHIFTS])
    runs = reach(request, ("decide_requests",))
    return desk_page(
        request,
        "spaces/rota.html",
        building=building,
        keep={"week": monday.isoformat()} if "week" in request.GET else {},
        part=part,
        gaps=[shift_row(shift, person, now) for shift in part.rows],
        days=week_rows(monday, shifts, person, now),
        before=address(request, week=monday - timedelta(days=7), page=None),
        after=address(request, week=monday + timedelta(days=7), page=None),
        stewards=_choices(building, now) if runs else [],
        here=request.get_full_path(),
        runs=bool(runs),
    )


def _monday(request: HttpRequest, now: datetime) -> date:
    asked = read_day(request.GET.get("week")) or local_date(now)
    return asked - timedelta(days=asked.weekday())


def _week(monday: date) -> Interval:
    first, last = day_span(monday, zone()), day_span(monday + timedelta(days=6), zone())
    return Interval(first.starts_at, last.ends_at)


def _choices(building: Building, now: datetime) -> list[Option]:
    """Key-holders to choose from beside each gap, where the page is about one building."""
    if not building.code:
        return []
    return _stewards(queries.stewards_for(get_place(building.code), now))


def _stewards(people: "list[Person]") -> list[Option]:
    return [Option(value=str(person.pk), label=person.name) for person in people]


@needs_somewhere(*KEEPING)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """`/host/rota/mine`: a key-holder's coming shifts, and those that nobody has."""
    person, now = signed_in(request), moment(request)
    own = list(queries.shifts_of(person, now))
    free = [s for s in queries.rota_gaps(reach(request, ("check_in",)), now)[:GAPS] if s.steward_id is None]
    return desk_page(
        request,
        "spaces/mine.html",
        shifts=_with_groups(own, person, now),
        free=[shift_row(shift, person, now) for shift in free],
        here=request.get_full_path(),
    )


def _with_groups(shifts: "list[Shift]", person: "Person", now: datetime) -> list[ShiftRow]:
    """Shifts with who comes and their check-lists; three queries for any number."""
    groups = queries.groups_of(shifts)
    lists = queries.moments_listed({shift.place_id for shift in shifts}) if shifts else set()
    done = queries.checks_done({row.pk for rows in groups.values() for row in rows}) if shifts else set()
    return [shift_row(shift, person, now, group_rows(groups[shift.pk], (lists, done), person, now)) for shift in shifts]


@needs_somewhere(*KEEPING)
@require_http_methods(["GET", "POST"])
def shift(request: HttpRequest, code: str) -> HttpResponse:
    """`/host/rota/CODE`: one shift; a POST carries `do`, an event of the state table, and perhaps `steward`."""
    found = queries.get_shift(code)
    check_reaches(request, found.place, *KEEPING)
    if request.method == "POST":
        return _act(request, found)
    person, now = signed_in(request), moment(request)
    (row,) = _with_groups([found], person, now)
    ways = queries.entry_for_shift(found, person, now)
    return desk_page(
        request,
        "spaces/shift.html",
        row=row,
        here=request.path,
        stewards=_stewards([p for p in _possible(found, row, now) if p.pk != found.steward_id]),
        ways=[way_in(way) for way in ways],
        ways_from=moment_words(found.opens_at - timedelta(hours=1)) if row.is_mine and not ways else "",
    )


def _possible(found: "Shift", row: ShiftRow, now: datetime) -> "list[Person]":
    return queries.stewards_for(found.place, now) if row.passing else []


def _act(request: HttpRequest, found: "Shift") -> HttpResponse:
    event, back = request.POST.get("do", ""), reverse("host-shift", args=[found.code])
    if event in PASSING:
        _pass_on(request, found, event)
    elif event in ALONE:
        _do_alone(request, found, event)
    else:
        messages.error(request, _("Choose what to do."))
    return back_to(request, back)


def _pass_on(request: HttpRequest, found: "Shift", event: str) -> None:
    now = moment(request)
    people = {str(person.pk): person for person in queries.stewards_for(found.place, now)}
    steward = people.get(request.POST.get("steward", ""))
    if steward is None:
        messages.error(request, _("Choose who is to open and close."))
        return
    pass_on = operations.assign_shift if event == "assign" else operations.hand_over_shift
    said = _("%(name)s has been asked for %(place)s.") % {
        "name": steward.name,
        "place": localised(found.place.names),
    }
    attempt(request, said, lambda: pass_on(shift=found, steward=steward, by=signed_in(request), now=now))


def _do_alone(request: HttpRequest, found: "Shift", event: str) -> None:
    by, now = signed_in(request), moment(request)
    acts: dict[str, tuple[str, Callable[[], object]]] = {
        "take": (_("Thank you. It is yours."), lambda: operations.take_shift(shift=found, by=by, now=now)),
        "give_up": (
            _("Noted. The manager looks for somebody else."),
            lambda: operations.give_up_shift(shift=found, by=by, now=now),
        ),
        "finish": (_("Closed up. Thank you."), lambda: operations.finish_shift(shift=found, by=by, now=now)),
    }
    attempt(request, *acts[event])
