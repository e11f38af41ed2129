"""A resident finds a room, books it, and cancels another booking."""

import re
from collections.abc import Callable

import pytest

from tests.browser.demo_city import DemoServer
from tests.browser.visitor import EVERYBODY, Visitor

pytestmark = pytest.mark.browser


def _choose(resident: Visitor, name: str, value: str) -> None:
    """The page follows each choice by itself; without script a button asks for it."""
    field = resident.page.locator(f"form.book [name={name}]")
    field.fill(value)
    if resident.script:
        field.press("Tab")
        resident.page.wait_for_url(f"**{name}={value}*")
    else:
        resident.submit(resident.page.locator("form.book button[formaction]"))
    assert resident.page.locator(f"form.book [name={name}]").input_value() == value


def _chooses_a_time(resident: Visitor, room: str, language: str) -> tuple[str, str]:
    """From the front door to the end of step one; the title of the room and the hour it begins."""
    page = resident.page
    resident.go("/")
    resident.check("home")
    asked = {"ko": "망원동 회의실", "en": "Mangwon meeting room", "ar": "مانغوون اجتماع"}[language]
    page.locator("form[role=search] [name=q]").first.fill(asked)
    resident.submit(page.locator("form[role=search] button[type=submit]").first)
    resident.check("found")
    booked = page.locator(f".result-title a[href^='/listings/{room}']")
    title = booked.inner_text()
    resident.submit(booked)
    resident.check("listing")
    _choose(resident, "day", "2026-12-03")
    _choose(resident, "people", "6")
    resident.check("time-chosen")
    when = page.locator("form.book select[name=from]").input_value()
    resident.submit(page.locator("form.book[action*='/book/listing/'] button.button-wide:not(noscript button)").last)
    return title, when


@EVERYBODY
def test_resident_books(
    journey_city: DemoServer, visit: Callable[..., Visitor], language: str, device: str, script: bool
) -> None:
    samples = journey_city.samples()
    resident = visit(journey_city, language=language, device=device, script=script)
    page = resident.page
    title, when = _chooses_a_time(resident, samples["room"], language)

    # Only now an account; the time is kept.
    assert resident.path == "/accounts/login/"
    resident.fill_in_sign_in(samples["idle"])
    resident.check("who")
    page.locator("[name=purpose]").first.check()
    page.fill("[name=words]", "모임")
    resident.submit(page.locator("form.book button").last)
    resident.check("check")

    # Step three: the rules have to be read.
    resident.submit(page.locator("form.book button").last)
    resident.check("rules-not-read", status=422)
    page.check("[name=agreed]")
    resident.submit(page.locator("form.book button").last)

    code = re.fullmatch(r"/me/reservations/(\w+)", resident.path)
    assert code, resident.path
    resident.check("booked")
    assert code.group(1) in page.inner_text("main")
    assert when.split(":")[0] in page.inner_text("main")
    resident.go("/me")
    resident.check("me")
    assert title in page.inner_text("main")


@EVERYBODY
def test_resident_cancels_and_sees_the_refund(
    journey_city: DemoServer, visit: Callable[..., Visitor], language: str, device: str, script: bool
) -> None:
    code = journey_city.samples()["paid"]
    resident = visit(journey_city, language=language, device=device, script=script)
    page = resident.page
    resident.sign_in("resident")
    resident.check("me")
    resident.submit(page.locator(f"a[href='/me/reservations/{code}']").first)
    resident.check("reservation")
    resident.submit(page.locator(f"a[href='/me/reservations/{code}/cancel']"))
    resident.check("cancel")
    back = page.locator(".sumup .is-total dd").inner_text()
    assert re.search(r"[1-9٠-٩]", back), back
    page.fill("[name=reason]", "일정이 바뀌었어요")
    resident.submit(page.locator("main form[method=post] button").first)

    assert resident.path == f"/me/reservations/{code}"
    resident.check("cancelled")
    assert back in page.inner_text("main")
    resident.go("/me")
    resident.check("me-after")
    resident.go("/me/notices")
    resident.check("notices")


def test_second_of_two_is_offered_other_ways(journey_city: DemoServer, visit: Callable[..., Visitor]) -> None:
    """Both stand before the last button; the slower one keeps what was typed and takes the next best."""
    samples = journey_city.samples()
    first, second = visit(journey_city, device="desktop", language="en"), visit(journey_city)
    for visitor, who in ((first, samples["idle"]), (second, samples["idle_too"])):
        visitor.sign_in(who)
        visitor.go(f"/book/listing/{samples['room']}?day=2026-12-03&from=14:00&until=16:00&people=4")
        visitor.page.locator("[name=purpose]").first.check()
        visitor.submit(visitor.page.locator("form.book button").last)
        visitor.page.check("[name=agreed]")
    first.submit(first.page.locator("form.book button").last)
    assert first.path.startswith("/me/reservations/")

    second.submit(second.page.locator("form.book button").last)
    second.check("faster", status=409)
    second.submit(second.page.locator("button[form=instead]"))

    assert second.path.startswith("/me/reservations/"), second.page.inner_text("main")
    second.check("instead")
