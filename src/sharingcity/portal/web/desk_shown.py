"""Queues as the desk's first page draws them: what is late or due today stands on top."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sharingcity.portal.slots import DeskQueue
from sharingcity.ui.components import QueueRow

URGENT = ("late", "today")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQueue:
    """One box of the desk. `more` leads to the rest of it, with `more_words`."""

    id: str
    title: str
    note: str
    icon: str
    rows: list[QueueRow]
    count: int
    more: str = ""
    more_words: str = ""


def shown_queue(name: str, queue: DeskQueue[Any], rows: Sequence[QueueRow], count: int, more: str) -> ShownQueue:
    left = count > len(rows)
    return ShownQueue(
        id=f"queue-{name}",
        title=str(queue.title),
        note=str(queue.note),
        icon=queue.icon,
        rows=list(rows),
        count=count,
        more=more if left or name == "requests" else "",
        more_words=_("Show all %(count)s") % {"count": count} if left else _("Decide several at once"),
    )


def hot_queue(queues: Sequence[ShownQueue]) -> tuple[ShownQueue | None, list[ShownQueue]]:
    """The urgent rows of all queues together, the late ones first; and the queues without them."""
    urgent = [row for queue in queues for row in queue.rows if row.due_state in URGENT]
    urgent.sort(key=lambda row: URGENT.index(row.due_state))
    rest = [replace(queue, rows=[r for r in queue.rows if r.due_state not in URGENT]) for queue in queues]
    if not urgent:
        return None, rest
    urgent[0] = replace(urgent[0], is_here=True)
    hot = ShownQueue(
        id="queue-hot",
        title=_("Late, or due until tonight"),
        note=_("Begin here."),
        icon="clock-alert",
        rows=urgent,
        count=len(urgent),
    )
    return hot, [queue for queue in rest if queue.rows or queue.more]


def headline(waiting: int, urgent: int) -> str:
    """What the page says first."""
    if not waiting:
        return _("Nothing waits for you")
    first = ngettext("%(count)s thing waits", "%(count)s things wait", waiting) % {"count": waiting}
    if not urgent:
        return first
    second = ngettext("%(count)s of them urgent", "%(count)s of them urgent", urgent) % {"count": urgent}
    return _("%(waiting)s, %(urgent)s") % {"waiting": first, "urgent": second}
