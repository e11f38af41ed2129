"""Five thousand characters of text, without a blank or from the right: no page is pushed out of its window."""

import json
from collections.abc import Callable

import pytest

from tests.browser.demo_city import DemoServer
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

LETTERS = 5000
TEXTS = {
    "sentences": "A drill, a ladder and a friendly word. " * 129,
    "one word": "가나다라마바사아자차" * 500,
    "an address": "https://tools.example/" + "a" * 4978,
    "from the right": "مثقاب وسلّم وكلمة طيبة لكل جار في الحي " * 128,
}
WRITE = """
import json
from sharingcity.directory.models import Organisation, Service
from sharingcity.finding.operations import index_entries
from sharingcity.kernel import clock
from sharingcity.listings.models import Listing
from sharingcity.listings.slots import announce_change

text, slug, service, listing = {values}
words = {{"ko": text, "en": text, "ar": text}}
named = {{code: " ".join((text[:200], "Qqzx")) for code in words}}
Organisation.objects.filter(slug=slug).update(descriptions=words)
Service.objects.filter(slug=service).update(summaries=words, descriptions=words, names=named)
Listing.objects.filter(code=listing).update(descriptions=words, titles=named, fee_note=text[:200])
announce_change([Listing.objects.get(code=listing).pk])
index_entries("organisation", [Organisation.objects.get(slug=slug).pk])
index_entries("service", [Service.objects.get(slug=service).pk])
"""


@pytest.mark.parametrize("text", TEXTS)
def test_long_texts_stay_inside_the_window(journey_city: DemoServer, visit: Callable[..., Visitor], text: str) -> None:
    samples = journey_city.samples()
    values = (TEXTS[text][:LETTERS], samples["organisation"], samples["service"], samples["listing"])
    journey_city.run_python(WRITE.format(values=json.dumps(values)))
    pages = {
        "listing": f"/listings/{samples['listing']}/x",
        "organisation": f"/organisations/{samples['organisation']}",
        "service": f"/services/{samples['service']}",
        "organisations": "/organisations",
        "found": "/find?q=Qqzx",
        "services": "/find?kind=service&q=Qqzx",
        "home": "/",
    }
    problems = []
    for language in ("en", "ar"):
        visitor = visit(journey_city, language=language, device="narrow")
        for name, path in pages.items():
            visitor.go(path)
            problems += visitor.problems(f"{text} {name} {language}")

    assert problems == []
