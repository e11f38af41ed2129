"""Imports in words and figures for the staff's pages."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, time_words
from sharingcity.partners.frame.told import told_words
from sharingcity.partners.models import ImportRun
from sharingcity.partners.queries.queues import OpenDifference, RetiredWithBookings
from sharingcity.partners.registry import CONNECTORS
from sharingcity.ui.components import Pair

STATES: dict[str, Promise] = {
    "running": gettext_lazy("Running"),
    "done": gettext_lazy("Done"),
    "refused": gettext_lazy("Refused"),
    "failed": gettext_lazy("Failed"),
}
FIELDS: dict[str, Promise] = {
    "titles": gettext_lazy("Title"),
    "descriptions": gettext_lazy("Description"),
    "category": gettext_lazy("Category"),
    "booking": gettext_lazy("How it is booked"),
    "capacity": gettext_lazy("People"),
    "spots": gettext_lazy("Room for vehicles"),
    "area_m2": gettext_lazy("Area in m²"),
    "opening_note": gettext_lazy("Note on the hours"),
    "fee_note": gettext_lazy("Note on the fee"),
    "hour_fee_minor": gettext_lazy("Fee for an hour"),
    "hours": gettext_lazy("Opening hours"),
    "first_date": gettext_lazy("First day"),
    "last_date": gettext_lazy("Last day"),
    "how_to_book": gettext_lazy("How to apply"),
    "phone": gettext_lazy("Telephone"),
    "url": gettext_lazy("Web address"),
    "quality": gettext_lazy("Rank"),
}
LONGEST_VALUE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One import. `figures` are rows, created, updated, unchanged, retired, rejected, skipped, warnings."""

    when: str
    title: str
    location: str
    state: str
    tone: str
    words: str
    figures: list[int]
    report_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRow:
    """A field, and as pairs what stands here and what the source says."""

    id: int
    listing: str
    place: str
    field: str
    since: str
    values: list[Pair]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredRow:
    """A listing that is off, and how many bookings still stand."""

    code: str
    listing: str
    place: str
    since: str
    bookings: int


def run_row(run: ImportRun) -> RunRow:
    entry = CONNECTORS.get(run.connector)
    figures = (
        (run.rows, run.created, run.updated, run.unchanged, run.retired, run.rejected, run.skipped, run.warnings)
        if run.state == ImportRun.State.DONE
        else ()
    )
    return RunRow(
        when=f"{day_words(run.started_at, with_year=True)} {time_words(run.started_at)}",
        title=entry.title if entry else run.connector,
        location=run.location,
        state=str(STATES[run.state]),
        tone={"done": "ok", "running": "line", "refused": "warn"}.get(run.state, "stop"),
        words=told_words(run.refusal_told, run.refusal_words),
        figures=list(figures),
        report_url=reverse("partners-report", args=[run.code]) if run.report else "",
    )


def difference_row(found: OpenDifference) -> DifferenceRow:
    difference, listing = found.difference, found.difference.listing
    return DifferenceRow(
        id=difference.pk,
        listing=localised(listing.titles),
        place=localised(listing.place.names),
        field=str(FIELDS.get(difference.field, difference.field)),
        since=day_words(difference.seen_at, with_year=True),
        values=[
            Pair(term=_("Here"), value=value_words(found.ours)),
            Pair(term=_("In the source"), value=value_words(difference.theirs)),
        ],
    )


def retired_row(found: RetiredWithBookings) -> RetiredRow:
    listing = found.listing
    return RetiredRow(
        code=listing.code,
        listing=localised(listing.titles),
        place=localised(listing.place.names),
        since=day_words(listing.retired_at, with_year=True) if listing.retired_at else "",
        bookings=found.bookings,
    )


def value_words(value: Any) -> str:
    """A field's value for people: words in languages one after the other, nothing as a dash."""
    if isinstance(value, dict):
        value = " · ".join(value_words(part) for part in value.values() if part not in ("", None, []))
    elif isinstance(value, list):
        value = ", ".join(str(part) for part in value)
    if value in (None, ""):
        return _("not stated")
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
