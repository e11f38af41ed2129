"""The frame of every page: what rooms register is what it shows."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from sharingcity.kernel.registry import Slot
from sharingcity.ui import context
from sharingcity.ui.components import City, Link, MenuEntry, PersonMenu
from sharingcity.ui.icons import icon

Render = Callable[..., str]


@pytest.fixture
def page(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> Render:
    """Renders the bare frame with given entries registered."""
    for slot in ("MENU", "FOOTER", "SMALL_PRINT", "CITY", "PERSON"):
        monkeypatch.setattr(context, slot, Slot(slot))

    def render(path: str = "/find", language: str = "en") -> str:
        request = rf.get(path)
        request.user = AnonymousUser()
        with override(language):
            return render_to_string("ui/base.html", request=request)

    return render


def test_frame_shows_the_menu_in_order_and_where_we_are(page: Render) -> None:
    context.MENU.register("b", MenuEntry(title="Events", url="/events", order=2))
    context.MENU.register("a", MenuEntry(title="Find", url="/find", order=1))
    context.MENU.register("c", MenuEntry(title="Hidden", url="/x", is_for=lambda request: False))
    context.MENU.register("d", MenuEntry(title="Nowhere", url_name="no-such-address"))

    shown = page()

    nav = shown[shown.index('class="nav"') : shown.index("</nav>")]
    assert re.findall(r">(\w+)</a>", nav) == ["Find", "Events"]
    assert '<a href="/find" aria-current="page">' in nav
    assert nav.count("aria-current") == 1


def test_frame_says_that_a_demonstration_is_one(page: Render) -> None:
    context.CITY.register("city", lambda request: City(name="Seoul", is_demo=True, phone="120"))

    assert "This is a demonstration, not a service of the city" in page()
    assert "시의 공식 서비스가 아닙니다" in page(language="ko")


def test_frame_of_a_real_city_names_its_authority(page: Render) -> None:
    context.CITY.register("city", lambda request: City(name="Seoul", authority="Seoul Metropolitan Government"))

    shown = page()
    assert "An official service of Seoul Metropolitan Government" in shown
    assert "demonstration" not in shown


def test_frame_offers_sign_in_to_strangers_and_their_menu_to_people(page: Render) -> None:
    assert "Sign in" in page()

    menu = PersonMenu(name="Han Ji-won", links=[Link(title="My reservations", url="/me")], sign_out_url="/out")
    context.PERSON.register("person", lambda request: menu)
    shown = page()

    assert "Sign in" not in shown
    assert "My reservations" in shown
    assert ">HJ<" in shown


@pytest.mark.parametrize(("name", "letters"), [("Han Ji-won", "HJ"), ("한지원", "한"), ("", "?"), ("Mina", "M")])
def test_initials_fit_a_disc(name: str, letters: str) -> None:
    assert PersonMenu(name=name).initials == letters


def test_frame_switches_languages_without_script(page: Render) -> None:
    shown = page("/find?q=hall&near=1", language="ar")

    assert '<html lang="ar" dir="rtl">' in shown
    assert 'name="next" value="/find?q=hall&amp;near=1"' in shown
    assert shown.count('name="language"') == 6


def test_icon_turns_only_when_asked_and_is_heard_only_with_a_label() -> None:
    assert "icon-turn" in icon("arrow-right", turn=True)
    assert "icon-turn" not in icon("hammer")
    assert 'aria-hidden="true"' in icon("hammer")
    assert 'aria-label="Close &amp; go"' in icon("x", label="Close & go")
    assert "stroke-width" not in icon("hammer")
