"""Hours, sums, steps, rules: what booking shows."""

from django.utils.translation import gettext as _

from sharingcity.ui.components import (
    DayCell,
    Fact,
    HourState,
    Pair,
    Picture,
    RefundStep,
    Step,
    Sum,
    SumLine,
    SwapChoice,
    WeekDay,
    WeekGrid,
)
from sharingcity.ui.web.samples.listings import DAY
from sharingcity.ui.week import day_cells, week_grid
from sharingcity.ui.words import time_span

HOURS = range(10, 22)
NO_URL = "#day"


def strip(*, lost: bool = False) -> list[DayCell]:
    """One day; with `lost`, the chosen hours have just been taken by somebody else."""
    states: list[HourState] = ["gone" if lost and state == "chosen" else state for state in DAY]
    return day_cells(HOURS, states, lambda _hour: NO_URL)


def week() -> WeekGrid:
    """A week with every state."""
    names = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    days = [
        WeekDay(name=name, short=name.removeprefix("ال")[:1], number=str(number), is_chosen=number == 4)
        for number, name in enumerate(names, start=1)
    ]
    late: list[HourState] = ["late"] * 6
    states: list[list[HourState]] = [
        late,
        ["busy", "busy", "free", "free", "free", "busy"],
        ["free", "free", "busy", "busy", "free", "free"],
        ["free", "busy", "chosen", "chosen", "free", "free"],
        ["free", "free", "free", "busy", "busy", "busy"],
        ["free", "free", "busy", "closed", "closed", "closed"],
        ["closed"] * 6,
    ]
    return week_grid(_("The week of 1 to 7 December"), days, range(16, 22), states, lambda _day, _hour: "#week")


def picked_time() -> str:
    """The chosen hours."""
    return time_span("19:00", "21:00")


def steps() -> list[Step]:
    """Three steps, the second is open."""
    return [
        Step(title=_("When"), state="done", url="#booking"),
        Step(title=_("Who and what for"), state="now"),
        Step(title=_("Check and book")),
    ]


def total() -> Sum:
    """A sum, divided."""
    lines = [
        SumLine(label=_("Room, 2 hours × ₩10,000"), amount="₩20,000"),
        SumLine(label=_("Projector and whiteboard"), amount=_("included")),
    ]
    return Sum(lines=lines, total="₩20,000", people=_("12 people"), each=_("₩1,667 each"))


def notes() -> list[Fact]:
    """What is good to know before booking."""
    return [
        Fact(icon="wallet", value=_("You pay nothing now. The hall answers within 3 days.")),
        Fact(icon="phone", value=_("Rather talk? Call 120, they book it for you.")),
    ]


def facts() -> list[Fact]:
    """Facts of a room."""
    return [
        Fact(icon="users", value=_("30 seats"), note=_("tables for 24")),
        Fact(icon="ruler", value="120 m²", note=_("one room, not divided")),
        Fact(icon="clock", value=_("Mon–Fri 10–22"), note=_("closed on Sundays and holidays")),
        Fact(icon="accessibility", value=_("Step-free"), note=_("accessible toilet on the same floor")),
    ]


def rules() -> dict[str, list[str]]:
    """Rules in plain words."""
    return {
        "may": [_("book if you live, work or study in the city"), _("bring food, and use the kitchen")],
        "may_not": [_("sell things or ask for an entrance fee"), _("pass your reservation on to others")],
    }


def refund() -> list[RefundStep]:
    """What comes back, and until when."""
    return [
        RefundStep(when=_("until Mon 1 Dec"), percent=100, note=_("3 days before or earlier")),
        RefundStep(when=_("on Tue 2 Dec"), percent=90, note=_("2 days before")),
        RefundStep(when=_("on Wed 3 Dec"), percent=80, note=_("1 day before")),
        RefundStep(when=_("on Thu 4 Dec"), percent=0, note=_("the day itself")),
    ]


def other_times() -> list[SwapChoice]:
    """The same room at another time."""
    same = _("same price")
    return [
        SwapChoice(
            value="1",
            title=_("Thu 4 Dec, %(time)s") % {"time": time_span("15:00", "17:00")},
            note=_("same day, four hours earlier"),
            price="₩20,000",
            price_note=same,
            is_chosen=True,
        ),
        SwapChoice(
            value="2",
            title=_("Wed 3 Dec, %(time)s") % {"time": time_span("18:00", "20:00")},
            note=_("the evening before"),
            price="₩20,000",
            price_note=same,
        ),
    ]


def other_places() -> list[SwapChoice]:
    """The same time nearby."""
    return [
        SwapChoice(
            value="3",
            title=_("Lecture room 1"),
            note=_("380 m away, 25 seats, step-free"),
            price="₩20,000",
            price_note=_("same price"),
            picture=Picture(kind="space", listing="1043", total=12),
        )
    ]


def kept() -> list[Pair]:
    """What was typed."""
    return [Pair(term=_("People"), value="12"), Pair(term=_("What for"), value=_("Monthly reading circle"))]
