"""What every page shows of the city: the main links, the foot, the small print, whether this is a demonstration."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sharingcity.kernel.city import is_demo
from sharingcity.people.slots import ME_MENU
from sharingcity.ui.components import City, FooterColumn, Link, MenuEntry
from sharingcity.ui.context import CITY, FOOTER, MENU, SMALL_PRINT, city_of_settings


def _city(request: HttpRequest) -> City:
    return replace(
        city_of_settings(),
        is_demo=is_demo(),
        phone_note=_("The city’s call centre. They search and book for you."),
        source_url=str(getattr(settings, "SOURCE_URL", "")),
    )


def _use(request: HttpRequest) -> FooterColumn:
    return FooterColumn(
        title=pgettext("foot", "Use"),
        links=[
            Link(title=_("Find"), url="/find"),
            Link(title=_("Favourites"), url="/me/favourites"),
            Link(title=_("My reservations"), url="/me"),
        ],
    )


def _offer(request: HttpRequest) -> FooterColumn:
    return FooterColumn(
        title=pgettext("foot", "Offer"),
        links=[Link(title=_("A room or a building"), url="/about#offer"), Link(title=_("For hosts"), url="/host")],
    )


def _open(request: HttpRequest) -> FooterColumn:
    return FooterColumn(
        title=pgettext("foot", "Open"),
        links=[
            Link(title=_("How it works and how we count"), url="/about"),
            Link(title=_("Open data"), url="/open-data"),
            Link(title=_("For programs"), url="/api/docs"),
            Link(title=_("A card for your page"), url="/embed"),
        ],
    )


def register() -> None:
    """Called when the program starts."""
    MENU.register("find", MenuEntry(title=gettext_lazy("Find"), url="/find", order=100))
    MENU.register(
        "organisations", MenuEntry(title=gettext_lazy("Who shares"), url_name="portal-organisations", order=200)
    )
    MENU.register("about", MenuEntry(title=gettext_lazy("About"), url_name="portal-about", order=500))
    ME_MENU.register("portal-me", MenuEntry(title=gettext_lazy("My reservations"), url_name="portal-me", order=100))
    for name, column in (("use", _use), ("offer", _offer), ("open", _open)):
        FOOTER.register(name, column)
    small = {
        "accessibility": gettext_lazy("Accessibility"),
        "privacy": gettext_lazy("Privacy"),
        "licences": gettext_lazy("Licences"),
    }
    for order, (name, title) in enumerate(small.items()):
        SMALL_PRINT.register(name, MenuEntry(title=title, url_name=f"portal-{name}", order=order))
    CITY.register("city", _city)
