"""The lives of what keeps the directory true, as tables: claims, versions, confirmations, reports, likenesses."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sharingcity.directory.membership import has_owner
from sharingcity.directory.permissions import edits_entry, enters_in, keeps_directory, owns_entry
from sharingcity.kernel.errors import Conflict
from sharingcity.kernel.states import SystemActor, Transition, Workflow

if TYPE_CHECKING:
    from sharingcity.directory.models import (
        Confirmation,
        EntryClaim,
        EntryVersion,
        ErrorReport,
        Invitation,
        Likeness,
        Retirement,
        Suggestion,
    )


def is_claimant(by: Any, claim: "EntryClaim", _now: datetime) -> bool:
    """Whoever claims the entry."""
    return getattr(by, "pk", None) == claim.person_id


def is_software(by: Any, _subject: Any, _now: datetime) -> bool:
    return isinstance(by, SystemActor)


def is_staff(by: Any, subject: Any, now: datetime) -> bool:
    """Who keeps the directory there."""
    return keeps_directory(by, subject.organisation, now)


def is_editor(by: Any, subject: Any, now: datetime) -> bool:
    """Owners and editors of the organisation, and who keeps the directory."""
    return edits_entry(by, subject.organisation, now)


def is_owner(by: Any, subject: Any, now: datetime) -> bool:
    """Owners of the organisation, and who keeps the directory."""
    return owns_entry(by, subject.organisation, now)


def takes_off(by: Any, retirement: "Retirement", now: datetime) -> bool:
    """Of an organisation who keeps the directory; of a service its own people, too."""
    return is_editor(by, retirement, now) if retirement.service_id else is_staff(by, retirement, now)


def brings_back(by: Any, retirement: "Retirement", now: datetime) -> bool:
    """Who keeps the directory; the organisation's own people what they took off themselves."""
    return is_staff(by, retirement, now) if retirement.by_city else is_editor(by, retirement, now)


def is_anybody(_by: Any, _subject: Any, _now: datetime) -> bool:
    return True


def keeps_either(by: Any, likeness: "Likeness", now: datetime) -> bool:
    """Who keeps the directory where both entries are."""
    return keeps_directory(by, likeness.first, now) and keeps_directory(by, likeness.second, now)


def is_unowned(claim: "EntryClaim", now: datetime) -> None:
    """Guard. Raises: Conflict `claim.owned_already`."""
    if has_owner(claim.organisation_id, now):
        raise Conflict("claim.owned_already", _("Somebody keeps this entry already. Ask them to invite you."))


def is_fresh(claim: "EntryClaim", now: datetime) -> None:
    """Guard. Raises: Conflict `claim.code_over`, `claim.owned_already`."""
    if claim.expires_at is None or claim.expires_at <= now:
        raise Conflict("claim.code_over", _("This code is no longer valid. Ask for a new one."))
    is_unowned(claim, now)


def has_time(invitation: "Invitation", now: datetime) -> None:
    """Guard. Raises: Conflict `invitation.over`."""
    if invitation.expires_at <= now:
        raise Conflict("invitation.over", _("This invitation is no longer valid. Ask for a new one."))


def enters_there(by: Any, suggestion: "Suggestion", now: datetime) -> bool:
    """Who may enter organisations in that district; where none is named, in the city."""
    return enters_in(by, suggestion.district_id, now)


def is_house_shown(retirement: "Retirement", _now: datetime) -> None:
    """Guard: a service is shown only with its organisation. Raises: Conflict `entry.not_shown`."""
    if retirement.service_id and retirement.organisation.state != "published":
        raise Conflict("entry.not_shown", _("The organisation is not shown. Bring it back first."))


def _row(event: str, sources: str, target: str, permission: Any, label: Any, **more: Any) -> Transition[Any]:
    found = frozenset(sources.split() or [""])
    return Transition(event=event, sources=found, target=target, permission=permission, label=label, **more)


def _stream(subject: Any) -> str:
    return f"organisation:{subject.organisation_id}"


CLAIM: "Workflow[EntryClaim]" = Workflow(
    name="entry_claim",
    field="state",
    states={
        "sent": _("Code sent"),
        "waiting": _("Waits for the city"),
        "granted": _("Granted"),
        "refused": _("Refused"),
        "lapsed": _("Lapsed"),
        "withdrawn": _("Withdrawn"),
    },
    stream_of=_stream,
    concerns=lambda claim: claim.person.pseudonym,
    transitions=(
        _row("send", "", "sent", is_claimant, _("Send a code"), guard=is_unowned),
        _row("ask", "", "waiting", is_claimant, _("Ask the city"), guard=is_unowned),
        _row("prove", "sent", "granted", is_claimant, _("Enter the code"), guard=is_fresh),
        _row("grant", "waiting", "granted", is_staff, _("Grant"), guard=is_unowned),
        _row("refuse", "waiting", "refused", is_staff, _("Refuse"), needs_reason=True),
        _row("withdraw", "sent waiting", "withdrawn", is_claimant, _("Withdraw")),
        _row("lapse", "sent waiting", "lapsed", is_software, _("Lapses")),
    ),
)

INVITATION: "Workflow[Invitation]" = Workflow(
    name="invitation",
    field="state",
    states={
        "invited": _("Invited"),
        "accepted": pgettext_lazy("invitation", "Accepted"),
        "withdrawn": _("Withdrawn"),
        "lapsed": _("Lapsed"),
    },
    stream_of=_stream,
    transitions=(
        _row("invite", "", "invited", is_owner, _("Invite")),
        _row("accept", "invited", "accepted", is_anybody, _("Accept"), guard=has_time),
        _row("withdraw", "invited", "withdrawn", is_owner, _("Withdraw")),
        _row("lapse", "invited", "lapsed", is_software, _("Lapses")),
    ),
)

VERSION: "Workflow[EntryVersion]" = Workflow(
    name="entry_version",
    field="state",
    states={
        "proposed": _("Waits for the city"),
        "approved": pgettext_lazy("version", "Approved"),
        "returned": _("Returned"),
        "withdrawn": _("Withdrawn"),
        "replaced": _("Replaced by a later one"),
    },
    stream_of=_stream,
    concerns=lambda version: version.proposed_by.pseudonym if version.proposed_by else "",
    transitions=(
        _row("propose", "", "proposed", is_editor, _("Propose")),
        _row("settle", "", "approved", is_editor, _("Change at once")),
        _row("set", "", "approved", is_staff, _("Change")),
        _row("approve", "proposed", "approved", is_staff, _("Approve")),
        _row("return", "proposed", "returned", is_staff, _("Return"), needs_reason=True),
        _row("withdraw", "proposed", "withdrawn", is_editor, _("Withdraw")),
        _row("replace", "proposed", "replaced", is_editor, _("Replace")),
    ),
)

CONFIRMATION: "Workflow[Confirmation]" = Workflow(
    name="confirmation",
    field="state",
    states={
        "asked": _("Asked"),
        "confirmed": _("Confirmed"),
        "doubted": _("Not true any more"),
        "faded": _("Not confirmed"),
        "closed": pgettext_lazy("question", "Closed"),
    },
    stream_of=_stream,
    transitions=(
        _row("ask", "", "asked", is_software, _("Ask")),
        _row("remind", "asked", "asked", is_software, _("Remind")),
        _row("confirm", "asked faded doubted", "confirmed", is_editor, _("Yes, all of it is true")),
        _row("doubt", "asked faded", "doubted", is_editor, _("No, something is wrong")),
        _row("fade", "asked", "faded", is_software, _("Fades")),
        _row("close", "asked faded doubted", "closed", is_software, _("Close")),
    ),
)

REPORT: "Workflow[ErrorReport]" = Workflow(
    name="error_report",
    field="state",
    states={"open": _("Reported"), "answered": _("Mended"), "dismissed": _("Nothing to mend")},
    stream_of=_stream,
    concerns=lambda report: report.person.pseudonym if report.person else "",
    transitions=(
        _row("report", "", "open", is_anybody, _("Report an error")),
        _row("answer", "open", "answered", is_staff, _("Mended: tell them"), needs_reason=True),
        _row("dismiss", "open", "dismissed", is_staff, _("Nothing to mend: tell them"), needs_reason=True),
    ),
)

LIKENESS: "Workflow[Likeness]" = Workflow(
    name="likeness",
    field="state",
    states={"open": _("Perhaps the same"), "different": _("Two different ones"), "merged": _("Merged")},
    stream_of=lambda likeness: f"organisation:{likeness.first_id}",
    transitions=(
        _row("find", "", "open", is_software, _("Find")),
        _row("part", "open", "different", keeps_either, _("They are two different ones")),
        _row("merge", "open", "merged", keeps_either, _("Merge")),
    ),
)

RETIREMENT: "Workflow[Retirement]" = Workflow(
    name="retirement",
    field="state",
    states={"standing": pgettext_lazy("retirement", "No longer shown"), "lifted": _("Shown again")},
    stream_of=_stream,
    transitions=(
        _row("retire", "", "standing", takes_off, _("Take it off"), needs_reason=True),
        _row("restore", "standing", "lifted", brings_back, _("Show it again"), guard=is_house_shown),
    ),
)

SUGGESTION: "Workflow[Suggestion]" = Workflow(
    name="suggestion",
    field="state",
    states={"open": _("Suggested"), "drafted": _("A draft was made"), "declined": _("Declined")},
    stream_of=lambda _suggestion: "directory:suggestions",
    transitions=(
        _row("suggest", "", "open", is_anybody, _("Suggest")),
        _row("draft", "open", "drafted", enters_there, _("Make a draft of it")),
        _row("decline", "open", "declined", enters_there, _("Decline"), needs_reason=True),
    ),
)
