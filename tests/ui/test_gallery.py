"""The gallery: every component is shown, in every language, under the strict policy."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from sharingcity.ui.web.views import SECTIONS

ROOM = Path(__file__).resolve().parents[2] / "src" / "sharingcity" / "ui"
COMPONENTS = sorted((ROOM / "templates" / "cotton").glob("*.html"))
PAGE_ONLY = {"back", "book_bar", "page_head", "section_head", "view_switch"}
"""Components that make sense only once on a page; pages show them."""


def name_of(component: Path) -> str:
    return component.stem.replace("_", "-")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en", "ar"])
def test_gallery_answers_in_every_language(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    answer = client.get(reverse("ui-gallery"))
    page = answer.content.decode()

    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert page.count('class="frame"') == 4 * len(SECTIONS)
    assert "<c-" not in page
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*src=)", page)


@pytest.mark.django_db
def test_gallery_of_one_part_shows_only_it(client: Client) -> None:
    page = client.get(reverse("ui-gallery-part", args=["week"])).content.decode()

    assert page.count('class="frame"') == 4
    assert 'id="week"' in page


@pytest.mark.django_db
def test_gallery_gives_every_id_once(client: Client) -> None:
    page = client.get(reverse("ui-gallery")).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)

    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_every_component_is_shown_somewhere() -> None:
    pages = [p for p in ROOM.rglob("*.html") if p not in COMPONENTS]
    used = " ".join(p.read_text(encoding="utf-8") for p in [*pages, *COMPONENTS])

    unused = [c.stem for c in COMPONENTS if f"<c-{name_of(c)} " not in used and f"<c-{name_of(c)}>" not in used]
    assert set(unused) <= PAGE_ONLY | {"icon"}


@pytest.mark.parametrize("component", COMPONENTS, ids=name_of)
def test_component_declares_its_props_with_defaults(component: Path) -> None:
    """A prop without a default would leak in from the page around it."""
    text = component.read_text(encoding="utf-8")
    if component.stem == "hour_key":
        return
    declared = re.search(r"<c-vars ([^>]*)/>", text)

    assert declared
    assert re.sub(r':?[\w-]+="[^"]*"', "", declared[1]).strip() == ""
