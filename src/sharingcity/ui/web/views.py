"""The gallery: every component in every state, left-to-right and right-to-left, light and dark."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sharingcity.ui.web.samples import booking, desk, listings
from sharingcity.ui.web.samples.forms import sample_form

SECTIONS = {
    "brand": _("Sign, line, ring"),
    "patterns": _("Pictures without photos"),
    "buttons": _("Buttons"),
    "fields": _("Fields, errors, help"),
    "notices": _("Notices"),
    "tags": _("Tags, marks, prices"),
    "search": _("Search, kinds, filters"),
    "cards": _("Cards"),
    "results": _("Results"),
    "map": _("Map"),
    "day": _("Day strip"),
    "week": _("Week grid"),
    "booking": _("Booking panel"),
    "listing": _("Facts, rules, refund"),
    "swap": _("Somebody was faster"),
    "tables": _("Tabs, crumbs, table"),
    "desk": _("Queue, rail, keys"),
    "dialog": _("Dialog, toast, code"),
    "empty": _("Empty and loading"),
}
"""The parts of the gallery; each has a template of its name."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One of the four ways in which everything is shown."""

    number: int
    language: str
    direction: str
    theme: str
    samples: dict[str, object]


def _samples(number: int) -> dict[str, object]:
    """Every sample in the language that is active."""
    return {
        "form": sample_form(f"f{number}"),
        "cards": listings.cards(),
        "entries": listings.entries(),
        "rows": listings.rows(number * 10),
        "pictures": listings.pictures(),
        "kinds": listings.kinds(with_all=False),
        "tabs_of_kinds": listings.kinds(with_all=True),
        "ways": listings.ways(),
        "map": listings.sample_map(number * 10),
        "strip": booking.strip(),
        "lost": booking.strip(lost=True),
        "week": booking.week(),
        "picked": booking.picked_time(),
        "steps": booking.steps(),
        "sum": booking.total(),
        "notes": booking.notes(),
        "facts": booking.facts(),
        "rules": booking.rules(),
        "refund": booking.refund(),
        "times": booking.other_times(),
        "places": booking.other_places(),
        "kept": booking.kept(),
        "queue": desk.queue(),
        "tabs": desk.tabs(),
        "crumbs": desk.crumbs(),
        "head": desk.head(),
        "table": desk.table(),
        "rail": desk.rail(),
        "keys": desk.keys(),
    }


def _frames() -> list[Frame]:
    ways = [("en", "ltr", "light"), ("ko", "ltr", "dark"), ("ar", "rtl", "light"), ("ar", "rtl", "dark")]
    frames = []
    for number, (language, direction, theme) in enumerate(ways, start=1):
        with override(language):
            frames.append(Frame(number, language, direction, theme, _samples(number)))
    return frames


def show_gallery(request: HttpRequest, part: str = "") -> HttpResponse:
    """Every component in every state, or one part of them; sample words only, no data of the city."""
    shown = {name: title for name, title in SECTIONS.items() if part in ("", name)}
    context = {"sections": shown or SECTIONS, "all_sections": SECTIONS, "frames": _frames()}
    return render(request, "ui/gallery.html", context)
