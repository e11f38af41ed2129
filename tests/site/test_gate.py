"""How large a request may be and how often somebody unknown may ask, in the application and in the real server."""

import http.client
import json
import os
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.test import Client
from tests.engines.server import CityServer
from tests.factories import make_room

from sharingcity.kernel import limits
from sharingcity.kernel.bodies import MEBIBYTE
from sharingcity.kernel.models import AskedCount
from sharingcity.spaces.rules.photos import MAX_BYTES

STRANGER = "203.0.113.5"


@pytest.fixture(autouse=True)
def _empty_purses() -> Iterator[None]:
    limits._purses.clear()
    yield
    limits._purses.clear()


def announce(port: int, path: str, *headers: str) -> tuple[int, dict[str, str], str]:
    """Sends the head of a request and nothing of its body; what is answered to that alone."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as link:
        lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Language: en", "Connection: close", *headers]
        link.sendall("\r\n".join([*lines, "", ""]).encode())
        answer = http.client.HTTPResponse(link)
        answer.begin()
        return answer.status, dict(answer.getheaders()), answer.read().decode()


# ── size ──
def test_large_request_is_refused_before_its_body_is_sent(city_server: CityServer) -> None:
    status, _headers, page = announce(city_server.port, "/accounts/login/", f"Content-Length: {100 * MEBIBYTE}")
    assert status == 413
    assert "That is more than can be sent at once." in page

    length = f"Content-Length: {MEBIBYTE + 1}"
    status, headers, text = announce(city_server.port, "/api/v1/quotes", length, "Content-Type: application/json")
    assert (status, headers["content-type"]) == (413, "application/problem+json")
    assert json.loads(text)["code"] == "request.too_large"


def test_request_in_chunks_is_asked_for_its_length(city_server: CityServer) -> None:
    status, _headers, text = announce(city_server.port, "/api/v1/quotes", "Transfer-Encoding: chunked")
    assert (status, json.loads(text)["code"]) == (411, "request.length_missing")


def test_browser_that_sends_everything_first_is_shown_the_page(city_server: CityServer) -> None:
    link = http.client.HTTPConnection("127.0.0.1", city_server.port, timeout=20)
    try:
        link.request("POST", "/accounts/login/", b" " * (5 * MEBIBYTE), {"Accept-Language": "en"})
        answer = link.getresponse()
        assert (answer.status, "Send less." in answer.read().decode()) == (413, True)
        link.request("GET", "/healthz")
        assert link.getresponse().status == 200
    finally:
        link.close()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/host/incidents/new", "/me/reservations/k7m2p9qx4t/report"])
def test_photos_may_be_large_but_not_endless(client: Client, path: str) -> None:
    def send(length: int) -> int:
        return client.post(path, CONTENT_LENGTH=length).status_code

    assert send(5 * MAX_BYTES) == 302  # to the sign-in
    assert send(14 * MAX_BYTES) == 413


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["-1", "1e9", "²"])
def test_length_that_is_no_number_is_refused(client: Client, length: str) -> None:
    assert client.post("/accounts/login/", CONTENT_LENGTH=length).status_code == 411


# ── frequency ──
@pytest.mark.django_db
def test_stranger_who_asks_too_often_waits(client: Client, settings: Any) -> None:
    settings.SEARCHES_A_MINUTE = 4

    answers = [client.get("/api/v1/listings", REMOTE_ADDR=STRANGER) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    assert answers[-1].json()["code"] == "request.too_many"
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    page = client.get("/find", REMOTE_ADDR=STRANGER, HTTP_ACCEPT_LANGUAGE="en")
    assert (page.status_code, page.headers["Retry-After"] != "") == (429, True)
    assert "Wait a moment" in page.content.decode()
    assert client.get("/api/v1/listings", REMOTE_ADDR="203.0.113.6").status_code == 200
    assert client.get("/about", REMOTE_ADDR=STRANGER).status_code == 200


@pytest.mark.django_db
def test_one_ipv6_customer_counts_once(client: Client, settings: Any) -> None:
    settings.SEARCHES_A_MINUTE = 1
    codes = [client.get("/api/v1/listings", REMOTE_ADDR=f"2001:db8::{n}").status_code for n in (1, 2)]
    assert codes == [200, 429]


@pytest.mark.django_db
def test_new_minute_begins_anew(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEARCHES_A_MINUTE = 1
    assert client.get("/api/v1/listings", REMOTE_ADDR=STRANGER).status_code == 200
    for key, purse in limits._purses.items():
        limits._purses[key].window = purse.window - 1
    AskedCount.objects.all().delete()
    assert client.get("/api/v1/listings", REMOTE_ADDR=STRANGER).status_code == 200


@pytest.mark.django_db
def test_who_asks_little_causes_no_write(
    client: Client, settings: Any, django_assert_num_queries: Callable[..., Any]
) -> None:
    settings.SEARCHES_A_MINUTE = 600

    for _ in range(60):
        client.get("/find/map.json", REMOTE_ADDR=STRANGER)
    assert not AskedCount.objects.exists()

    client.get("/find/map.json", REMOTE_ADDR=STRANGER)
    count = AskedCount.objects.get()
    assert count.count == 30
    assert STRANGER not in count.key
    assert limits.forget_counts(count.ends_at) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("more", [{}, {"REMOTE_ADDR": "::1"}, {"HTTP_X_FORWARDED_FOR": "9.9.9.9"}])
def test_this_machine_and_a_proxy_nobody_named_are_not_counted(
    client: Client, settings: Any, more: dict[str, str]
) -> None:
    settings.SEARCHES_A_MINUTE = 1
    assert {client.get("/api/v1/listings", **more).status_code for _ in range(3)} == {200}  # type: ignore[arg-type]


@pytest.mark.django_db
def test_behind_a_named_proxy_its_word_counts_and_nothing_before_it(client: Client, settings: Any) -> None:
    settings.SEARCHES_A_MINUTE, settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1, 1

    def ask(passed: str) -> int:
        return client.get("/api/v1/listings", HTTP_X_FORWARDED_FOR=passed).status_code

    assert [ask(f"8.8.8.{n}, {STRANGER}") for n in (1, 2)] == [200, 429]
    assert ask("203.0.113.9") == 200


@pytest.mark.django_db(transaction=True)
def test_limit_holds_across_web_processes(
    start_city_server: Callable[..., CityServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHARINGCITY_SEARCHES_A_MINUTE", "40")
    monkeypatch.setenv("SHARINGCITY_PROXIES", "1")
    make_room()
    server = start_city_server()

    def ask() -> int:
        request = urllib.request.Request(f"{server.url}/api/v1/listings", headers={"X-Forwarded-For": STRANGER})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code

    codes = [ask() for _ in range(120)]

    assert set(codes) == {200, 429}
    # Each process lets a tenth through by itself; the minute may turn once.
    assert 20 <= codes.count(200) <= 2 * (40 + 2 * 4)
    assert AskedCount.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_attempts_are_counted_where_every_process_looks(city_server: CityServer) -> None:
    shared = DatabaseCache("kernel_sharedcache", {})
    shared.set("attempts", [1.0, 2.0], 60)

    assert "[1.0, 2.0]" in city_server.run_python("from django.core.cache import cache; print(cache.get('attempts'))")
    assert "False" in city_server.run_python("from django.core.cache import cache; print(cache.add('attempts', 1))")


@pytest.mark.django_db
def test_too_many_attempts_to_sign_in_get_a_page_that_says_when(client: Client) -> None:
    cache.clear()
    tried = {"login": "nobody@people.example", "password": "wrong horse"}
    answers = [client.post("/accounts/login/", tried, HTTP_ACCEPT_LANGUAGE="en") for _ in range(40)]
    last = answers[-1]
    assert last.status_code == 429
    assert last.headers["Retry-After"] == "60"
    assert "Wait a moment" in last.content.decode()


# ── figures ──
@pytest.mark.django_db
def test_figures_are_for_this_machine_and_for_who_knows_the_token(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "a long token"
    stranger = {"REMOTE_ADDR": STRANGER}
    proxied = {"HTTP_X_FORWARDED_FOR": STRANGER}

    def ask(**more: str) -> int:
        return client.get("/metrics", **more).status_code  # type: ignore[arg-type]

    assert ask() == 200
    assert (ask(**stranger), ask(**proxied), ask(**proxied, HTTP_AUTHORIZATION="Bearer wrong")) == (404, 404, 404)
    assert ask(**proxied, HTTP_AUTHORIZATION="Bearer a long token") == 200
    settings.METRICS_TOKEN = ""
    assert ask(**stranger, HTTP_AUTHORIZATION="Bearer ") == 404


def test_cookies_and_transport_are_strict_under_https(start_python: Callable[[str, dict[str, str]], str]) -> None:
    code = (
        "from django.conf import settings as s;"
        "print(s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE)"
    )
    assert start_python(code, {"SHARINGCITY_ORIGIN": "https://share.example.org"}) == "31536000 True True True"
    assert start_python(code, {}) == "0 False False False"
    given = {"SHARINGCITY_ORIGIN": "https://share.example.org", "SHARINGCITY_HSTS_SECONDS": "60"}
    assert start_python(code, given).startswith("60 ")


@pytest.fixture
def start_python(tmp_path: Any) -> Callable[[str, dict[str, str]], str]:
    from tests.engines.server import environment_for
    from tests.engines.server import start_python as start

    def run(code: str, more: dict[str, str]) -> str:
        started = start(code, {**environment_for(tmp_path, ""), **more, "PATH": os.environ["PATH"]})
        printed, problems = started.communicate(timeout=60)
        assert not started.returncode, problems
        return printed.strip()

    return run
