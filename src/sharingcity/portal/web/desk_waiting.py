"""How anything that waits at the desk is drawn, whichever room it comes from."""

from dataclasses import dataclass
from datetime import datetime

from sharingcity.portal.slots import Asked
from sharingcity.portal.web.desk_words import Due, due_of, short_name, since_words
from sharingcity.ui.components import QueueRow

WHENEVER = Due("", "", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits, for whom and since, until when, and the next step as a verb.

    `nobody` stands where no person is named: it has no face.
    """

    title: str
    note: str
    url: str
    icon: str
    action: str
    since: datetime
    who: str = ""
    nobody: str = ""
    kind: str = ""
    due_at: datetime | None = None


def queue_row(waiting: Waiting, asked: Asked) -> QueueRow:
    """One row of any queue."""
    due = due_of(waiting.since, waiting.due_at, asked.now) if waiting.due_at else WHENEVER
    return QueueRow(
        title=waiting.title,
        note=waiting.note,
        url=waiting.url,
        icon=waiting.icon,
        kind=waiting.kind,
        who=waiting.who or waiting.nobody,
        who_short=short_name(waiting.who) if waiting.who else "–",
        since=since_words(waiting.since, asked.now),
        due=due.words,
        due_state=due.state,
        percent_gone=due.percent_gone,
        action=waiting.action,
    )
