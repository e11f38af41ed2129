"""How webhooks are signed (Standard Webhooks), when they are tried again, and where they may lead."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

DELAYS: Final = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""As Standard Webhooks advises: a good three days in all. After the last one it is switched off."""
LONGEST_WISH: Final = timedelta(hours=24)
BEGINNING: Final = "whsec_"


def secret_of(salt: str, city_key: str) -> bytes:
    """The 32 bytes that belong to a salt in this city."""
    return hmac.new(city_key.encode(), f"partners.webhook:{salt}".encode(), hashlib.sha256).digest()


def shown_secret(secret: bytes) -> str:
    return BEGINNING + base64.b64encode(secret).decode()


def signed_headers(name: str, at: datetime, body: bytes, secrets: Iterable[bytes]) -> dict[str, str]:
    """The three headers of the standard; one signature for each secret that holds."""
    timestamp = str(int(at.timestamp()))
    signed = f"{name}.{timestamp}.".encode() + body
    marks = (base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode() for secret in secrets)
    return {
        "webhook-id": name,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{mark}" for mark in marks),
    }


def next_delivery(now: datetime, failures: int, draw: float, wish: timedelta | None = None) -> datetime | None:
    """After so many failures in a row, a fifth of the pause by lot (`draw` in [0, 1)); None when enough was tried."""
    if failures > len(DELAYS):
        return None
    pause = DELAYS[failures - 1] * (0.9 + draw / 5)
    return now + max(pause, min(wish or timedelta(0), LONGEST_WISH))
