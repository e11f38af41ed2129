"""A partner's web server on loopback that can misbehave in every way that partners' servers do."""

import gzip
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(kw_only=True)
class Page:
    """What a path answers. `announced`: a Content-Length that is not true; `drip`: seconds between single bytes."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    etag: str = ""
    announced: int | None = None
    drip: float = 0.0
    hangs: float = 0.0
    gate: threading.Event | None = None


class PartnerServer:
    """`pages` by path; `asked` are the paths in their order, with what was asked for; `posted` what was sent."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.posted: list[tuple[dict[str, str], bytes]] = []
        self.lock = threading.Lock()
        self.url = ""

    def json(self, path: str, document: object, **more: Any) -> None:
        self.pages[path] = Page(body=json.dumps(document).encode(), **more)

    def count(self, path: str) -> int:
        return sum(asked == path for asked, _headers in self.asked)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    partner: PartnerServer

    def do_GET(self) -> None:
        with self.partner.lock:
            self.partner.asked.append((self.path, dict(self.headers)))
        page = self.partner.pages.get(self.path, Page(status=404, body=b"{}"))
        if page.gate is not None:
            page.gate.wait(10)
        try:
            self._answer(page)
        except (BrokenPipeError, ConnectionResetError):
            return  # whoever asked has had enough
        finally:
            self.close_connection = True

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        with self.partner.lock:
            self.partner.posted.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.do_GET()

    def _answer(self, page: Page) -> None:
        time.sleep(page.hangs)
        if page.etag and self.headers.get("If-None-Match") == page.etag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(page.status)
        self.send_header("Content-Type", page.kind)
        if page.etag:
            self.send_header("ETag", page.etag)
        for name, value in page.headers.items():
            self.send_header(name, value)
        length = len(page.body) if page.announced is None else page.announced
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self._write(page)

    def _write(self, page: Page) -> None:
        if not page.drip:
            self.wfile.write(page.body)
            return
        for byte in page.body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(page.drip)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's word
        """Quiet."""


@contextmanager
def serving() -> Iterator[PartnerServer]:
    partner = PartnerServer()
    handler = type("Handler", (_Handler,), {"partner": partner})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    partner.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield partner
    finally:
        server.shutdown()
        server.server_close()


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def bomb(megabytes: int) -> Page:
    body = gzip.compress(b"0" * megabytes * 1024 * 1024)
    return Page(body=body, headers={"Content-Encoding": "gzip"})


def station(number: int, **fields: Any) -> dict[str, Any]:
    names = [{"text": f"나눔 {number}호", "language": "ko"}, {"text": f"Sharing {number}", "language": "en"}]
    place = {"lat": 37.55 + number / 1000, "lon": 126.95, "address": f"{number} Mapo-daero", "capacity": 6}
    return {"station_id": f"st-{number}", "name": names, **place, **fields}


def status(number: int, now: str, **fields: Any) -> dict[str, Any]:
    flags = {"is_installed": True, "is_renting": True, "is_returning": True, "last_reported": now}
    counts = {"num_vehicles_available": number % 5, "num_docks_available": 6 - number % 5}
    return {"station_id": f"st-{number}", **counts, **flags, **fields}


def publish(
    partner: PartnerServer,
    stations: list[dict[str, Any]],
    statuses: list[dict[str, Any]] | None = None,
    *,
    now: str = "2026-11-23T01:00:00+00:00",
    etags: Mapping[str, str] | None = None,
    system_id: str = "mapo_cars",
    more: Mapping[str, Mapping[str, Any]] | None = None,
) -> str:
    """A system of GBFS 3.0; returns the address of its gbfs.json."""
    system = {
        "system_id": system_id,
        "languages": ["ko", "en"],
        "name": [{"text": "마포 나눔카", "language": "ko"}, {"text": "Mapo Cars", "language": "en"}],
        "opening_hours": "24/7",
        "license_id": "CC-BY-4.0",
        "url": "https://cars.example.org",
    }
    files: dict[str, Mapping[str, Any]] = {
        "system_information": system,
        "station_information": {"stations": stations},
        **(more or {}),
    }
    if statuses is not None:
        files["station_status"] = {"stations": statuses}
    envelope = {"last_updated": now, "ttl": 60, "version": "3.0"}
    for name, data in files.items():
        partner.json(f"/{name}.json", {**envelope, "data": data}, etag=(etags or {}).get(name, ""))
    feeds = [{"name": name, "url": f"{partner.url}/{name}.json"} for name in files]
    partner.json("/gbfs.json", {**envelope, "data": {"feeds": feeds}})
    return f"{partner.url}/gbfs.json"
