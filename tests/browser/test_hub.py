"""The front door: hearts, near me, what a page weighs, and whom it asks."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Request, Route

from tests.browser.demo_city import DemoServer
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

MOST_BYTES = 100_000
"""Over the wire, before the map: what only the map needs is left out."""
OF_THE_MAP = re.compile(r"leaflet|find-map|map-shapes|districts\.json|map\.json")
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en", "ar"])


@dataclass
class Traffic:
    """Every request of one window."""

    requests: list[Request] = field(default_factory=list)

    def weight(self) -> int:
        """Heads and bodies as they came over the wire."""
        shown = [one for one in self.requests if not OF_THE_MAP.search(one.url) and one.response()]
        sizes = [one.sizes() for one in shown]
        return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)

    def strangers(self, home: str) -> list[str]:
        return [one.url for one in self.requests if not one.url.startswith((home, "data:"))]


def listen(visitor: Visitor) -> Traffic:
    traffic = Traffic()

    def count(request: Request) -> None:
        traffic.requests.append(request)

    visitor.page.on("requestfinished", count)
    return traffic


def _first_service(visitor: Visitor) -> str:
    page = visitor.context.request.get(f"{visitor.home}/find?kind=service").text()
    found = re.search(r'href="(/services/[^"]+)"', page)
    assert found, "the demo city has services"
    return found[1]


@LANGUAGES
@pytest.mark.parametrize("device", ["narrow", "desktop"])
def test_pages_are_light_and_ask_nobody_else(
    standing_city: DemoServer, visit: Callable[..., Visitor], language: str, device: str
) -> None:
    samples = standing_city.samples()
    pages = {
        "home": "/",
        "find": "/find?q=회의실",
        "entries": "/find?kind=organisation",
        "everything": "/find?q=구청",
        "listing": f"/listings/{samples['listing']}/-",
        "organisation": f"/organisations/{samples['organisation']}",
        "service": _first_service(visit(standing_city)),
        "near": "/find/near?where=Atlantis",
        "embed": "/embed?kind=space",
        "card": "/embed/free-nearby?kind=space",
        "device": "/me/favourites",
    }
    problems = []
    for name, path in pages.items():
        visitor = visit(standing_city, language=language, device=device)
        traffic = listen(visitor)
        visitor.page.goto(visitor.home + path, wait_until="networkidle")
        weight = traffic.weight()
        if weight > MOST_BYTES:
            problems.append(f"{name} weighs {weight:,} bytes")
        problems += [f"{name} asks {url}" for url in traffic.strangers(visitor.home)]
        problems += [f"{name}: {line}" for line in visitor.problems(name)]
        visitor.context.close()

    assert problems == []


def test_hearts_stay_on_the_device_and_move_into_the_account(
    journey_city: DemoServer, visit: Callable[..., Visitor]
) -> None:
    neighbour = visit(journey_city, language="en", device="desktop")
    page = neighbour.page
    neighbour.go("/find?kind=space")
    hearts = page.locator("button[data-heart]")
    names = [hearts.nth(place).get_attribute("data-heart") for place in range(3)]
    for place in range(2):
        hearts.nth(place).click()
    assert hearts.nth(0).get_attribute("aria-pressed") == "true"
    other = neighbour.context.new_page()
    other.goto(neighbour.home + "/find?kind=space")
    other.locator(f'button[data-heart="{names[2]}"]').click()
    page.wait_for_function(
        "name => document.querySelector(`button[data-heart='${name}']`).ariaPressed === 'true'", arg=names[2]
    )
    other.close()
    hearts.nth(1).click()

    neighbour.go("/me/favourites")
    page.wait_for_selector("[data-kept-here] .card")
    neighbour.check("kept-here")
    assert {one.get_attribute("data-heart") for one in page.locator("button[data-heart]").all()} == {names[0], names[2]}

    neighbour.sign_in("resident")
    page.wait_for_function("() => localStorage.getItem('sharingcity.kept') === null")
    neighbour.go("/me/favourites")
    neighbour.check("kept-in-account")
    assert {one.get_attribute("data-heart") for one in page.locator("button[data-heart]").all()} == {names[0], names[2]}
    page.locator(f'button[data-heart="{names[0]}"]').click()
    page.wait_for_selector(f'button[data-heart="{names[0]}"][aria-pressed="false"]:not([aria-busy])')
    page.reload()
    assert page.locator("button[data-heart]").count() == 1


def test_heart_that_cannot_be_kept_says_so(journey_city: DemoServer, visit: Callable[..., Visitor]) -> None:
    neighbour = visit(journey_city, language="en", device="phone")
    neighbour.sign_in("resident")
    neighbour.go("/find?kind=space")
    page = neighbour.page

    def break_down(route: Route) -> None:
        route.fulfill(
            status=200, content_type="text/html", body="<html>"
        ) if route.request.method == "GET" else route.abort()

    page.route("**/me/favourites/keep", break_down)
    heart = page.locator("button[data-heart]").first
    heart.click()

    page.wait_for_selector("#toasts .toast")
    assert page.inner_text("#toasts") == "That did not work. Try again in a moment."
    assert heart.get_attribute("aria-pressed") == "false"


@LANGUAGES
def test_keeping_and_saving_works_without_script(
    journey_city: DemoServer, visit: Callable[..., Visitor], language: str
) -> None:
    resident = visit(journey_city, language=language, device="narrow", script=False)
    resident.sign_in("resident")
    resident.go("/find?q=회의실")
    with resident.page.expect_navigation():
        resident.page.locator("a[data-heart]").first.click()
    resident.check("keep")
    resident.submit(resident.page.locator("main form button").first)
    resident.check("kept")
    with resident.page.expect_navigation():
        resident.page.locator("#share form button").click()
    resident.check("shared")
    resident.go(resident.page.input_value("#list-url"))
    resident.check("shared-list")

    resident.go("/find?q=회의실")
    with resident.page.expect_navigation():
        resident.page.locator(".find-save").click()
    resident.check("save-search")
    resident.submit(resident.page.locator("main form button").first)
    resident.check("searches")
    assert resident.path == "/me/searches"


def test_place_is_asked_for_only_on_a_click_and_rounded(
    standing_city: DemoServer, visit: Callable[..., Visitor]
) -> None:
    neighbour = visit(standing_city, language="en", device="phone")
    neighbour.context.grant_permissions(["geolocation"])
    neighbour.context.set_geolocation({"latitude": 37.5665351, "longitude": 126.9779692})
    neighbour.go("/")
    with neighbour.page.expect_navigation(url=re.compile("/find\\?")):
        neighbour.page.locator("a[data-near]").first.click()

    assert "near=37.567,126.978" in neighbour.page.url
    assert "37.5665" not in neighbour.page.content()
    neighbour.check("near-me")


def test_refusal_to_tell_the_place_is_answered_kindly(standing_city: DemoServer, visit: Callable[..., Visitor]) -> None:
    neighbour = visit(standing_city, language="en", device="phone")
    neighbour.context.clear_permissions()
    neighbour.go("/")
    link = neighbour.page.locator(".near > a").first
    link.click()
    neighbour.page.wait_for_function(
        "() => document.querySelector('.near-said').textContent.includes('type an address')"
    )
    neighbour.check("near-denied")
    neighbour.submit(link)

    assert neighbour.path == "/find/near"
    neighbour.page.fill("#where", "마포구")
    neighbour.submit(neighbour.page.locator("main form button").first)
    assert "district=" in neighbour.page.url
