"""Queues of the desk about the directory: claims, changes, reports, stale entries, likely duplicates."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sharingcity.directory.queries import waiting
from sharingcity.directory.vocabulary import REPORT_TOPICS
from sharingcity.directory.web.words import SUGGESTIONS, SUGGESTIONS_NOTE, reason_words, stale_words
from sharingcity.kernel.i18n import localised
from sharingcity.people.permissions import Scope, scopes_with
from sharingcity.portal.slots import Asked, DeskQueue
from sharingcity.portal.web.desk_waiting import Waiting, queue_row

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sharingcity.directory.models import Confirmation, EntryClaim, EntryVersion, ErrorReport, Likeness, Suggestion
    from sharingcity.ui.components import QueueRow

ABILITY = "manage_organisations"
# Within how many days staff mean to answer.
CLAIM_DAYS = timedelta(days=5)
VERSION_DAYS = timedelta(days=5)
REPORT_DAYS = timedelta(days=7)


def _reach(asked: Asked) -> list[Scope]:
    """Entries belong to no building: a page narrowed to one shows none."""
    return [] if asked.place_id is not None else scopes_with(asked.person, ABILITY, asked.now)


def _claims(asked: Asked) -> "QuerySet[EntryClaim]":
    return waiting.claims_waiting(_reach(asked))


def _claim(one: "EntryClaim", asked: Asked) -> "QueueRow":
    row = Waiting(
        title=localised(one.organisation.names),
        note=one.proof[:120],
        url=reverse("entry-claim", args=[one.pk]),
        icon="key-round",
        action=pgettext("desk", "Decide"),
        since=one.created_at,
        who=one.person.name,
        due_at=one.created_at + CLAIM_DAYS,
    )
    return queue_row(row, asked)


def _versions(asked: Asked) -> "QuerySet[EntryVersion]":
    return waiting.versions_waiting(_reach(asked))


def _version(one: "EntryVersion", asked: Asked) -> "QueueRow":
    is_new = one.service is not None and one.service.state == "draft"
    title = localised((one.service or one.organisation).names)
    row = Waiting(
        title=_("New service: %(title)s") % {"title": title} if is_new else title,
        note=localised(one.organisation.names) if one.service else "",
        url=reverse("entry-version", args=[one.pk]),
        icon="file-pen-line",
        action=pgettext("desk", "Look"),
        since=one.proposed_at,
        who=one.proposed_by.name if one.proposed_by else "",
        nobody="–",
        due_at=one.proposed_at + VERSION_DAYS,
    )
    return queue_row(row, asked)


def _reports(asked: Asked) -> "QuerySet[ErrorReport]":
    return waiting.reports_waiting(_reach(asked))


def _report(one: "ErrorReport", asked: Asked) -> "QueueRow":
    row = Waiting(
        title=str(REPORT_TOPICS.get(one.topic, "")),
        note=f"{localised(one.organisation.names)} · {one.words[:120]}",
        url=reverse("entry-report", args=[one.code]),
        icon="flag",
        action=pgettext("desk", "Mend"),
        since=one.created_at,
        who=one.person.name if one.person else "",
        nobody=_("Somebody without an account"),
        due_at=one.created_at + REPORT_DAYS,
    )
    return queue_row(row, asked)


def _stale(asked: Asked) -> "QuerySet[Confirmation]":
    return waiting.stale_waiting(_reach(asked))


def _stale_entry(one: "Confirmation", asked: Asked) -> "QueueRow":
    row = Waiting(
        title=localised(one.organisation.names),
        note=stale_words(one),
        url=reverse("entry-page", args=[one.organisation.slug]),
        icon="calendar-x",
        action=pgettext("desk", "Call"),
        since=one.answered_at or (one.asked_at if one.state == "asked" else one.fades_at),
        nobody="–",
    )
    return queue_row(row, asked)


def _likenesses(asked: Asked) -> "QuerySet[Likeness]":
    return waiting.likenesses_waiting(_reach(asked))


def _likeness(one: "Likeness", asked: Asked) -> "QueueRow":
    names = {"first": localised(one.first.names), "second": localised(one.second.names)}
    row = Waiting(
        title=_("%(first)s and %(second)s") % names,
        note=reason_words(one.reasons),
        url=reverse("entry-pair", args=[one.pk]),
        icon="copy",
        action=pgettext("desk", "Compare"),
        since=one.found_at,
        nobody="–",
    )
    return queue_row(row, asked)


def _suggestions(asked: Asked) -> "QuerySet[Suggestion]":
    return waiting.suggestions_waiting(_reach(asked))


def _suggestion(one: "Suggestion", asked: Asked) -> "QueueRow":
    row = Waiting(
        title=one.name,
        note=one.shared[:120],
        url=reverse("entry-suggestion", args=[one.code]),
        icon="lightbulb",
        action=pgettext("desk", "Look"),
        since=one.created_at,
        nobody="–",
        due_at=one.created_at + REPORT_DAYS,
    )
    return queue_row(row, asked)


QUEUES: Final[dict[str, DeskQueue[Any]]] = {
    "claims": DeskQueue(
        title=gettext_lazy("Claims of entries"),
        note=gettext_lazy("Somebody says that they speak for an organisation; ask there whether it is so."),
        icon="key-round",
        ability=ABILITY,
        waiting=_claims,
        drawn=_claim,
    ),
    "versions": DeskQueue(
        title=gettext_lazy("Changes of entries"),
        note=gettext_lazy("The last approved version is shown until you decide."),
        icon="file-pen-line",
        ability=ABILITY,
        waiting=_versions,
        drawn=_version,
    ),
    "reports": DeskQueue(
        title=gettext_lazy("Reported errors"),
        note=gettext_lazy("Whoever left an address gets your answer."),
        icon="flag",
        ability=ABILITY,
        waiting=_reports,
        drawn=_report,
    ),
    "suggestions": DeskQueue(
        title=SUGGESTIONS,
        note=SUGGESTIONS_NOTE,
        icon="lightbulb",
        ability=ABILITY,
        waiting=_suggestions,
        drawn=_suggestion,
    ),
    "stale": DeskQueue(
        title=gettext_lazy("Entries that nobody confirms"),
        note=gettext_lazy("They say so, and are found further down; a call sets them right."),
        icon="calendar-x",
        ability=ABILITY,
        waiting=_stale,
        drawn=_stale_entry,
    ),
    "likenesses": DeskQueue(
        title=gettext_lazy("Perhaps the same"),
        note=gettext_lazy("Two entries that look like one: merge them, or say that they are two."),
        icon="copy",
        ability=ABILITY,
        waiting=_likenesses,
        drawn=_likeness,
    ),
}
