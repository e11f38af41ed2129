"""Template tags of the look: icons, drawings, the stylesheet."""

from datetime import date, datetime

from django import template
from django.conf import settings
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sharingcity.kernel.wording import day_words, moment_words
from sharingcity.ui import controls, languages
from sharingcity.ui.bundle import BUNDLE
from sharingcity.ui.components import Picture
from sharingcity.ui.drawings import marks
from sharingcity.ui.drawings.patterns import Shape
from sharingcity.ui.drawings.patterns import pattern as draw_pattern
from sharingcity.ui.icons import icon as draw_icon
from sharingcity.ui.kinds import KindLook, kind_look

register = template.Library()


@register.simple_tag
def site_css() -> str:
    """Address of the stylesheet: the single files while developing, the bundle elsewhere."""
    return static("ui/css/site.css" if settings.DEBUG else BUNDLE)


@register.simple_tag(takes_context=True)
def page_addresses(context: template.Context) -> SafeString:
    """`canonical` and the page in each language; a view names the paths where words in them differ (`lang_paths`)."""
    request = context.get("request")
    if request is None or not (address := languages.canonical(request)):
        return SafeString("")
    others = languages.alternates(request, context.get("lang_paths"))
    links = format_html_join("\n  ", '<link rel="alternate" hreflang="{}" href="{}">', others)
    return format_html('<link rel="canonical" href="{}">\n  {}', address, links)


@register.simple_tag(takes_context=True)
def here_in_any_language(context: template.Context) -> str:
    """This page's address without a language; empty on a page that answers no request."""
    request = context.get("request")
    return languages.without_language(request) if request is not None else ""


@register.simple_tag
def icon(name: str, size: int = 20, turn: bool = False, label: str = "") -> SafeString:
    """An icon; `turn` mirrors arrows in right-to-left text."""
    return draw_icon(str(name), int(size), turn=bool(turn), label=str(label))


@register.simple_tag
def sign(size: int = 40, label: str = "") -> SafeString:
    """The sign: one person."""
    return marks.sign(int(size), label=str(label))


@register.simple_tag
def hands(people: int = 25, lit: int | None = None, missing: int | None = None) -> SafeString:
    """The line: people hand in hand."""
    return marks.hands(int(people), lit=lit, missing=missing)


@register.simple_tag
def ring(size: int = 160, status: marks.MarkStatus = "valid", people: int = 25, label: str = "") -> SafeString:
    """The ring: the mark of designation."""
    return marks.ring(int(size), status=status, people=int(people), label=str(label))


@register.simple_tag
def badge(size: int = 20, status: marks.MarkStatus = "valid", label: str = "") -> SafeString:
    """The disc: the mark in lists."""
    return marks.badge(int(size), status=status, label=str(label))


@register.filter
def look(kind: str) -> KindLook:
    """Icon and words of a kind."""
    return kind_look(str(kind))


NOTICE_ICONS = {
    "ok": "circle-check",
    "success": "circle-check",
    "warn": "clock-alert",
    "warning": "clock-alert",
} | {
    "stop": "octagon-alert",
    "error": "octagon-alert",
    "now": "bell-ring",
}


@register.simple_tag
def notice_icon(kind: str) -> SafeString:
    """The icon that goes with the tone of a notice."""
    return draw_icon(NOTICE_ICONS.get(kind, "info"), 24)


@register.filter
def control(field: BoundField) -> SafeString:
    """The control of a form field, in our clothes."""
    return controls.drawn(field)


@register.filter
def is_single_choice(field: BoundField) -> bool:
    """Whether the field is one box to tick, whose label stands beside it."""
    return controls.is_single_choice(field)


@register.filter
def choices_of(field: BoundField) -> list[BoundWidget]:
    """The single boxes of a group of radios or checkboxes."""
    return controls.choices_of(field)


@register.filter
def anchor(field: BoundField) -> str:
    """Id of the place to which an error leads."""
    return controls.anchor(field)


@register.simple_tag
def pattern(picture: Picture, shape: Shape = "card", label: str = "") -> SafeString:
    """The drawn picture of a listing without a photo."""
    return draw_pattern(
        picture.kind,
        picture.listing,
        total=picture.total,
        free=picture.free,
        form=picture.form,
        shape=shape,
        label=str(label),
    )


@register.filter
def times(count: int) -> range:
    """Counts, for what is drawn several times."""
    return range(int(count))


@register.filter
def as_day(at: date | datetime | None) -> str:
    """`Thu 4 Dec 2026` on the city's clock, as everywhere on the pages; nothing for nothing."""
    return day_words(at, with_year=True) if at else ""


@register.filter
def as_moment(at: datetime | None) -> str:
    """`Thu 4 Dec 2026, 19:00`."""
    return moment_words(at, with_year=True) if at else ""


@register.filter
def unlocalised(value: float) -> str:
    """A number for a machine: a point, no grouping, in every language."""
    return repr(float(value))
