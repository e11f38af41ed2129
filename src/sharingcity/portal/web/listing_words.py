"""A listing as plain values: facts, price, where it comes from, how it is booked."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sharingcity.booking.wording import amount_words
from sharingcity.kernel.city import currency
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, moment_words
from sharingcity.listings.access import WORDS as ACCESS_WORDS
from sharingcity.listings.access import needs_in
from sharingcity.listings.reaching import audience_words, dates_words, spots_words
from sharingcity.portal.web.hours_words import hours_words
from sharingcity.ui.components import Fact, Link, Mark, Picture
from sharingcity.ui.kinds import category_look, kind_look

if TYPE_CHECKING:
    from sharingcity.booking.models import Closure
    from sharingcity.listings.models import FieldSource, Listing
    from sharingcity.portal.queries.listing_page import ListingPage


def crumbs_of(listing: "Listing") -> list[Link]:
    """Find, the kind, the district: each a search."""
    find = reverse("portal-home") + "find"
    found = [
        Link(title=_("Find"), url=find),
        Link(title=str(kind_look(listing.kind).many), url=f"{find}?kind={listing.kind}"),
    ]
    if district := listing.place.district:
        url = f"{find}?kind={listing.kind}&district={district.slug}"
        found.append(Link(title=localised(district.names), url=url))
    return found


def mark_of(listing: "Listing", is_designated: bool) -> Mark | None:
    """Who stands behind it."""
    organisation = listing.organisation
    name, url = localised(organisation.names), reverse("portal-organisation", args=[organisation.slug])
    if is_designated:
        return Mark(words=_("Designated: %(name)s") % {"name": name}, status="valid", url=url)
    if organisation.legal_form == "public_body":
        return Mark(words=_("Public: %(name)s") % {"name": name}, url=url)
    return Mark(words=name, url=url)


def picture_of(page: "ListingPage") -> Picture:
    """The plan with its free part lit: one room now, of a pool as many as stand free."""
    listing, units = page.listing, len(page.choice.picker.stock.units)
    free = 1 if page.choice.starts else 0
    total = max(units, 1) if listing.books == "any" else 1
    look = category_look(listing.category.slug) if listing.category else None
    form = look.form if look else ""
    return Picture(kind=listing.kind, listing=listing.code, total=max(total, 6), free=free, form=form)


def price_words(listing: "Listing") -> tuple[str, str]:
    """`₩10,000` and `an hour`; both empty when nobody knows."""
    fee = listing.hour_fee_minor
    if fee is None:
        return "", ""
    return (amount_words(fee, currency()), _("an hour")) if fee else (_("Free of charge"), "")


def facts_of(page: "ListingPage") -> list[Fact]:
    """Capacity, size, hours, equipment, access, floor."""
    listing = page.listing
    opened, closed = hours_words(page.hours, page.choice.calendar, page.now)
    access = [str(ACCESS_WORDS[need]) for need in needs_in(listing.access)]
    extras = [localised(extra.titles) for extra in page.extras]
    units = page.choice.picker.stock.units
    facts = [
        _fact("calendar-days", dates_words(listing)),
        _fact("users", _people(listing)),
        _fact("users", audience_words(listing)),
        _fact("layers", spots_words(listing)),
        _fact("ruler", f"{listing.area_m2:g} m²" if listing.area_m2 else "", listing.floor),
        _fact("layers", _pool(listing, len(units))),
        _fact("clock", opened, listing.opening_note or closed),
        _fact("projector", ", ".join(extras), _("book it along in step 2") if extras else ""),
        _fact("accessibility", access[0] if access else "", ", ".join(access[1:])),
        _fact("building-2", listing.floor if listing.floor and not listing.area_m2 else ""),
        _fact("wallet", _("Fee"), listing.fee_note) if listing.fee_note else None,
    ]
    return [fact for fact in facts if fact]


def _fact(icon: str, value: str, note: str = "") -> Fact | None:
    return Fact(icon=icon, value=value, note=note) if value else None


def _people(listing: "Listing") -> str:
    if not listing.capacity:
        return ""
    return ngettext("for %(count)s person", "for up to %(count)s people", listing.capacity) % {
        "count": listing.capacity
    }


def _pool(listing: "Listing", units: int) -> str:
    if listing.books != "any" or units < 2:
        return ""
    return _("%(count)s of the same kind") % {"count": units}


def source_words(source: "FieldSource | None", connector: str) -> str:
    """Where an imported listing comes from."""
    if not connector:
        return ""
    if source is None:
        return _("From the city’s open data.")
    parts = {"source": source.source, "day": day_words(source.at, with_year=True)}
    if source.licence:
        return _("From the open data “%(source)s”, read on %(day)s; licence: %(licence)s.") % {
            **parts,
            "licence": source.licence,
        }
    return _("From the open data “%(source)s”, read on %(day)s.") % parts


def closure_words(closure: "Closure") -> str:
    """`Thu 4 Dec, 09:00 to Fri 5 Dec, 18:00: repair of the ceiling`."""
    return _("%(starts)s to %(ends)s: %(reason)s") % {
        "starts": moment_words(closure.starts_at),
        "ends": moment_words(closure.ends_at),
        "reason": localised(closure.reason) or _("closed"),
    }


def organisation_words(listing: "Listing", is_designated: bool) -> str:
    if words := localised(listing.organisation.descriptions):
        return words
    if is_designated:
        return _("An organisation that the city has designated.")
    if listing.organisation.legal_form == "public_body":
        return _("A public body. It looks after this place and answers requests.")
    if listing.kind in ("vehicle", "event"):
        return _("It runs this and answers questions.")
    return _("It looks after this place and answers requests.")


def retired_words(at: datetime | None) -> str:
    return _("It was taken out of the programme on %(day)s.") % {"day": day_words(at, with_year=True)} if at else ""
