"""A manager changes the hours of a room after seeing whom it hits, and offers something new."""

from collections.abc import Callable

import pytest

from tests.browser.demo_city import DemoServer
from tests.browser.visitor import EVERYBODY, Visitor

pytestmark = pytest.mark.browser


@EVERYBODY
def test_manager_changes_the_hours(
    journey_city: DemoServer, visit: Callable[..., Visitor], language: str, device: str, script: bool
) -> None:
    room = journey_city.samples()["listing"]
    manager = visit(journey_city, language=language, device=device, script=script)
    page = manager.page
    manager.sign_in("manager")
    manager.go("/host/listings")
    manager.submit(page.locator(f".work-title a[href='/host/listings/{room}']"))
    manager.check("overview")
    manager.submit(page.locator(f"a[href='/host/listings/{room}/hours']"))
    manager.check("hours")

    page.fill("[name=until_0_1]", "")
    manager.submit(page.locator(".weekform-form button").last)
    manager.check("half-a-time", status=422)
    assert page.locator("[role=alert] a[href='#id_until_0_1']").count() == 1

    page.fill("[name=until_0_1]", "12:00")
    manager.submit(page.locator(".weekform-form button").last)
    manager.check("whom-it-hits")
    assert page.locator(".work-title a").count() > 0
    manager.submit(page.locator("button[name=step][value=save]"))
    manager.check("saved")
    assert "09:00" in page.inner_text("main")

    guest = visit(journey_city, language=language, device=device, script=script)
    guest.go(f"/listings/{room}")
    guest.check("what-residents-see")
    assert "12:00" in guest.page.inner_text(".facts")


@EVERYBODY
def test_manager_offers_something_new(
    journey_city: DemoServer, visit: Callable[..., Visitor], language: str, device: str, script: bool
) -> None:
    manager = visit(journey_city, language=language, device=device, script=script)
    page = manager.page
    manager.sign_in("manager")
    manager.go("/host/listings/new")
    manager.check("new")
    page.fill("[name=titles_ko]", "옥상 정원")
    page.fill("[name=quantity]", "2")
    manager.submit(page.locator("form[method=post] button").last)
    manager.check("draft")
    code = manager.path.rsplit("/", 1)[-1]

    manager.go(f"/host/listings/{code}/hours")
    page.fill("[name=from_0_1]", "10:00")
    page.fill("[name=until_0_1]", "18:00")
    manager.submit(page.locator(".weekform-form button").last)
    manager.submit(page.locator("button[name=step][value=save]"))
    manager.go(f"/host/listings/{code}/rules")
    manager.check("first-rules")
    manager.submit(page.locator("main form button").last)
    manager.check("rules-preview")
    manager.submit(page.locator("button[name=step][value=save]"))
    manager.submit(page.locator("button[name=do][value=publish]"))
    manager.check("published")

    guest = visit(journey_city, language=language, device=device, script=script)
    guest.go(f"/listings/{code}?day=2026-12-03")
    guest.check("what-residents-see")
    assert guest.page.locator("[name=number]").input_value() == "1"
