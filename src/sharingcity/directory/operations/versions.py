"""Changes by an organisation's own people wait for the city; the last approved version shows meanwhile."""

import copy
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.drafts import ServiceDraft
from sharingcity.directory.models import EntryState, EntryVersion, Organisation, Service
from sharingcity.directory.operations.organisations import check_organisation, set_organisation
from sharingcity.directory.operations.services import CHANGEABLE, add_services, check_service, set_service
from sharingcity.directory.operations.version_rows import (
    Entry,
    add_version,
    apply_version,
    differing,
    owner_of,
    plain,
)
from sharingcity.directory.permissions import edits_entry, keeps_directory
from sharingcity.directory.queries.versions import latest_number, waiting_version
from sharingcity.directory.states import VERSION
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from sharingcity.kernel.states import Actor
from sharingcity.people.operations import notify


@retried
def propose_change(*, entry: Entry, changes: Mapping[str, Any], seen: int, by: Actor, now: datetime) -> EntryVersion:
    """The organisation's own people change its entry: staff decide, small facts hold at once.

    `seen` is the newest version's number when the form was opened. A change that waits is replaced by this one, which
    holds what the form showed of it. Staff's own changes hold at once. Locks the organisation.
    Raises: NotAllowed `organisation.not_allowed`; Conflict `version.changed_meanwhile`; Refusal `version.nothing_new`
    and those of `change_organisation` and `change_service`.
    """
    check_organisation(changes) if isinstance(entry, Organisation) else check_service(changes)
    with write():
        lock([f"organisation:{owner_of(entry).pk}"])
        entry.refresh_from_db()
        _check_may_edit(entry, by, now)
        waiting = waiting_version(entry)
        if latest_number(entry) != seen:
            raise Conflict(
                "version.changed_meanwhile",
                _("Somebody else has changed this entry in the meantime. Look at it again, then change it."),
            )
        new = _new(entry, changes)
        if not new and waiting is None:
            raise Refusal("version.nothing_new", _("Nothing is different from what is shown already."))
        if waiting is not None:
            _close(waiting, "replace" if new else "withdraw", by, now)
            if not new:
                return waiting
        event = _event(entry, new, by, now)
        version = add_version(entry, new, event, by, now)
        if event != "propose":
            apply_version(entry, version, by, now)
    return version


def _new(entry: Entry, changes: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be different, held against the lists of codes; all of it for a service that nobody has seen yet."""
    trial = copy.copy(entry)
    if isinstance(trial, Organisation):
        set_organisation(trial, changes)
    else:
        set_service(trial, {name: value for name, value in changes.items() if name != "district_ids"})
    if entry.state == EntryState.DRAFT:
        return {name: plain(value) for name, value in changes.items()}
    return differing(entry, changes)


def _event(entry: Entry, changes: Mapping[str, Any], by: Actor, now: datetime) -> str:
    """Staff set, small facts settle by themselves, everything else is proposed."""
    if keeps_directory(by, owner_of(entry), now):
        return "set"
    is_shown = entry.state == EntryState.PUBLISHED
    return "settle" if is_shown and set(changes) <= self_approved() else "propose"


def self_approved() -> frozenset[str]:
    """The fields whose changes nobody needs to look at: the city's setting `DIRECTORY_SELF_APPROVED`."""
    return frozenset(settings.DIRECTORY_SELF_APPROVED)


def _check_may_edit(entry: Entry, by: Actor, now: datetime) -> None:
    if not edits_entry(by, owner_of(entry), now):
        raise NotAllowed("organisation.not_allowed", _("Only owners of this organisation may do this."))


@retried
def propose_service(*, draft: ServiceDraft, by: Actor, now: datetime) -> Service:
    """A new service of an organisation: shown at once when staff enter it, else once they approve it.

    Raises: NotFound `organisation.unknown`; NotAllowed `organisation.not_allowed`; Refusal as `create_service`.
    """
    owner = Organisation.objects.filter(pk=draft.organisation_id).first()
    if owner is None:
        raise NotFound("organisation.unknown", _("There is no such organisation."))
    with write():
        lock([f"organisation:{owner.pk}"])
        _check_may_edit(owner, by, now)
        is_staff = keeps_directory(by, owner, now)
        (service,) = add_services([draft], by, now, is_draft=not is_staff)
        said = {name: plain(getattr(draft, name)) for name in sorted(CHANGEABLE)}
        add_version(service, said, "set" if is_staff else "propose", by, now)
    return service


@retried
def decide_version(*, version_id: int, event: str, by: Actor, now: datetime, reason: str = "") -> EntryVersion:
    """Staff `approve` a change or `return` it with a reason; its author `withdraw`s it. The author is told.

    Locks the organisation. Raises: NotFound `version.unknown`; NotAllowed `version.event_unknown`; the refusals of
    `kernel.states`.
    """
    if event not in ("approve", "return", "withdraw"):
        raise NotAllowed("version.event_unknown", _("You may not do this."))
    with write():
        version = _locked(version_id)
        entry = version.service or version.organisation
        _close(version, event, by, now, reason)
        if event == "approve":
            apply_version(entry, version, by, now)
        if event != "withdraw":
            _tell(version, event, now)
    return version


def _locked(version_id: int) -> EntryVersion:
    rows = EntryVersion.objects.filter(pk=version_id)
    if (known := rows.first()) is None:
        raise NotFound("version.unknown", _("There is no such change."))
    lock([f"organisation:{known.organisation_id}"])
    return rows.select_related("organisation", "service__organisation", "proposed_by").get()


def _close(version: EntryVersion, event: str, by: Actor, now: datetime, reason: str = "") -> None:
    version.decided_at, version.decided_by_id = now, getattr(by, "pk", None)
    version.reason = reason.strip() if event == "return" else ""
    VERSION.transition(version, event, by=by, now=now, reason=reason, also=("decided_at", "decided_by", "reason"))


def _tell(version: EntryVersion, event: str, now: datetime) -> None:
    author = version.proposed_by
    if author is None or not author.is_active:
        return
    entry = version.service or version.organisation
    notify(
        person=author,
        code=f"directory.version_{'approved' if event == 'approve' else 'returned'}",
        context={"names": entry.names, "slug": version.organisation.slug, "reason": version.reason},
        key=f"directory.version_{event}:{version.pk}",
        now=now,
    )
