"""What pages say to search engines, in a real browser: data that the security policy lets stand and never runs."""

import json
from collections.abc import Callable

import pytest

from tests.browser.demo_city import DemoServer
from tests.browser.visitor import EVERYBODY, Visitor

pytestmark = pytest.mark.browser
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", e => window.violations.push(e.violatedDirective));
"""
ADD = """
kind => {
  const script = document.createElement("script");
  if (kind) script.type = kind;
  script.textContent = "{}";
  document.head.append(script);
}
"""


@pytest.fixture
def reader(standing_city: DemoServer, visit: Callable[..., Visitor]) -> Visitor:
    visitor = visit(standing_city, language="en", device="desktop")
    visitor.context.add_init_script(LISTEN)
    return visitor


def test_linked_data_offends_no_policy(standing_city: DemoServer, reader: Visitor) -> None:
    samples = standing_city.samples()

    for path in ("/", f"/listings/{samples['listing']}", f"/organisations/{samples['organisation']}"):
        reader.go(path)
        (found,) = reader.page.locator("script[type='application/ld+json']").all_text_contents()
        assert json.loads(found)["@context"] == "https://schema.org"
        assert reader.page.evaluate("window.violations") == [], path
    assert reader.noise == []


def test_policy_tells_data_from_a_script(reader: Visitor) -> None:
    """The twin: the same element without its type is stopped, and we hear of it."""
    reader.go("/")
    reader.page.evaluate(ADD, "application/ld+json")
    assert reader.page.evaluate("window.violations") == []

    reader.page.evaluate(ADD, "")
    reader.page.wait_for_function("window.violations.length > 0")

    assert reader.page.evaluate("window.violations") == ["script-src-elem"]


@EVERYBODY
def test_open_data_is_found_from_the_first_page(
    standing_city: DemoServer, visit: Callable[..., Visitor], language: str, device: str, script: bool
) -> None:
    visitor = visit(standing_city, language=language, device=device, script=script)
    visitor.go("/")
    with visitor.page.expect_navigation():
        visitor.link("Open data").first.click()

    visitor.check("open-data")

    assert visitor.path == "/open-data"
