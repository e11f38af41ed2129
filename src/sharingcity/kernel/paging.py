"""Pages of a list by cursor: the same cost at any depth, an honest count."""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, Field

from sharingcity.kernel.errors import Refusal

COUNTED_TO = 1000
M = TypeVar("M", bound=Model)


class Page(BaseModel):
    """`limit` 20 as it comes, 200 at most; `cursor` as the answer before gave it."""

    limit: Annotated[int, Field(ge=1, le=200)] = 20
    cursor: Annotated[str, Field(max_length=200)] = ""


@dataclass(frozen=True, slots=True)
class Found(Generic[M]):
    """Rows of a page, the count (exact up to 1,000), the next cursor or None."""

    rows: list[M]
    count: dict[str, Any]
    next: str | None


def encode_cursor(*parts: object) -> str:
    return base64.urlsafe_b64encode("|".join(map(str, parts)).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, parts: int) -> list[str]:
    """Raises: Refusal `request.bad_cursor`."""
    try:
        found = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split("|")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        found = []
    if len(found) != parts:
        raise bad_cursor()
    return found


def bad_cursor() -> Refusal:
    return Refusal("request.bad_cursor", _("This cursor is not one of ours. Begin again without it."), field="cursor")


def count_of(rows: "QuerySet[Any]") -> dict[str, Any]:
    """Exact up to 1,000, then `is_exact` false."""
    value = rows.order_by()[: COUNTED_TO + 1].count()
    return {"value": min(value, COUNTED_TO), "is_exact": value <= COUNTED_TO}


def page_of(rows: "QuerySet[M]", page: Page, field: str = "starts_at") -> Found[M]:
    """A page of rows in descending order of an instant `field`, then id."""
    shown = rows.order_by(f"-{field}", "-id")
    if page.cursor:
        at_text, pk_text = decode_cursor(page.cursor, 2)
        try:
            at, pk = datetime.fromisoformat(at_text).astimezone(UTC), int(pk_text)
        except (ValueError, OverflowError) as problem:
            raise bad_cursor() from problem
        shown = shown.filter(Q(**{f"{field}__lt": at}) | Q(**{field: at, "id__lt": pk}))
    found = list(shown[: page.limit + 1])
    more = len(found) > page.limit
    last = found[page.limit - 1] if more else None
    following = encode_cursor(getattr(last, field).isoformat(), last.pk) if last else None
    return Found(found[: page.limit], count_of(rows), following)
