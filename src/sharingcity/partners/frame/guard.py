"""Which machines an address that somebody typed may lead to: the open internet, and what the city allows besides.

The name is looked up once and the connection goes to the very address that was judged, so that a name which answers
differently the second time gains nothing.
"""

import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.utils.translation import gettext_lazy as _

from sharingcity.partners.frame.source import SourceRefused

Network = IPv4Network | IPv6Network
_TRANSLATED = ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Guard:
    """`allowed`: networks within the city's own walls that may be asked. `is_open`: whoever types owns the machine."""

    allowed: tuple[Network, ...] = ()
    is_open: bool = False

    def admits(self, text: str) -> bool:
        """Whether a connection to this address may be made."""
        address = _inner(ip_address(text))
        return self.is_open or _is_public(address) or any(address in network for network in self.allowed)


OPEN = Guard(is_open=True)


def read_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Raises: ValueError for what is no network."""
    return tuple(ip_network(text.strip(), strict=False) for text in texts if text.strip())


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address that is meant where one is wrapped in another."""
    if isinstance(address, IPv4Address):
        return address
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    wrapped = address.teredo[1] if address.teredo else address.ipv4_mapped or address.sixtofour
    return wrapped or address


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def connect(host: str, port: int, guard: Guard, *, idle_seconds: float, ends: float) -> socket.socket:
    """A connection to the first address of `host` that answers and may be asked. `ends` is a monotonic instant.

    Raises: `import.address_private`; OSError when nothing answers.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    admitted = [entry for entry in found if guard.admits(str(entry[4][0]))]
    if not admitted:
        raise SourceRefused(
            "address_private",
            _("“%(name)s” leads into a closed network. Only addresses on the open internet are asked."),
            name=host,
        )
    problem: OSError = TimeoutError()
    for family, kind, protocol, _name, address in admitted:
        left = ends - time.monotonic()
        if left <= 0:
            break
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(min(idle_seconds, left))
        try:
            connection.connect(address)
        except OSError as error:
            connection.close()
            problem = error
        else:
            return connection
    raise problem
