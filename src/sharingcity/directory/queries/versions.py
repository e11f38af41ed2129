"""What an entry said, says and is to say."""

from typing import TYPE_CHECKING, Any

from sharingcity.directory.models import EntryVersion, Organisation, Service

if TYPE_CHECKING:
    from django.db.models import QuerySet


def said_by(entry: Organisation | Service, name: str) -> Any:
    """A field of the entry as plain JSON."""
    if name == "district_ids" and isinstance(entry, Service):
        return sorted(entry.districts.values_list("id", flat=True)) if entry.pk else []
    value = getattr(entry, name)
    return list(value) if isinstance(value, tuple) else value


def waiting_version(entry: Organisation | Service) -> EntryVersion | None:
    """The change that waits for the city, if any."""
    return versions_of(entry).filter(state=EntryVersion.State.PROPOSED).select_related("proposed_by").first()


def latest_number(entry: Organisation | Service) -> int:
    """The number of the newest version; 0 while nothing was ever changed."""
    return versions_of(entry).order_by("-number").values_list("number", flat=True).first() or 0


def versions_of(entry: Organisation | Service) -> "QuerySet[EntryVersion]":
    """All versions of an organisation itself, or of one service, newest first."""
    rows = EntryVersion.objects.order_by("-number").select_related("proposed_by", "decided_by")
    if isinstance(entry, Service):
        return rows.filter(service=entry)
    return rows.filter(organisation=entry, service=None)


def proposed_words(entry: Organisation | Service, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields as the form shows them: as proposed where a change waits, else as they are."""
    waiting = waiting_version(entry)
    proposed = waiting.changes if waiting else {}
    return {name: proposed.get(name, said_by(entry, name)) for name in names}
