"""Results in words: title, place, first free time, price."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sharingcity.finding.queries import Question, Result
from sharingcity.finding.queries.strips import SHOWN
from sharingcity.finding.rules.keeping import Kept
from sharingcity.finding.web.hearts import heart_of_listing
from sharingcity.kernel.city import currency, local_date, zone
from sharingcity.kernel.i18n import language, localised
from sharingcity.kernel.intervals import Interval
from sharingcity.kernel.money import Money, format_money
from sharingcity.kernel.wording import ago_words, day_words, span_words, time_words
from sharingcity.listings.access import WORDS, needs_in
from sharingcity.listings.live import LiveFigures, elsewhere_of, live_figures, live_words
from sharingcity.listings.reaching import dates_words, reach_of, spots_words, where_words
from sharingcity.ui.components import Card, Fact, HourState, Mark, Picture, Price, ResultRow
from sharingcity.ui.kinds import category_look

if TYPE_CHECKING:
    from sharingcity.booking.queries.picker import HourIs
    from sharingcity.listings.models import Listing

SHOWN_NEEDS = 2
SHORT_FEE = 30


def result_rows(
    results: Sequence[Result],
    first: int,
    strips: "Mapping[int, Sequence[HourIs]]",
    question: Question,
    now: datetime,
    *,
    kept: Collection[Kept] = (),
) -> list[ResultRow]:
    """`first` is the number of the first row: pages count on. `kept`: what the reader keeps already."""
    live = live_figures(elsewhere_of(one.listing for one in results), now)
    return [
        ResultRow(
            number=number,
            card=with_live(card_of(one, question, now, kept), one.listing, live.get(one.listing.pk), now),
            hours=_hours(strips.get(one.listing.pk, ()), one.first_slot),
        )
        for number, one in enumerate(results, start=first)
    ]


def with_live(card: Card, listing: "Listing", live: LiveFigures | None, now: datetime) -> Card:
    """The card with what is free at this minute, and how old that is."""
    if live is None:
        return card
    fact = Fact(icon="activity", value=live_words(listing, live), note=ago_words(live.reported_at, now))
    return replace(card, facts=[fact, *card.facts])


def listing_url(listing: "Listing", slot: Interval | None, people: int | None) -> str:
    """The listing's page with the time chosen that is offered here."""
    words = slugify(localised(listing.titles), allow_unicode=True) or "-"
    try:
        url = reverse("portal-listing", args=[listing.code, words])
    except NoReverseMatch:  # the page belongs to a room above, which may not be there
        url = f"/listings/{listing.code}/{words}"
    if slot is None:
        return url
    asked = {
        "day": local_date(slot.starts_at).isoformat(),
        "from": time_words(slot.starts_at),
        "until": time_words(slot.ends_at),
    }
    return f"{url}?{urlencode(asked | ({'people': str(people)} if people else {}))}"


def card_of(one: Result, question: Question, now: datetime, kept: Collection[Kept] = ()) -> Card:
    """One result with its first free time, its price and its heart."""
    listing, slot = one.listing, one.first_slot
    title, place = localised(listing.titles), localised(listing.place.names)
    look = category_look(listing.category.slug) if listing.category else None
    return Card(
        title=title,
        url=listing_url(listing, slot, question.party_size),
        picture=Picture(
            kind=listing.kind, listing=listing.code, total=6, free=1 if slot else 0, form=look.form if look else ""
        ),
        place=where_words(listing, place, title),
        area=_area(one),
        when=_when(listing, slot, question),
        day=_day(slot, now),
        price=_price(listing, slot, question.party_size),
        room=str(listing.capacity) if listing.capacity else spots_words(listing),
        room_icon="users" if listing.capacity else "layers",
        sort=localised(listing.category.names) if look and listing.category else "",
        sort_icon=look.icon if look else "",
        mark=Mark(words=_("Public")) if listing.organisation.legal_form == "public_body" else None,
        facts=[Fact(icon="accessibility", value=str(WORDS[need])) for need in needs_in(listing.access)[:SHOWN_NEEDS]],
        heart=heart_of_listing(listing, kept),
    )


def _area(one: Result) -> str:
    district = one.listing.place.district
    name = localised(district.names) if district else ""
    if one.distance_m is None:
        return name
    far = _distance(one.distance_m)
    return _("%(distance)s, %(district)s") % {"distance": far, "district": name} if name else far


def _distance(metres: float) -> str:
    if metres < 950:
        return _("%(metres)s m") % {"metres": round(metres, -1).__trunc__()}
    return _("%(kilometres)s km") % {"kilometres": f"{metres / 1000:.1f}"}


def _when(listing: "Listing", slot: Interval | None, question: Question) -> str:
    if slot:
        return span_words(slot.starts_at, slot.ends_at)
    if listing.first_date or listing.last_date:
        return dates_words(listing)
    if listing.booking in ("elsewhere", "ask"):
        return str(reach_of(listing).short)
    return _("For groups only") if question.when else _("Nothing free soon")


def _day(slot: Interval | None, now: datetime) -> str:
    if slot is None:
        return ""
    day, today = local_date(slot.starts_at), local_date(now)
    if day == today:
        return _("Today")
    return _("Tomorrow") if day == today + timedelta(days=1) else day_words(day)


def _price(listing: "Listing", slot: Interval | None, people: int | None) -> Price:
    """By the hour, divided by the people who come when both are known."""
    fee = listing.hour_fee_minor
    if fee is None:
        return Price(amount=_unknown_price(listing))
    if not fee:
        return Price(amount="", is_free=True)
    return Price(amount=_money(fee), per=_("an hour"), each=_each(fee, slot, people))


def _unknown_price(listing: "Listing") -> str:
    """The source's own words where they are short; else who knows."""
    if listing.fee_note:
        return listing.fee_note if len(listing.fee_note) <= SHORT_FEE else _("There is a fee")
    return _("Fee: see there") if listing.booking == "elsewhere" else _("Ask for the fee")


def _each(fee: int, slot: Interval | None, people: int | None) -> str:
    if slot is None or not people or people < 2:
        return ""
    total = round(fee * (slot.duration / timedelta(hours=1)))
    return _("about %(total)s ÷ %(people)s people = %(each)s each") % {
        "total": _money(total),
        "people": people,
        "each": _money(-(-total // people)),
    }


def _money(amount_minor: int) -> str:
    return format_money(Money(amount_minor, currency()), language())


def _hours(states: "Sequence[HourIs]", slot: Interval | None) -> list[HourState]:
    """The day in a line; what is offered stands out. Nothing for what starts before the strip does."""
    found: list[HourState] = list(states)
    if slot is None or not found:
        return found
    starts = slot.starts_at.astimezone(zone())
    first = starts.hour - SHOWN.start
    length = -(-(starts.minute + slot.duration // timedelta(minutes=1)) // 60)
    for place in range(max(first, 0), min(first + length, len(found))):
        found[place] = "chosen"
    return found
