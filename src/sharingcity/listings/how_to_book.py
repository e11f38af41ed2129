"""How a listing is booked that is not booked here: what people wrote in their languages, else what its source says."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings

from sharingcity.kernel.i18n import localised


def how_to_book_words(kept: Mapping[str, Any]) -> str:
    """`Listing.how_to_book` in the reader's language; its other keys (`ways`, `closed_text` …) are for programs."""
    written = {code: kept[code] for code, _name in settings.LANGUAGES if isinstance(kept.get(code), str)}
    return localised(written) or str(kept.get("words") or "")


_APP_ADDRESS: Final = re.compile(r"^[a-z][a-z0-9+.-]{2,30}://[^\s\"'<>]+$", re.IGNORECASE)
_NEVER: Final = frozenset({"javascript", "data", "vbscript", "file", "blob", "about", "ftp", "view-source"})
PLATFORMS: Final = {"android": "Android", "ios": "iOS"}


def is_app_address(address: str) -> bool:
    """Whether a link may lead there: a web address or an app's own, nothing that a browser would run itself."""
    return bool(_APP_ADDRESS.match(address)) and address.split(":", 1)[0].lower() not in _NEVER


def app_links(kept: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(name of the system, address) for each app that opens at this very place."""
    apps = kept.get("apps")
    found = [(name, apps.get(code)) for code, name in PLATFORMS.items()] if isinstance(apps, dict) else []
    return [(name, address) for name, address in found if isinstance(address, str) and is_app_address(address)]
