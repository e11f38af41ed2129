import io
import socketserver
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sharingcity.partners.frame.fetch import Limits, fetch
from sharingcity.partners.frame.source import SourceRefused


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
            self.end_headers()
            return
        self.send_response(200 if self.path in ("/table.csv", "/moved") else 404)
        self.end_headers()
        self.wfile.write(b"name\nhall\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's word
        """Quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    socketserver.TCPServer.allow_reuse_address = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def refused(location: str, limits: Limits | None = None) -> str:
    with pytest.raises(SourceRefused) as refusal:
        fetch(location, limits)
    return refusal.value.code


def test_a_path_a_file_address_and_a_web_address_give_the_same_bytes(tmp_path: Path, site: str) -> None:
    path = tmp_path / "회의실 목록.csv"
    path.write_bytes(b"name\nhall\n")

    sources = [fetch(str(path)), fetch(path.as_uri()), fetch(f"{site}/table.csv")]

    assert {source.data for source in sources} == {b"name\nhall\n"}
    assert len({source.digest for source in sources}) == 1


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"name\n")))

    assert fetch("-").data == b"name\n"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refused(str(tmp_path / "absent.csv")) == "import.not_found"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refused(str(tmp_path)) == "import.not_found"


def test_a_page_that_is_not_there_is_refused(site: str) -> None:
    assert refused(f"{site}/absent") == "import.unreachable"


def test_a_web_address_that_leads_to_a_file_of_this_machine_is_refused(site: str) -> None:
    assert refused(f"{site}/away") == "import.address_unknown"


def test_another_scheme_is_refused() -> None:
    assert refused("ftp://example.org/table.csv") == "import.address_unknown"


def test_a_source_above_the_limit_is_refused(tmp_path: Path, site: str) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"x" * 11)

    assert refused(str(path), Limits(max_bytes=10)) == "import.too_large"
    assert fetch(str(path), Limits(max_bytes=11)).data == b"x" * 11
    assert refused(f"{site}/table.csv", Limits(max_bytes=5)) == "import.too_large"
