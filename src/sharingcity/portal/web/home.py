"""`/`: one search, the five kinds, what is free this evening, who shares, what it came to."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from sharingcity.booking.web.pages import viewer
from sharingcity.finding.rules.times import ANY, WHEN_WORDS
from sharingcity.kernel import clock
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words, long_day_words
from sharingcity.partners.feeds_out.addresses import origin_of
from sharingcity.partners.feeds_out.schema_org import city_things, script_of
from sharingcity.portal.queries.home_page import HomePage, read_home_page
from sharingcity.portal.web.cards import card_of
from sharingcity.ui.components import KindCount, Link, Option
from sharingcity.ui.kinds import KINDS

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.partners.models import NewsItem


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    page = read_home_page(viewer(request), now)
    json_ld = script_of(city_things(origin_of(request)))
    response = render(request, "portal/home.html", _context(page, now) | {"json_ld": json_ld})
    response["Vary"] = "Cookie, Accept-Language"
    return response


def _context(page: HomePage, now: datetime) -> dict[str, Any]:
    day = page.evening.date_from
    evening = f"/find?date_from={day}&date_to={day}&time_from=18:00&time_to=23:00"
    return {
        "kinds": [_kind(kind, page.counts.get(kind, 0)) for kind in KINDS],
        "when_options": _when_options(),
        "asks": _asks(),
        "is_tonight": page.is_tonight,
        "evening": long_day_words(day),
        "evening_url": evening,
        "cards": [card_of(result, now, page.kept) for result in page.free.results],
        "count": page.free.count.value,
        "designated": page.designated,
        "hosts": [_host(one, number) for one, number in page.hosts],
        "figures": _figures(page),
        "news": [_news(item) for item in page.news],
        "total": sum(page.counts.values()),
    }


def _kind(kind: str, count: int) -> KindCount:
    """A kind without listings leads nowhere: it is still to come."""
    return KindCount(
        kind=kind,
        url=f"/find?kind={kind}" if count else "",
        count=f"{count:,}" if count else pgettext("kind", "coming"),
    )


def _when_options() -> list[Option]:
    return [Option(value=value, label=str(words), is_chosen=value == ANY) for value, words in WHEN_WORDS.items()]


def _asks() -> list[Link]:
    return [
        Link(title=_("a meeting room this evening"), url=f"/find?q={_('meeting room')}&when=tonight"),
        Link(title=_("a hall at the weekend"), url=f"/find?q={_('hall')}&when=weekend"),
        Link(title=_("a room that costs nothing"), url="/find?kind=space&free=true"),
        Link(title=_("a room without steps"), url="/find?kind=space&access=step_free"),
    ]


def _host(one: "Organisation", number: int) -> dict[str, str]:
    shared = ngettext("shares %(count)s place", "shares %(count)s places", number) % {"count": number}
    return {
        "name": localised(one.names),
        "url": f"/organisations/{one.slug}",
        "note": shared if number else "",
    }


def _news(item: "NewsItem") -> dict[str, str]:
    return {
        "title": item.title,
        "link": item.link,
        "language": item.language,
        "note": f"{localised(item.organisation.names)}, {day_words(item.published_at)}",
    }


def _figures(page: HomePage) -> list[dict[str, str]]:
    """Only what was counted; a figure below two says nothing and is left out."""
    use = page.use
    found = [
        ("÷", use.groups_a_place, _("groups and neighbours share one room")),
        ("÷", use.people_a_use, _("people use it together each time")),
        ("+", use.uses, _("uses of rooms that stood empty")),
        ("+", use.people, _("people who came")),
    ]
    return [{"sign": sign, "number": f"{number:,}", "words": words} for sign, number, words in found if number > 1]
