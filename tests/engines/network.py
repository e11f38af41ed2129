"""No test speaks to the outside: whoever tries fails, and reads why."""

import ipaddress
import socket
from typing import Any

_LOOPBACK_NAMES = {"localhost", "testserver", ""}


def _is_loopback(address: Any) -> bool:
    host = str(address[0]) if isinstance(address, tuple) else ""
    if host in _LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def block_network() -> None:
    """Replaces `socket.connect` for the whole process; Unix sockets and loopback stay."""

    def guarded(name: str) -> Any:
        original = getattr(socket.socket, name)

        def connect(self: socket.socket, address: Any) -> Any:
            if self.family != socket.AF_UNIX and not _is_loopback(address):
                raise AssertionError(f"This test wants to speak to {address}. Tests use loopback only.")
            return original(self, address)

        return connect

    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, guarded(name))
