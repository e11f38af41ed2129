"""Bookings past and coming, made through the real operations in the order of time."""

from collections import Counter
from dataclasses import dataclass

from sharingcity.booking.operations.timers import sweep
from sharingcity.booking.queries.figures import booking_figures
from sharingcity.kernel.states import SYSTEM
from sharingcity.people.operations.past_notices import settle_past_notices
from sharingcity.site.demo.desk import Desk
from sharingcity.site.demo.entries import keep_entries
from sharingcity.site.demo.keys import hand_out_keys
from sharingcity.site.demo.plans import Town, busy_rooms, draw_plans
from sharingcity.site.demo.scenes import stage, wait_for_taken_times
from sharingcity.site.demo.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """What came of it: reservations by state, and how often the rules said no."""

    reservations: dict[str, int]
    waiting: int
    closures: int
    refusals: dict[str, int]


def live(town: Town) -> Lived:
    """Lets the weeks before `town.now` happen. Notices of that time count as delivered."""
    timeline = Timeline(town.now)
    desk = Desk(town, timeline)
    stage(town, desk)
    keep_entries(town, timeline)
    rooms = busy_rooms(town)
    plans = list(draw_plans(town, rooms))
    for plan in plans:
        desk.expect(plan)
    wait_for_taken_times(town, desk, plans)
    timeline.run()
    sweep(town.now)
    hand_out_keys(town, rooms, town.now)
    settle_past_notices(by=SYSTEM, now=town.now)
    figures = booking_figures()
    return Lived(
        reservations=figures.reservations,
        waiting=figures.waiting,
        closures=figures.closures,
        refusals=dict(Counter(desk.refused)),
    )
