"""A booking that is being typed: kept in the session, so that going back or being too late loses nothing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from sharingcity.booking.operations import Order
from sharingcity.booking.rules.wish import Wish
from sharingcity.kernel.ids import new_id

if TYPE_CHECKING:
    from sharingcity.booking.queries.order_choices import OrderChoices
    from sharingcity.listings.models import Listing

KEPT = 5
DRAFTS = "booking_drafts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was typed. `times` and `until` are those of a weekly repetition, empty for a single booking."""

    listing: str
    starts_at: str
    ends_at: str
    people: int
    quantity: int = 1
    group: str = ""
    purpose: str = ""
    words: str = ""
    extras: Mapping[str, int] = field(default_factory=dict)
    reduction: str = ""
    times: int = 0
    until: str = ""

    @property
    def starts(self) -> datetime:
        return datetime.fromisoformat(self.starts_at)

    @property
    def ends(self) -> datetime:
        return datetime.fromisoformat(self.ends_at)

    @property
    def until_date(self) -> date | None:
        return date.fromisoformat(self.until) if self.until else None

    @property
    def is_series(self) -> bool:
        return bool(self.times or self.until)

    def at(self, listing: str, starts_at: str, ends_at: str) -> "Draft":
        """The same wish at another time or place; extras and reduction belong to the listing they were chosen with."""
        moved = replace(self, listing=listing, starts_at=starts_at, ends_at=ends_at, times=0, until="")
        return moved if listing == self.listing else replace(moved, extras={}, reduction="", quantity=1)

    def order(self, listing: "Listing", choices: "OrderChoices") -> Order:
        extras = [(extra.listing, self.extras.get(extra.listing.code, 0)) for extra in choices.extras]
        return Order(
            listings=((listing, self.quantity), *((extra, quantity) for extra, quantity in extras if quantity)),
            wish=Wish(
                starts_at=self.starts,
                ends_at=self.ends,
                party_size=self.people,
                purpose=self.purpose,
                purpose_words=self.words,
                quantity=self.quantity,
            ),
            group=next((group for group in choices.groups if group.code == self.group), None),
            reduction=self.reduction,
        )


def keep(request: HttpRequest, draft: Draft, code: str = "") -> str:
    """Keeps the draft under `code`, else under a new one; the oldest of more than five goes."""
    code = code or new_id()
    drafts: dict[str, Any] = request.session.get(DRAFTS, {})
    drafts.pop(code, None)
    drafts[code] = asdict(draft)
    request.session[DRAFTS] = dict(list(drafts.items())[-KEPT:])
    return code


def kept(request: HttpRequest, code: str) -> Draft | None:
    """The draft of a code, None when it is gone (another browser, or long ago)."""
    found = request.session.get(DRAFTS, {}).get(code)
    return Draft(**found) if found else None


def forget(request: HttpRequest, code: str) -> None:
    drafts = request.session.get(DRAFTS, {})
    if drafts.pop(code, None) is not None:
        request.session[DRAFTS] = drafts
