"""What to do about a listing that is not booked here: where people book, apply or just go. And its days and bays."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, days_words

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """`short` for a row of results; title, sentence and the words of the link for the listing's page."""

    short: str | Promise
    title: str | Promise
    text: str | Promise
    link: str | Promise


_WALK_IN: Final = Reach(
    short=gettext_lazy("No booking needed"),
    title=gettext_lazy("No booking needed"),
    text=gettext_lazy("Just go there. We cannot tell how much room is left."),
    link=gettext_lazy("Go to the operator’s page"),
)
_APP: Final = Reach(
    short=gettext_lazy("In the operator’s app"),
    title=gettext_lazy("In the operator’s app"),
    text=gettext_lazy("You sign up, take and pay with the operator. We do not know how many are there now."),
    link=gettext_lazy("Go to the operator’s page"),
)
_EVENT: Final = Reach(
    short=gettext_lazy("With the organiser"),
    title=gettext_lazy("Apply with the organiser"),
    text=gettext_lazy("Places and tickets are the organiser’s. Look there before you go."),
    link=gettext_lazy("Go to the organiser’s page"),
)
_SITE: Final = Reach(
    short=gettext_lazy("Booked on another site"),
    title=gettext_lazy("Booked elsewhere"),
    text=gettext_lazy("This place is not booked here but with its host. We cannot promise you a time."),
    link=gettext_lazy("Go to the host’s page"),
)
_ASK: Final = Reach(
    short=gettext_lazy("Ask there"),
    title=gettext_lazy("Ask first"),
    text=gettext_lazy("We do not know exactly when it can be used. Ask the host before you go."),
    link=gettext_lazy("Go to the host’s page"),
)
_NOT_YET: Final = Reach(
    short=gettext_lazy("Nothing free soon"),
    title=gettext_lazy("Not booked at the moment"),
    text=gettext_lazy("Its host has not opened it for booking yet. Ask, or come back later."),
    link=gettext_lazy("Go to the host’s page"),
)


def is_walk_in(listing: "Listing") -> bool:
    """Whether there is nothing to book or to apply for: a car park."""
    return listing.booking == "elsewhere" and "walk_in" in listing.how_to_book.get("ways", ())


def reach_of(listing: "Listing") -> Reach:
    """How people come by it who cannot book it here."""
    if listing.booking == "ask":
        return _ASK
    if listing.booking != "elsewhere":
        return _NOT_YET
    if is_walk_in(listing):
        return _WALK_IN
    if "app" in listing.how_to_book.get("ways", ()):
        return _APP
    return _EVENT if listing.kind == "event" else _SITE


def dates_words(listing: "Listing") -> str:
    """`Sat 6 Dec 2025`, `Sat, 6 Dec – Sun, 7 Dec 2025`; empty for what is not bound to days."""
    first, last = listing.first_date, listing.last_date
    if first and last:
        return days_words(first, last)
    if first:
        return _("from %(day)s") % {"day": day_words(first, with_year=True)}
    return _("until %(day)s") % {"day": day_words(last, with_year=True)} if last else ""


def spots_words(listing: "Listing") -> str:
    """`room for 177 cars`: bays of a car park, docks of a station."""
    count = listing.spots
    if not count:
        return ""
    if listing.category and listing.category.slug == "bike-station":
        return ngettext("%(count)s bike dock", "%(count)s bike docks", count) % {"count": count}
    return ngettext("%(count)s parking space", "%(count)s parking spaces", count) % {"count": count}


def where_words(listing: "Listing", place: str, title: str) -> str:
    """The place's name; where the title says it already, the address or whose it is says more."""
    if place not in title:
        return place
    return listing.place.address or localised(listing.organisation.names)


def audience_words(listing: "Listing") -> str:
    """For whom it is, in the words of its source."""
    return str(listing.how_to_book.get("eligibility") or "")
