"""Queues of the desk that come from rooms below: key-holders, incidents, imports, notices, appeals."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import when_words
from sharingcity.partners import queries as partners
from sharingcity.people import queries as people
from sharingcity.people.permissions import scopes_with
from sharingcity.portal.slots import QUEUE_COUNTERS, Asked, DeskQueue
from sharingcity.portal.web.desk_words import Due, due_of, short_name, since_words
from sharingcity.spaces import queries as spaces
from sharingcity.spaces.wording import KIND_ICONS, KIND_WORDS
from sharingcity.ui.components import QueueRow

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sharingcity.people.models import Notice, Restriction
    from sharingcity.spaces.models import Incident, Shift

# Within how many days staff mean to look at a report, and to answer an appeal.
INCIDENT_DAYS = timedelta(days=7)
APPEAL_DAYS = timedelta(days=7)
WHENEVER = Due("", "", 0)


def _row(
    title: str,
    note: str,
    url: str,
    icon: str,
    *,
    who: str,
    since: datetime,
    due: Due,
    action: str,
    now: datetime,
    is_person: bool = True,
) -> QueueRow:
    return QueueRow(
        title=title,
        note=note,
        url=url,
        icon=icon,
        who=who,
        who_short=short_name(who) if is_person else "–",
        since=since_words(since, now),
        due=due.words,
        due_state=due.state,
        percent_gone=due.percent_gone,
        action=action,
    )


def _has_city(asked: Asked, ability: str) -> bool:
    """Queues of the whole city: for city-wide roles, and not on a page narrowed to one building."""
    scopes = scopes_with(asked.person, ability, asked.now)
    return asked.place_id is None and any(scope.kind == "city" for scope in scopes)


def _gaps(asked: Asked) -> "QuerySet[Shift]":
    return spaces.rota_gaps(scopes_with(asked.person, "decide_requests", asked.now), asked.now, asked.place_id)


def _gap_rows(asked: Asked, offset: int, limit: int) -> list[QueueRow]:
    return [_gap(shift, asked.now) for shift in _gaps(asked)[offset : offset + limit]]


def _gap(shift: "Shift", now: datetime) -> QueueRow:
    place = localised(shift.place.names)
    title = _("No answer yet: %(place)s") if shift.steward else _("Nobody opens: %(place)s")
    return _row(
        title % {"place": place},
        when_words(shift.opens_at, shift.closes_at),
        reverse("host-shift", args=[shift.code]),
        "key-round",
        who=shift.steward.name if shift.steward else _("Nobody yet"),
        since=shift.planned_at,
        due=due_of(shift.planned_at, shift.opens_at, now),
        action=pgettext("desk", "Remind") if shift.steward else pgettext("desk", "Ask somebody"),
        now=now,
        is_person=shift.steward is not None,
    )


def _incidents(asked: Asked) -> "QuerySet[Incident]":
    rows = spaces.incidents_in(scopes_with(asked.person, "manage_listings", asked.now), asked.place_id)
    return rows.order_by("reported_at", "id")


def _incident_rows(asked: Asked, offset: int, limit: int) -> list[QueueRow]:
    return [_incident(row, asked.now) for row in _incidents(asked)[offset : offset + limit]]


def _incident(incident: "Incident", now: datetime) -> QueueRow:
    where = localised(incident.listing.titles if incident.listing else incident.place.names)
    return _row(
        str(KIND_WORDS.get(incident.kind, incident.kind)),
        f"{where} · {incident.words[:80]}",
        reverse("host-incident", args=[incident.code]),
        KIND_ICONS.get(incident.kind, "circle-alert"),
        who=incident.reported_by.name if incident.reported_by else _("somebody who has left"),
        since=incident.reported_at,
        due=due_of(incident.reported_at, incident.reported_at + INCIDENT_DAYS, now),
        action=pgettext("desk", "Look"),
        now=now,
    )


def _differences(asked: Asked, offset: int, limit: int) -> list[QueueRow]:
    if not _has_city(asked, "run_imports"):
        return []
    return [
        _row(
            localised(found.difference.listing.titles),
            localised(found.difference.listing.place.names),
            reverse("partners-differences"),
            "git-compare",
            who=_("A source"),
            since=found.difference.seen_at,
            due=WHENEVER,
            action=pgettext("desk", "Compare"),
            now=asked.now,
            is_person=False,
        )
        for found in partners.open_differences(asked.now)[offset : offset + limit]
    ]


def _retired(asked: Asked, offset: int, limit: int) -> list[QueueRow]:
    if not _has_city(asked, "run_imports"):
        return []
    return [
        _row(
            localised(found.listing.titles),
            ngettext("%(n)s booking to come", "%(n)s bookings to come", found.bookings) % {"n": found.bookings},
            reverse("partners-retired"),
            "archive",
            who=_("Bookers"),
            since=found.listing.retired_at or asked.now,
            due=WHENEVER,
            action=pgettext("desk", "Decide"),
            now=asked.now,
            is_person=False,
        )
        for found in partners.retired_with_bookings(asked.now)[offset : offset + limit]
    ]


def _notices(asked: Asked, offset: int, limit: int) -> list[QueueRow]:
    if not _has_city(asked, "see_notices"):
        return []
    rows = people.notices_not_arrived(limit=offset + limit)
    unreachable = [row for row in rows if row.state == "unreachable"]
    return [_notice(row, asked.now) for row in unreachable[offset : offset + limit]]


def _notice(notice: "Notice", now: datetime) -> QueueRow:
    return _row(
        _("Not reached: %(name)s") % {"name": notice.person.name},
        notice.problem,
        reverse("people-staff-notices"),
        "mail-warning",
        who=notice.person.name,
        since=notice.created_at,
        due=WHENEVER,
        action=pgettext("desk", "Call"),
        now=now,
    )


def _appealed(asked: Asked) -> "list[Restriction]":
    if not _has_city(asked, "restrict_people"):
        return []
    return [row for row in people.restrictions_for_staff(asked.now) if row.state == "appealed"]


def _appeal_rows(asked: Asked, offset: int, limit: int) -> list[QueueRow]:
    return [_appeal(row, asked.now) for row in _appealed(asked)[offset : offset + limit]]


def _appeal(restriction: "Restriction", now: datetime) -> QueueRow:
    since = restriction.appealed_at or restriction.imposed_at
    return _row(
        _("Objects to a restriction"),
        restriction.appeal_words[:120],
        reverse("people-staff-restrictions"),
        "scale",
        who=restriction.person.name,
        since=since,
        due=due_of(since, since + APPEAL_DAYS, now),
        action=pgettext("an appeal", "Answer"),
        now=now,
    )


def _waiting(asked: Asked, name: str) -> int:
    return partners.waiting_counts(asked.now)[name] if _has_city(asked, "run_imports") else 0


QUEUES = {
    "rota": DeskQueue(
        title=gettext_lazy("Nobody opens yet"),
        note=gettext_lazy("Evening bookings of the next two weeks without a key-holder."),
        icon="key-round",
        ability="decide_requests",
        count=lambda asked: _gaps(asked).count(),
        rows=_gap_rows,
    ),
    "incidents": DeskQueue(
        title=gettext_lazy("Damage and incidents"),
        note=gettext_lazy("What key-holders and groups reported and nobody has settled."),
        icon="hammer",
        ability="manage_listings",
        count=lambda asked: _incidents(asked).count(),
        rows=_incident_rows,
    ),
    "restrictions": DeskQueue(
        title=gettext_lazy("Restrictions that are disputed"),
        note=gettext_lazy("Somebody else than who imposed it decides."),
        icon="scale",
        ability="restrict_people",
        count=lambda asked: len(_appealed(asked)),
        rows=_appeal_rows,
    ),
    "notices": DeskQueue(
        title=gettext_lazy("Could not be reached"),
        note=gettext_lazy("Tell them another way, and say so."),
        icon="mail-warning",
        ability="see_notices",
        count=lambda asked: people.unreachable_count() if _has_city(asked, "see_notices") else 0,
        rows=_notices,
    ),
    "retired": DeskQueue(
        title=gettext_lazy("Retired with bookings"),
        note=gettext_lazy("The source no longer has it, but people are to come."),
        icon="archive",
        ability="run_imports",
        count=lambda asked: _waiting(asked, "retired_with_bookings"),
        rows=_retired,
    ),
    "differences": DeskQueue(
        title=gettext_lazy("Differences with sources"),
        note=gettext_lazy("A person says one thing, an import another."),
        icon="git-compare",
        ability="run_imports",
        count=lambda asked: _waiting(asked, "differences"),
        rows=_differences,
    ),
}


def register() -> None:
    """After the desk's own queues: what touches residents soonest stands first."""
    for name, queue in QUEUES.items():
        QUEUE_COUNTERS.register(name, queue)
