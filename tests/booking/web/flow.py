"""Walking through the pages as a browser does: what is read off a page is what the next request sends."""

import re
from html import unescape
from typing import Any

from django.test import Client
from tests.booking.web.conftest import WHEN


def field(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return unescape(found.group(1))


def text(answer: Any) -> str:
    """What is read: without tags, white space as one."""
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())).split())


def check_page(client: Client, listing: Any, when: str = WHEN, **typed: Any) -> Any:
    """Steps one and two; the page of step three, with its address under `path`."""
    typed = {"group": "", "purpose": "study", "words": "Reading circle", **typed}
    answer = client.post(f"/book/listing/{listing.code}?{when}", typed, follow=True)
    answer.path = answer.request["PATH_INFO"]
    return answer


def book(client: Client, step_three: Any, **more: Any) -> Any:
    """Presses the last button."""
    key = field(step_three.content.decode(), "key")
    return client.post(step_three.path, {"key": key, "agreed": "yes", **more}, follow=True)
