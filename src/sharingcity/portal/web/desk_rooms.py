"""Queues of the desk that come from rooms below: key-holders, incidents, imports, notices, appeals."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import when_words
from sharingcity.partners import queries as partners
from sharingcity.people import queries as people
from sharingcity.people.permissions import CITY, scopes_with
from sharingcity.portal.slots import Asked, DeskQueue
from sharingcity.portal.web.desk_waiting import Waiting, queue_row
from sharingcity.spaces import queries as spaces
from sharingcity.spaces.wording import KIND_ICONS, KIND_WORDS
from sharingcity.ui.components import QueueRow

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sharingcity.partners.models import Feed
    from sharingcity.partners.queries.queues import OpenDifference, RetiredWithBookings
    from sharingcity.people.models import Notice, Restriction
    from sharingcity.spaces.models import Incident, Shift

# Within how many days staff mean to look at a report, and to answer an appeal.
INCIDENT_DAYS = timedelta(days=7)
APPEAL_DAYS = timedelta(days=7)


def _has_city(asked: Asked, ability: str) -> bool:
    """Queues of the whole city: for city-wide roles, and not on a page narrowed to one building."""
    return asked.place_id is None and CITY in scopes_with(asked.person, ability, asked.now)


def _gaps(asked: Asked) -> "QuerySet[Shift]":
    return spaces.rota_gaps(scopes_with(asked.person, "decide_requests", asked.now), asked.now, asked.place_id)


def _gap(shift: "Shift", asked: Asked) -> QueueRow:
    title = _("No answer yet: %(place)s") if shift.steward else _("Nobody opens: %(place)s")
    return queue_row(
        Waiting(
            title=title % {"place": localised(shift.place.names)},
            note=when_words(shift.opens_at, shift.closes_at),
            url=reverse("host-shift", args=[shift.code]),
            icon="key-round",
            who=shift.steward.name if shift.steward else "",
            nobody=_("Nobody yet"),
            since=shift.planned_at,
            due_at=shift.opens_at,
            action=pgettext("desk", "Remind") if shift.steward else pgettext("desk", "Ask somebody"),
        ),
        asked,
    )


def _incidents(asked: Asked) -> "QuerySet[Incident]":
    rows = spaces.incidents_in(scopes_with(asked.person, "manage_listings", asked.now), asked.place_id)
    return rows.order_by("reported_at", "id")


def _incident(incident: "Incident", asked: Asked) -> QueueRow:
    where = localised(incident.listing.titles if incident.listing else incident.place.names)
    return queue_row(
        Waiting(
            title=str(KIND_WORDS.get(incident.kind, incident.kind)),
            note=f"{where} · {incident.words[:80]}",
            url=reverse("host-incident", args=[incident.code]),
            icon=KIND_ICONS.get(incident.kind, "circle-alert"),
            who=incident.reported_by.name if incident.reported_by else "",
            nobody=_("somebody who has left"),
            since=incident.reported_at,
            due_at=incident.reported_at + INCIDENT_DAYS,
            action=pgettext("desk", "Look"),
        ),
        asked,
    )


def _differences(asked: Asked) -> "Sequence[OpenDifference]":
    return partners.open_differences(asked.now) if _has_city(asked, "run_imports") else []


def _difference(found: "OpenDifference", asked: Asked) -> QueueRow:
    return queue_row(
        Waiting(
            title=localised(found.difference.listing.titles),
            note=localised(found.difference.listing.place.names),
            url=reverse("partners-differences"),
            icon="git-compare",
            nobody=_("A source"),
            since=found.difference.seen_at,
            action=pgettext("desk", "Compare"),
        ),
        asked,
    )


def _feeds(asked: Asked) -> "QuerySet[Feed] | Sequence[Feed]":
    return partners.feeds_waiting() if _has_city(asked, "run_imports") else []


def _feed(feed: "Feed", asked: Asked) -> QueueRow:
    is_held = feed.state == "quarantined"
    return queue_row(
        Waiting(
            title=_("Held back: %(feed)s") % {"feed": feed.name} if is_held else feed.name,
            note=partners.problem_words(feed)[:120] or _("Nothing new for too long"),
            url=reverse("partners-feed", args=[feed.code]),
            icon="rss",
            nobody=localised(feed.organisation.names),
            since=feed.last_good_at or feed.created_at,
            action=pgettext("desk", "Decide") if is_held else pgettext("desk", "Look"),
        ),
        asked,
    )


def _retired(asked: Asked) -> "Sequence[RetiredWithBookings]":
    return partners.retired_with_bookings(asked.now) if _has_city(asked, "run_imports") else []


def _retired_one(found: "RetiredWithBookings", asked: Asked) -> QueueRow:
    note = ngettext("%(n)s booking to come", "%(n)s bookings to come", found.bookings) % {"n": found.bookings}
    return queue_row(
        Waiting(
            title=localised(found.listing.titles),
            note=note,
            url=reverse("partners-retired"),
            icon="archive",
            nobody=_("Bookers"),
            since=found.listing.retired_at or asked.now,
            action=pgettext("desk", "Decide"),
        ),
        asked,
    )


def _notices(asked: Asked) -> "Sequence[Notice]":
    """In the city all, in a district those about its bookings; not on a page narrowed to one building."""
    if asked.place_id is not None:
        return []
    rows = people.notices_not_arrived(reach=scopes_with(asked.person, "see_notices", asked.now))
    return [row for row in rows if row.state == "unreachable"]


def _notice(notice: "Notice", asked: Asked) -> QueueRow:
    return queue_row(
        Waiting(
            title=_("Not reached: %(name)s") % {"name": notice.person.name},
            note=notice.problem,
            url=reverse("people-staff-notices"),
            icon="mail-warning",
            who=notice.person.name,
            since=notice.created_at,
            action=pgettext("desk", "Call"),
        ),
        asked,
    )


def _appealed(asked: Asked) -> "Sequence[Restriction]":
    if not _has_city(asked, "restrict_people"):
        return []
    return [row for row in people.restrictions_for_staff(asked.now) if row.state == "appealed"]


def _appeal(restriction: "Restriction", asked: Asked) -> QueueRow:
    since = restriction.appealed_at or restriction.imposed_at
    return queue_row(
        Waiting(
            title=_("Objects to a restriction"),
            note=restriction.appeal_words[:120],
            url=reverse("people-staff-restrictions"),
            icon="scale",
            who=restriction.person.name,
            since=since,
            due_at=since + APPEAL_DAYS,
            action=pgettext("an appeal", "Answer"),
        ),
        asked,
    )


QUEUES: Final[dict[str, DeskQueue[Any]]] = {
    "rota": DeskQueue(
        title=gettext_lazy("Nobody opens yet"),
        note=gettext_lazy("Evening bookings of the next two weeks without a key-holder."),
        icon="key-round",
        ability="decide_requests",
        waiting=_gaps,
        drawn=_gap,
    ),
    "incidents": DeskQueue(
        title=gettext_lazy("Damage and incidents"),
        note=gettext_lazy("What key-holders and groups reported and nobody has settled."),
        icon="hammer",
        ability="manage_listings",
        waiting=_incidents,
        drawn=_incident,
    ),
    "restrictions": DeskQueue(
        title=gettext_lazy("Restrictions that are disputed"),
        note=gettext_lazy("Somebody else than who imposed it decides."),
        icon="scale",
        ability="restrict_people",
        waiting=_appealed,
        drawn=_appeal,
    ),
    "notices": DeskQueue(
        title=gettext_lazy("Could not be reached"),
        note=gettext_lazy("Tell them another way, and say so."),
        icon="mail-warning",
        ability="see_notices",
        waiting=_notices,
        drawn=_notice,
    ),
    "feeds": DeskQueue(
        title=gettext_lazy("Feeds that need somebody"),
        note=gettext_lazy("Held back because much would vanish, or silent for too long."),
        icon="rss",
        ability="run_imports",
        waiting=_feeds,
        drawn=_feed,
    ),
    "retired": DeskQueue(
        title=gettext_lazy("Retired with bookings"),
        note=gettext_lazy("The source no longer has it, but people are to come."),
        icon="archive",
        ability="run_imports",
        waiting=_retired,
        drawn=_retired_one,
    ),
    "differences": DeskQueue(
        title=gettext_lazy("Differences with sources"),
        note=gettext_lazy("A person says one thing, an import another."),
        icon="git-compare",
        ability="run_imports",
        waiting=_differences,
        drawn=_difference,
    ),
}
