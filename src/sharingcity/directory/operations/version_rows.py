"""Versions as rows: a change in plain JSON, what it was before, and how it becomes what is shown."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

from sharingcity.directory.models import EntryState, EntryVersion, Organisation, Service
from sharingcity.directory.operations.organisations import apply_to_organisation
from sharingcity.directory.operations.services import apply_to_service
from sharingcity.directory.queries.versions import latest_number, said_by
from sharingcity.directory.states import VERSION
from sharingcity.kernel.states import Actor

Entry: TypeAlias = Organisation | Service


def owner_of(entry: Entry) -> Organisation:
    return entry.organisation if isinstance(entry, Service) else entry


def differing(entry: Entry, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes that say something else than the entry does now, as plain JSON."""
    return {name: plain(value) for name, value in changes.items() if plain(value) != said_by(entry, name)}


def plain(value: Any) -> Any:
    """A value of a form or a draft as it stands in JSON."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple | list | set | frozenset):
        return [plain(one) for one in value]
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value


def add_version(entry: Entry, changes: Mapping[str, Any], event: str, by: Actor, now: datetime) -> EntryVersion:
    """Writes the next version of an entry that is locked, with its birth in the journal."""
    pk = getattr(by, "pk", None)
    version = EntryVersion(
        organisation=owner_of(entry),
        service=entry if isinstance(entry, Service) else None,
        number=latest_number(entry) + 1,
        changes=dict(changes),
        before={name: said_by(entry, name) for name in changes},
        proposed_at=now,
        proposed_by_id=pk,
    )
    if event != "propose":
        version.decided_at, version.decided_by_id = now, pk
    VERSION.transition(version, event, by=by, now=now, data={"fields": sorted(changes)})
    return version


def apply_version(entry: Entry, version: EntryVersion, by: Actor, now: datetime) -> None:
    """What the version says is shown from now on; a drafted entry is shown, too."""
    if is_new := entry.state == EntryState.DRAFT:
        entry.state = EntryState.PUBLISHED
        entry.save(update_fields=["state"])
    if isinstance(entry, Organisation):
        apply_to_organisation(entry, version.changes, by, now, is_seen=is_new)
        return
    apply_to_service(entry, version.changes, by, now, is_seen=True)
