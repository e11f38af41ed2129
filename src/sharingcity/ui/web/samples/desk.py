"""Queues, tables, tabs: what the desk shows."""

from django.utils.translation import gettext as _

from sharingcity.ui.components import Cell, Key, Link, QueueRow, RailGroup, RailLink, Tab


def _late_row() -> QueueRow:
    return QueueRow(
        title=_("Reading circle asks for Lecture room 1"),
        note=_("Thursday 4 December, 12 people"),
        url="#desk",
        icon="door-open",
        kind="space",
        who=_("You"),
        who_short="HJ",
        is_mine=True,
        since=_("3 days"),
        due=_("yesterday, 18:00"),
        due_state="late",
        percent_gone=100,
        action=_("Decide"),
        is_here=True,
    )


def _due_today_row() -> QueueRow:
    return QueueRow(
        title=_("Loose table leg in the small hall"),
        note=_("Reported by the steward, with a photo"),
        url="#desk",
        icon="wrench",
        who=_("You"),
        who_short="HJ",
        is_mine=True,
        since=_("1 day"),
        due=_("today, 18:10"),
        due_state="today",
        percent_gone=90,
        action=_("Read"),
    )


def _calm_row() -> QueueRow:
    return QueueRow(
        title=_("Could not be reached"),
        note=_("A message to 3 people came back"),
        url="#desk",
        icon="mail-warning",
        who=_("The front desk"),
        who_short="FD",
        since=_("2 days"),
        due=_("Fri 12 Dec"),
        percent_gone=46,
        action=_("Call"),
    )


def queue() -> list[QueueRow]:
    """What waits: one late, one due today, one with time left."""
    return [_late_row(), _due_today_row(), _calm_row()]


def tabs() -> list[Tab]:
    """Whose turn it is."""
    return [
        Tab(title=_("All open"), url="#tables", count="10", is_current=True),
        Tab(title=_("My turn"), url="#tables", count="7"),
        Tab(title=_("Done this week"), url="#tables", count="23"),
    ]


def crumbs() -> list[Link]:
    """Where am I."""
    return [
        Link(title=_("Find"), url="#tables"),
        Link(title=_("Spaces"), url="#tables"),
        Link(title=_("Lecture room 1"), url="#tables", is_current=True),
    ]


def head() -> list[Cell]:
    """Heads of the columns."""
    return [Cell(words=_("Room")), Cell(words=_("Seats"), is_number=True), Cell(words=_("Used"), is_number=True)]


def table() -> list[list[Cell]]:
    """Rows of a table."""
    figures = [(_("Lecture room 1"), "30", "64 %"), (_("Small hall"), "100", "38 %")]
    return [
        [Cell(words=name, url="#tables"), Cell(words=seats, is_number=True), Cell(words=used, is_number=True)]
        for name, seats, used in figures
    ]


def rail() -> list[RailGroup]:
    """The side of the desk."""
    return [
        RailGroup(title="", links=[RailLink(title=_("Desk"), url="#desk", icon="inbox", count="7", is_current=True)]),
        RailGroup(
            title=_("Buildings"),
            links=[
                RailLink(title=_("Calendar"), url="#desk", icon="calendar-days"),
                RailLink(title=_("Rooms"), url="#desk", icon="door-open", count="12"),
            ],
        ),
    ]


def keys() -> list[Key]:
    """Keys of the desk."""
    return [
        Key(keys=["J", "K"], does=_("next, previous")),
        Key(keys=["Enter"], does=_("open")),
        Key(keys=["?"], does=_("all keys")),
    ]
