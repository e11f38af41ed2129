"""A manager approves, closes a room over bookings and checks people in; the counter books for a caller."""

import re
from collections.abc import Callable

import pytest

from tests.browser.demo_city import DemoServer
from tests.browser.visitor import EVERYBODY, Visitor

pytestmark = pytest.mark.browser


@EVERYBODY
def test_manager_approves(
    journey_city: DemoServer, visit: Callable[..., Visitor], language: str, device: str, script: bool
) -> None:
    manager = visit(journey_city, language=language, device=device, script=script)
    page = manager.page
    manager.sign_in("manager")
    manager.go("/city")
    manager.check("desk")
    manager.submit(page.locator("nav a[href*='queue=requests']").first)
    manager.check("requests")
    waiting = page.locator("[name=code]").count()
    ticked = page.locator("[name=code]").first.get_attribute("value")
    page.locator("[name=code]").first.check()
    manager.submit(page.locator("button[name=event][value=confirm]"))
    manager.check("approved")
    assert page.locator("[name=code]").count() == waiting - 1

    manager.go(f"/city/reservations/{ticked}")
    manager.check("reservation")
    assert page.locator("button[name=do][value=confirm]").count() == 0


@EVERYBODY
def test_manager_closes_a_room_over_bookings(
    journey_city: DemoServer, visit: Callable[..., Visitor], language: str, device: str, script: bool
) -> None:
    room = journey_city.samples()["listing"]
    manager = visit(journey_city, language=language, device=device, script=script)
    page = manager.page
    manager.sign_in("manager")
    manager.go("/host/listings")
    manager.check("listings")
    manager.submit(page.locator(f"a[href='/host/listings/{room}/close']"))
    manager.check("close")
    manager.submit(page.locator("form[action$='/close'] button").last)
    manager.check("nothing-typed", status=422)

    page.fill("[name=starts_on]", "2026-11-24")
    page.fill("[name=ends_on]", "2026-11-26")
    page.locator("[name=kind]").first.check()
    page.fill("[name=reason_ko]", "천장 누수를 고칩니다.")
    page.fill("[name=reason_en]", "A leak in the ceiling is mended.")
    manager.submit(page.locator("form[action$='/close'] button").last)
    manager.check("whom-it-hits")
    hit = page.locator(".work-title a").first
    code = str(hit.get_attribute("href")).rsplit("/", 1)[-1]
    manager.submit(page.locator("button[name=step][value=close]"))
    manager.check("closed")

    manager.go(f"/city/reservations/{code}")
    manager.check("booking-that-was-hit")
    guest = visit(journey_city, language=language, device=device, script=script)
    guest.go(f"/listings/{room}?day=2026-11-25")
    guest.check("what-residents-see")
    told = {"ko": "천장 누수", "en": "leak in the ceiling", "ar": "ceiling|천장"}[language]
    assert re.search(told, guest.page.inner_text("main"))


@EVERYBODY
def test_manager_checks_in(
    journey_city: DemoServer, visit: Callable[..., Visitor], language: str, device: str, script: bool
) -> None:
    manager = visit(journey_city, language=language, device=device, script=script)
    page = manager.page
    manager.sign_in("manager")
    manager.go("/host")
    manager.check("today")
    coming = page.locator("button[name=do][value=check_in]")
    expected = coming.count()
    assert expected >= 1
    manager.submit(coming.first)
    manager.check("checked-in")
    assert page.locator("button[name=do][value=check_in]").count() == expected - 1
    assert page.locator("button[name=do][value=check_out]").count() >= 1


@EVERYBODY
def test_counter_books_for_a_caller(
    journey_city: DemoServer, visit: Callable[..., Visitor], language: str, device: str, script: bool
) -> None:
    room = journey_city.samples()["room"]
    manager = visit(journey_city, language=language, device=device, script=script)
    page = manager.page
    manager.sign_in("manager")
    manager.go("/city/book")
    manager.check("which-room")
    manager.submit(page.locator(f"a[href='/city/book/{room}']"))
    manager.check("which-time")
    manager.go(f"/city/book/{room}?day=2026-12-03&minutes=120&at=2026-12-03T14:00")
    manager.check("for-whom")
    page.check("[name=who][value=caller]")
    page.fill("[name=name]", "김영순")
    form = page.locator("form[method=post]:has([name=who])")
    manager.submit(form.locator("button").last)
    manager.check("telephone-missing", status=422)
    assert page.input_value("[name=name]") == "김영순"
    page.fill("[name=phone]", "02-123-4567")
    manager.submit(page.locator("form[method=post]:has([name=who]) button").last)

    assert re.fullmatch(r"/city/reservations/\w+", manager.path), page.inner_text("main")
    manager.check("booked")
    assert "김영순" in page.inner_text("main")
    assert "02-123-4567" in page.inner_text("main")
