"""What webhooks say: thin calls that name what changed, many changes in one. No content, and nothing of bookings."""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings

from sharingcity.directory.queries import organisations_by_id, services_by_id
from sharingcity.kernel.models import JournalEntry
from sharingcity.listings.queries import listings_by_id
from sharingcity.partners.feeds_out.addresses import organisation_path, service_path, short_path
from sharingcity.partners.models import Feed, Webhook, WebhookMessage

A_CALL: Final = 500
"""So many changes at once: the spring cleaning of a large partner is two hundred calls, not a hundred thousand."""
OBJECTS: Final[Mapping[str, str]] = {
    "listings.listing": "listing",
    "directory.service": "service",
    "directory.organisation": "organisation",
    "partners.feed": "feed",
}
OF_FEEDS: Final[Mapping[str, str]] = {"feed.quarantine": "feed.held_back", "feed.recover": "feed.recovered"}
PAGES: Final[Mapping[str, Callable[[Any], str]]] = {
    "listing": short_path,
    "service": service_path,
    "organisation": organisation_path,
}
_BIRTHS: Final = frozenset({"listing.create", "listing.publish", "service.create", "listing.republish"})

Found = dict[tuple[str, int], tuple[str, datetime]]
"""Kind and row, to what happened last and when."""


def changes_in(entries: Iterable[JournalEntry]) -> Found:
    """One change for each entry or listing, however often it was touched."""
    found: Found = {}
    for entry in entries:
        kind = OBJECTS.get(entry.object_type)
        if kind is None or (kind == "feed") != (entry.event in OF_FEEDS):
            continue
        what = OF_FEEDS.get(entry.event) or ("created" if entry.event in _BIRTHS else "changed")
        for number in _rows_of(entry):
            before = found.pop((kind, number), None)
            kept = "created" if what == "changed" and before and before[0] == "created" else what
            found[kind, number] = (kept, entry.at)
    return found


def _rows_of(entry: JournalEntry) -> Iterator[int]:
    if entry.object_id.isdecimal():
        yield int(entry.object_id)
    else:
        yield from (number for number in entry.data.get("listings", ()) if isinstance(number, int))


def messages_of(webhook: Webhook, found: Found, now: datetime) -> Iterator[WebhookMessage]:
    """The calls that tell of these changes, in the order in which they happened."""
    pairs = list(found.items())
    for start in range(0, len(pairs), A_CALL):
        if told := _told(webhook, dict(pairs[start : start + A_CALL])):
            data = {"organisation": webhook.organisation.code, "changes": told}
            yield _message(webhook, "entries.changed", data, now, changes=len(told))


def _told(webhook: Webhook, found: Found) -> Sequence[dict[str, Any]]:
    ids: dict[str, list[int]] = {kind: [] for kind in OBJECTS.values()}
    for kind, number in found:
        ids[kind].append(number)
    rows: dict[str, Mapping[int, Any]] = {
        "listing": listings_by_id(ids["listing"]) if ids["listing"] else {},
        "service": services_by_id(ids["service"]) if ids["service"] else {},
        "organisation": organisations_by_id(ids["organisation"]) if ids["organisation"] else {},
        "feed": Feed.objects.in_bulk(ids["feed"]) if ids["feed"] else {},
    }
    told = (_line(webhook, kind, rows[kind].get(number), *what) for (kind, number), what in found.items())
    return [line for line in told if line]


def _line(webhook: Webhook, kind: str, row: Any, what: str, at: datetime) -> dict[str, Any] | None:
    """None for drafts, and for what is another organisation's by now."""
    owner = row and (row.pk if kind == "organisation" else row.organisation_id)
    if row is None or owner != webhook.organisation_id or row.state == "draft":
        return None
    line: dict[str, Any] = {"id": row.code, "at": at.astimezone(UTC).isoformat()}
    if kind == "feed":
        held = row.quarantine or {}
        return {"type": what, **line, "vanished": held.get("vanished", 0), "known": held.get("known", 0)}
    said = f"{kind}.{'retired' if row.state == 'retired' else what}"
    api = {"api": f"{settings.SITE_ORIGIN}/api/v1/listings/{row.code}"} if kind == "listing" else {}
    return {"type": said, **line, "page": f"{settings.SITE_ORIGIN}{PAGES[kind](row)}", **api}


def trial_message(webhook: Webhook, now: datetime) -> WebhookMessage:
    data = {"organisation": webhook.organisation.code, "changes": []}
    return _message(webhook, "webhook.test", data, now, is_test=True)


def _message(webhook: Webhook, kind: str, data: Mapping[str, Any], now: datetime, **more: Any) -> WebhookMessage:
    said = {"type": kind, "timestamp": now.astimezone(UTC).isoformat(), "data": data}
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    name = f"msg_{secrets.token_hex(12)}"
    return WebhookMessage(webhook=webhook, name=name, body=body, created_at=now, **more)
