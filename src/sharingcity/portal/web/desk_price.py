"""What a booking at the desk costs and what stands in its way, and what is free instead."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from sharingcity.booking import operations
from sharingcity.booking.operations import Order
from sharingcity.booking.rules.wish import Wish
from sharingcity.booking.wording import amount_words, each_words, line_words, people_words
from sharingcity.kernel.city import zone
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import moment_words, when_words
from sharingcity.portal.web.desk_times import LOCAL, Times
from sharingcity.ui.components import Sum, SumLine

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """The sum, what is due when, and every rule in the way, in words."""

    sum: Sum
    needs_approval: bool
    pay_by: str
    in_the_way: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTime:
    """Something free instead. `at` is set for the same listing: the form goes on with it; else `url` leads there."""

    title: str
    when: str
    at: str
    url: str


def order_of(asked: dict[str, Any], listing: "Listing", times: Times) -> Order | None:
    """What is booked, out of the address and the form; None while no time is chosen."""
    if times.starts_at is None or times.ends_at is None:
        return None
    wish = Wish(
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        party_size=asked.get("party_size") or 1,
        purpose=asked.get("purpose") or "meeting",
        purpose_words=asked.get("purpose_words") or "",
    )
    return Order(listings=((listing, 1),), wish=wish, reduction=asked.get("reduction") or "")


def price_of(asked: dict[str, Any], listing: "Listing", times: Times, now: datetime) -> Price | None:
    """The quote for what is chosen so far; None while no time is chosen or it is not booked here."""
    order = order_of(asked, listing, times)
    if order is None:
        return None
    try:
        found = operations.quote(order=order, now=now)
    except Refusal as refusal:
        return Price(sum=Sum(total="–"), needs_approval=False, pay_by="", in_the_way=[str(refusal.sentence)])
    people = order.wish.party_size
    each = each_words(found.total_minor, found.currency, people)
    lines = [
        SumLine(label=line_words(line.code, dict(line.values)), amount=amount_words(line.amount_minor, found.currency))
        for line in found.lines
    ]
    return Price(
        sum=Sum(
            lines=lines,
            total=amount_words(found.total_minor, found.currency),
            people=people_words(people) if each else "",
            each=each,
        ),
        needs_approval=found.needs_approval,
        pay_by=moment_words(found.pay_by) if found.pay_by else "",
        in_the_way=[str(refusal.sentence) for refusal in found.broken],
    )


def other_times(refusal: Refusal | None, code: str) -> list[OtherTime]:
    """The alternatives that a refusal carries."""
    found = []
    for one in refusal.data.get("alternatives", []) if refusal else []:
        starts_at, ends_at = datetime.fromisoformat(one["starts_at"]), datetime.fromisoformat(one["ends_at"])
        at = starts_at.astimezone(zone()).strftime(LOCAL)
        minutes = int((ends_at - starts_at).total_seconds() // 60)
        same = one["listing"] == code
        link = f"{reverse('staff-book-listing', args=[one['listing']])}?{urlencode({'at': at, 'minutes': minutes})}"
        found.append(
            OtherTime(
                title=localised(one["title"]), when=when_words(starts_at, ends_at), at=at if same else "", url=link
            )
        )
    return found
