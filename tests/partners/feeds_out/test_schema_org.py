"""Pages in the words of schema.org: only words that it has, and nothing that breaks out of its script element."""

import json
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from tests.factories import make_organisation, make_place, make_room, make_service
from tests.partners.feeds_out.small_city import hostile, make_city, make_home
from tests.partners.feeds_out.vocabulary import problems

from sharingcity.directory.models import Organisation, Service
from sharingcity.listings.models import Listing
from sharingcity.listings.queries.given_away import given_listing, hours_on_day
from sharingcity.partners.feeds_out import schema_org

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
ORIGIN = "https://city.example"


class Scripts(HTMLParser):
    """The scripts of a page, as a browser would cut them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[str, str]] = []
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self._open = dict(attrs).get("type") or ""
            self.found.append((self._open, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            kind, text = self.found[-1]
            self.found[-1] = (kind, text + data)


def data_of(page: str) -> Any:
    """The one block of linked data on a page."""
    scripts = Scripts()
    scripts.feed(page)
    (found,) = [text for kind, text in scripts.found if kind == "application/ld+json"]
    assert [text for kind, text in scripts.found if kind != "application/ld+json" and text.strip()] == []
    return json.loads(found)


def thing_of(listing: Listing) -> dict[str, Any]:
    one = given_listing(listing.code)
    assert one is not None
    hours = hours_on_day(one, TODAY)
    thing = schema_org.listing_thing(one, hours.rule if hours else "", TODAY, ORIGIN)
    found: dict[str, Any] = json.loads(schema_org.script_of([thing]))
    return found


# ── the vocabulary ──
def test_vocabulary_finds_what_is_wrong() -> None:
    """The check can fail."""
    assert problems({"@type": "Place", "name": "Hall"}) == []
    assert problems({"@type": "Place", "opens": "09:00"}) == ["/opens: Place has no such property"]
    assert problems({"@type": "Place", "geo": {"@type": "Person", "name": "A"}})
    assert problems({"@type": "Event", "location": {"name": "Hall"}}) == ["/location: has no type"]
    with pytest.raises(AssertionError, match="no type of schema"):
        problems({"@type": "SharedRoom"})


def test_listings_of_every_kind_speak_schema_org() -> None:
    make_city()
    found = {one.titles["en"]: problems(thing_of(one)) for one in Listing.objects.filter(state="published")}

    assert {title: wrong for title, wrong in found.items() if wrong} == {}
    assert {one.kind for one in Listing.objects.filter(state="published")} == set(schema_org.TYPES)


def test_organisations_services_and_the_hub_speak_schema_org() -> None:
    make_city()
    things = [schema_org.organisation_thing(one, ORIGIN) for one in Organisation.objects.all()]
    things += [schema_org.service_thing(one, ORIGIN) for one in Service.objects.all()]
    things += schema_org.city_things(ORIGIN)

    graph = json.loads(schema_org.script_of(things))["@graph"]

    assert len(graph) == len(things)
    assert problems(graph) == []


# ── what is said ──
def test_place_says_hours_price_and_where_to_book() -> None:
    make_city()

    thing = thing_of(Listing.objects.get(titles__en="Great hall"))

    assert thing["@type"] == ["Place", "Product"]
    assert thing["openingHoursSpecification"][0]["opens"] == "09:00"
    assert thing["openingHoursSpecification"][0]["closes"] == "22:00"
    assert len(thing["openingHoursSpecification"][0]["dayOfWeek"]) == 7
    assert (thing["offers"]["price"], thing["offers"]["priceCurrency"]) == ("20000", "KRW")
    assert thing["isAccessibleForFree"] is False
    assert thing["geo"]["latitude"] == 37.5563
    assert thing["potentialAction"]["@type"] == "ReserveAction"
    assert thing["potentialAction"]["target"]["urlTemplate"] == thing["url"]


def test_night_and_holidays_are_said_as_search_engines_want_them() -> None:
    make_city()

    spans = thing_of(Listing.objects.get(titles__en="Reading room"))["openingHoursSpecification"]

    assert [(one["opens"], one["closes"]) for one in spans] == [
        ("09:00", "23:59"),
        ("22:00", "02:00"),
        ("00:00", "00:00"),
    ]
    assert spans[2]["dayOfWeek"] == "https://schema.org/PublicHolidays"


def test_hours_that_no_week_can_say_are_not_said() -> None:
    make_city()

    thing = thing_of(Listing.objects.get(titles__en="Odd hours"))

    assert "openingHoursSpecification" not in thing
    assert "potentialAction" not in thing  # one asks the host


def test_what_is_booked_elsewhere_leads_there() -> None:
    make_city()

    thing = thing_of(Listing.objects.get(titles__en="Car park"))

    assert thing["potentialAction"]["target"]["urlTemplate"] == "https://e.org/p"
    assert "offers" not in thing


def test_event_says_its_days() -> None:
    make_city()

    thing = thing_of(Listing.objects.get(titles__en="Repair café"))

    assert (thing["@type"], thing["startDate"], thing["endDate"]) == (["Event"], "2026-12-01", "2026-12-03")
    assert thing["location"]["@type"] == "Place"
    assert thing["eventStatus"].endswith("EventScheduled")


def test_imported_page_names_its_publisher() -> None:
    make_city()

    thing = thing_of(Listing.objects.get(titles__en="Community room"))

    assert thing["subjectOf"]["creditText"]


def test_homes_are_said_without_their_door() -> None:
    text = json.dumps(thing_of(make_home(make_organisation())))

    for secret in ("Hidden Lane", "Flat 3", "010-9999", "37.551", "streetAddress"):
        assert secret not in text, secret


# ── on pages ──
@pytest.mark.parametrize("language", ["ko", "en", "ar"])
def test_pages_carry_what_they_are(client: Client, language: str) -> None:
    make_city()
    client.cookies["django_language"] = language
    room = Listing.objects.get(titles__en="Great hall")
    addresses = ["/", f"/listings/{room.code}", f"/organisations/{room.organisation.slug}"]

    found = [data_of(client.get(address, follow=True).content.decode()) for address in addresses]

    assert problems(found[0]["@graph"]) == []
    assert [problems(one) for one in found[1:]] == [[], []]


def test_title_cannot_break_out(client: Client) -> None:
    owner = make_organisation(hostile(), descriptions={"en": hostile(), "ko": hostile()})
    room = make_room(hostile(), place=make_place(owner, names={"en": hostile()}), descriptions={"ko": hostile()})

    for address in (f"/listings/{room.code}", f"/organisations/{owner.slug}"):
        found = data_of(client.get(address, follow=True).content.decode())
        assert found["name"] == hostile().replace("\x00", "")


def test_service_of_a_draft_organisation_is_no_error() -> None:
    service = make_service(organisation=make_organisation(state="draft"))

    assert problems(json.loads(schema_org.script_of([schema_org.service_thing(service, ORIGIN)]))) == []
