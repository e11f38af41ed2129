"""A result of a search as a card."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sharingcity.booking.web.presenters import listing_url, when_query
from sharingcity.booking.wording import amount_words, people_words
from sharingcity.finding.rules.keeping import Kept
from sharingcity.finding.web.hearts import heart_of_listing
from sharingcity.kernel.city import currency, local_date
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, span_words
from sharingcity.listings.reaching import dates_words, reach_of, spots_words, where_words
from sharingcity.ui.components import Card, Mark, Picture, Price
from sharingcity.ui.kinds import category_look

if TYPE_CHECKING:
    from sharingcity.finding.queries import Result
    from sharingcity.kernel.intervals import Interval
    from sharingcity.listings.models import Listing


def card_of(result: "Result", now: datetime | None = None, kept: Collection[Kept] = ()) -> Card:
    """With its first free time; its link chooses that time. `kept`: what the reader keeps already."""
    listing, slot = result.listing, result.first_slot
    url = listing_url(listing)
    district = listing.place.district
    title, place = localised(listing.titles), localised(listing.place.names)
    look = category_look(listing.category.slug) if listing.category else None
    return Card(
        title=title,
        url=f"{url}?{when_query(slot.starts_at, slot.ends_at)}" if slot else url,
        picture=Picture(
            kind=listing.kind, listing=listing.code, total=6, free=1 if slot else 0, form=look.form if look else ""
        ),
        place=where_words(listing, place, title),
        area=localised(district.names) if district else "",
        when=_when(listing, slot),
        day=_day(slot, now),
        price=_price(listing),
        room=people_words(listing.capacity) if listing.capacity else spots_words(listing),
        room_icon="users" if listing.capacity else "layers",
        sort=localised(listing.category.names) if look and listing.category else "",
        sort_icon=look.icon if look else "",
        mark=_mark(listing),
        heart=heart_of_listing(listing, kept),
    )


def _when(listing: "Listing", slot: "Interval | None") -> str:
    if slot:
        return span_words(slot.starts_at, slot.ends_at)
    return dates_words(listing) or str(reach_of(listing).short)


def _day(slot: "Interval | None", now: datetime | None) -> str:
    if slot is None:
        return ""
    day = local_date(slot.starts_at)
    if now and day == local_date(now):
        return _("Today")
    if now and day == local_date(now + timedelta(days=1)):
        return _("Tomorrow")
    return day_words(day)


def _price(listing: "Listing") -> Price:
    fee = listing.hour_fee_minor
    if fee is None:
        return Price(amount=_("Fee: ask"))
    return Price(amount=amount_words(fee, currency()), per=_("an hour"), is_free=not fee)


def _mark(listing: "Listing") -> Mark | None:
    return Mark(words=_("Public")) if listing.organisation.legal_form == "public_body" else None
