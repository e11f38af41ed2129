"""What the frame of every page shows: city, menu, person, foot. Higher rooms register it here."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from sharingcity.kernel.i18n import localised
from sharingcity.kernel.registry import Slot
from sharingcity.ui.components import City, FooterColumn, Link, MenuEntry, PersonMenu

MENU: Slot[MenuEntry] = Slot("menu")
"""Entries of the main menu, shown by `order`."""

FOOTER: Slot[Callable[[HttpRequest], FooterColumn]] = Slot("foot")
"""Columns of links at the foot."""

SMALL_PRINT: Slot[MenuEntry] = Slot("small print")
"""Links in the last line: accessibility, privacy, licences."""

CITY: Slot[Callable[[HttpRequest], City]] = Slot("city")
"""One entry, `city`: what the frame says of it. Without one, the settings speak."""

PERSON: Slot[Callable[[HttpRequest], PersonMenu | None]] = Slot("person")
"""One entry, `person`: the signed-in person's menu, None when nobody is signed in."""


def _address(entry: MenuEntry) -> str:
    """The address of an entry; empty while the room that owns it is not there."""
    if not entry.url_name:
        return entry.url
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def _links(entries: Slot[MenuEntry], request: HttpRequest) -> list[Link]:
    shown = []
    for entry in sorted(entries, key=lambda one: one.order):
        address = _address(entry)
        if address and entry.is_for(request):
            here = request.path.startswith(address) if address != "/" else request.path == "/"
            shown.append(Link(title=str(entry.title), url=address, is_current=here))
    return shown


def _city(request: HttpRequest) -> City:
    read = CITY.get("city")
    return read(request) if read else city_of_settings()


def city_of_settings() -> City:
    """The city as the settings name it; a registered reader may start from it with `replace`."""
    return City(name=localised(getattr(settings, "CITY_NAMES", {})), phone=getattr(settings, "CITY_PHONE", ""))


def _person(request: HttpRequest) -> PersonMenu | None:
    read = PERSON.get("person")
    return read(request) if read else None


def _sign_in_url(request: HttpRequest) -> str:
    try:
        return f"{reverse(settings.LOGIN_URL)}?next={request.path}"
    except NoReverseMatch:
        return ""


def page(request: HttpRequest) -> dict[str, object]:
    """Context processor: everything `ui/base.html` needs, read only when a page really asks for it."""
    return {
        "city": SimpleLazyObject(lambda: _city(request)),
        "menu": SimpleLazyObject(lambda: _links(MENU, request)),
        "person": SimpleLazyObject(lambda: _person(request)),
        "sign_in_url": SimpleLazyObject(lambda: _sign_in_url(request)),
        "footer_columns": SimpleLazyObject(lambda: [column(request) for column in FOOTER]),
        "footer_links": SimpleLazyObject(lambda: _links(SMALL_PRINT, request)),
    }
