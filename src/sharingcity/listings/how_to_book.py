"""How a listing is booked that is not booked here: what people wrote in their languages, else what its source says."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from sharingcity.kernel.i18n import localised


def how_to_book_words(kept: Mapping[str, Any]) -> str:
    """`Listing.how_to_book` in the reader's language; its other keys (`ways`, `closed_text` …) are for programs."""
    written = {code: kept[code] for code, _name in settings.LANGUAGES if isinstance(kept.get(code), str)}
    return localised(written) or str(kept.get("words") or "")
