"""Single values as publishers write them: numbers, web addresses, telephone numbers, sentences with stray blanks."""

import math
import re
import unicodedata
from html import unescape
from urllib.parse import urlsplit

_NUMBER = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$")
_HOST = re.compile(r"^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)+(?::\d+)?$", re.IGNORECASE)


def clean(value: object) -> str:
    """Text without stray blanks, its letters composed; empty for what is not there."""
    text = "" if value is None else unicodedata.normalize("NFC", str(value))
    return " ".join(text.split())


def read_number(text: str, unit: str = "") -> float | None:
    """A number that may have thousands separators and `unit` behind it, or None."""
    bare = text.removesuffix(unit).strip() if unit else text
    if not _NUMBER.match(bare):
        return None
    value = float(bare.replace(",", ""))
    return value if math.isfinite(value) else None


def read_url(text: str) -> str:
    """A web address, `http://` put in front where it was left out; empty when it is none."""
    address = unescape(text).strip()
    if not address or re.search(r"\s", address):
        return ""
    if "://" not in address.split("?", 1)[0]:
        address = f"http://{address}"
    parts = urlsplit(address)
    return address if parts.scheme in ("http", "https") and _HOST.match(parts.netloc) else ""


def latin_digits(text: str) -> str:
    """Digits of any script as 0 to 9, full-width marks as ASCII; the rest as it is."""
    composed = unicodedata.normalize("NFKC", text).replace("٫", ".").replace("٬", ",")
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in composed)
