"""“Open in a map app”: plain links to the maps that people of the city use. Nothing of them is loaded here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sharingcity.kernel.i18n import localised
from sharingcity.ui.components import Link

if TYPE_CHECKING:
    from sharingcity.kernel.i18n import Words

ZOOM = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where to: coordinates when they are known, else the address."""

    name: str
    address: str
    lat: float | None
    lng: float | None

    @property
    def point(self) -> str:
        return f"{self.lat:.6f},{self.lng:.6f}" if self.lat is not None and self.lng is not None else ""

    @property
    def words(self) -> str:
        return self.address or self.name


def _geo(to: Destination) -> str:
    return f"geo:{to.point}?q={to.point}({quote(to.name, safe='')})" if to.point else ""


def _kakao(to: Destination) -> str:
    # A comma would end the name.
    name = quote(to.name.replace(",", " "), safe="")
    return f"https://map.kakao.com/link/map/{name},{to.point}" if to.point else _kakao_search(to)


def _kakao_search(to: Destination) -> str:
    return f"https://map.kakao.com/link/search/{quote(to.words, safe='')}"


def _naver(to: Destination) -> str:
    return f"https://map.naver.com/p/search/{quote(to.words, safe='')}"


def _google(to: Destination) -> str:
    return f"https://www.google.com/maps/search/?{urlencode({'api': 1, 'query': to.point or to.words})}"


def _apple(to: Destination) -> str:
    asked = {"ll": to.point, "q": to.name} if to.point else {"q": to.words}
    return f"https://maps.apple.com/?{urlencode(asked)}"


def _osm(to: Destination) -> str:
    if not to.point:
        return f"https://www.openstreetmap.org/search?{urlencode({'query': to.words})}"
    place = f"{to.lat:.6f}/{to.lng:.6f}"
    return f"https://www.openstreetmap.org/?{urlencode({'mlat': to.lat, 'mlon': to.lng})}#map={ZOOM}/{place}"


APPS: dict[str, Callable[[Destination], str]] = {
    "geo": _geo,
    "kakao": _kakao,
    "naver": _naver,
    "google": _google,
    "apple": _apple,
    "osm": _osm,
}


def map_links(names: "Words", address: str, lat: float | None, lng: float | None) -> list[Link]:
    """The city's map apps in its order, the device's own first; nothing without coordinates and address."""
    to = Destination(name=localised(names), address=address, lat=lat, lng=lng)
    if not to.point and not address:
        return []
    titles = _titles()
    found = [Link(title=titles[app], url=APPS[app](to)) for app in ("geo", *settings.MAP_APPS)]
    return [link for link in found if link.url]


def _titles() -> dict[str, str]:
    return {
        "geo": _("The map app of this device"),
        "kakao": pgettext("map app", "KakaoMap"),
        "naver": pgettext("map app", "NAVER Map"),
        "google": pgettext("map app", "Google Maps"),
        "apple": pgettext("map app", "Apple Maps"),
        "osm": pgettext("map app", "OpenStreetMap"),
    }
