import socket
import time
from typing import Any

import pytest

from sharingcity.partners.frame import guard as guard_module
from sharingcity.partners.frame.guard import OPEN, Guard, connect, read_networks
from sharingcity.partners.frame.source import SourceRefused
from sharingcity.partners.frame.web import read_retry_after

CLOSED = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
)


@pytest.mark.parametrize("address", CLOSED)
def test_closed_networks_are_not_asked(address: str) -> None:
    assert not Guard().admits(address)
    assert OPEN.admits(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_open_internet_is(address: str) -> None:
    assert Guard().admits(address)


def test_networks_of_the_city_are_asked_when_it_says_so() -> None:
    inside = Guard(allowed=read_networks(["10.1.0.0/16", " "]))
    assert inside.admits("10.1.2.3")
    assert inside.admits("::ffff:10.1.2.3")
    assert not inside.admits("10.2.0.1")


def test_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that has a public and a closed address is asked at the public one, and looked up once."""
    asked: list[str] = []
    tried: list[Any] = []

    def answers(host: str, port: int, **_more: object) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("127.0.0.1", "8.8.8.8")]

    def refuse(_self: socket.socket, address: Any) -> None:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(guard_module.socket, "getaddrinfo", answers)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(ConnectionRefusedError):
        connect("partner.example.org", 80, Guard(), idle_seconds=1, ends=time.monotonic() + 5)
    assert (asked, tried) == (["partner.example.org"], [("8.8.8.8", 80)])


def test_name_that_leads_inside_only_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.0.9", 80))
    monkeypatch.setattr(guard_module.socket, "getaddrinfo", lambda *_given, **_more: [entry])
    with pytest.raises(SourceRefused) as refused:
        connect("inside.example.org", 80, Guard(), idle_seconds=1, ends=time.monotonic() + 5)
    assert refused.value.code == "import.address_private"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", 120), ("0", 0), ("", None), ("soon", None), ("-5", None), ("9" * 40, 366 * 86400)],
)
def test_wishes_to_come_back_are_read(text: str, seconds: int | None) -> None:
    found = read_retry_after(text)
    assert (None if found is None else found.total_seconds()) == seconds
