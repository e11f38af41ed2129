"""Who asks, as far as the line tells: for limits only, never for rights."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Who asks, as far as our own proxies can be believed (`SHARINGCITY_PROXIES`): the sign-in library counts alike."""
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if 0 < proxies <= len(passed):
        return str(passed[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))


def is_this_machine(request: HttpRequest) -> bool:
    """A program on the server itself, which no proxy stands before."""
    return is_loopback(request.META.get("REMOTE_ADDR", "")) and "HTTP_X_FORWARDED_FOR" not in request.META


def is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def network_of(address: str) -> str:
    """An IPv6 customer has a whole /64."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(known) if known.version == 4 else str(ipaddress.ip_network(f"{known}/64", strict=False))
