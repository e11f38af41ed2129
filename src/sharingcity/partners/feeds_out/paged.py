"""One page of a collection: by rows, or by what changed since an instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.paging import bad_cursor, decode_cursor, encode_cursor
from sharingcity.partners.feeds_out.collections import Collection, about

MOST: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`since` and `cursor` may be empty; a cursor goes on where a page ended."""

    limit: int
    cursor: str = ""
    since: str = ""


def read_page(asked: Mapping[str, str]) -> Asked | None:
    """None when a whole file is asked for.

    Raises: Refusal `request.invalid` for a limit or an instant that is none.
    """
    if not {"limit", "cursor", "changed_since"} & asked.keys():
        return None
    limit = asked.get("limit", str(MOST))
    if not (limit.isascii() and limit.isdigit() and len(limit) < 6 and 1 <= int(limit) <= MOST):
        raise Refusal("request.invalid", _("“limit” is a number from 1 to 1,000."), field="limit")
    return Asked(limit=int(limit), cursor=asked.get("cursor", ""), since=asked.get("changed_since", ""))


def read_instant(text: str) -> datetime:
    """Raises: Refusal `request.invalid`."""
    try:
        at = datetime.fromisoformat(text.replace(" ", "+"))  # a plus sign that was not escaped
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as problem:
        sentence = _("“changed_since” is an instant such as 2026-12-01T00:00:00Z.")
        raise Refusal("request.invalid", sentence, field="changed_since") from problem


def page_of(collection: Collection, asked: Asked, today: date, address: str) -> dict[str, Any]:
    """The rows of a page and the address of the next one; `address` is the collection's own, with its origin."""
    origin = address.removesuffix(f"/open-data/{collection.name}.json")
    found, parts = _by_change(collection, asked) if asked.since else _by_row(collection, asked)
    more = len(found) > asked.limit
    shown = found[: asked.limit]
    query = {"limit": asked.limit, **({"changed_since": asked.since} if asked.since else {})}
    following = urlencode(query | {"cursor": encode_cursor(*parts(shown[-1]))}) if more else ""
    return {
        **about(origin),
        collection.name: [collection.row(one, today, origin) for one in shown],
        "next": f"{address}?{following}" if more else None,
    }


def _by_row(collection: Collection, asked: Asked) -> tuple[list[Any], Any]:
    after = _number(decode_cursor(asked.cursor, 1)[0]) if asked.cursor else 0
    return collection.after(after, asked.limit + 1), lambda one: (one.pk,)


def _by_change(collection: Collection, asked: Asked) -> tuple[list[Any], Any]:
    place = (read_instant(asked.since), 0)
    if asked.cursor:
        at, row = decode_cursor(asked.cursor, 2)
        place = (_instant(at), _number(row))
    found = collection.changed_since(place, asked.limit + 1)
    return found, lambda one: (one.changed_at.isoformat(), one.pk)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise bad_cursor()
    return int(text)


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        raise bad_cursor() from problem
