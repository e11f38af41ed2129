"""A few rows of every kind that is given away, one of them with a title that breaks whatever can be broken."""

from datetime import date, timedelta

from django.db import connection
from tests.factories import NOW, make_district, make_organisation, make_place, make_room, make_service

from sharingcity.directory.models import Category, Organisation
from sharingcity.listings.models import Listing

SQUARE = [[126.9, 37.5], [127.0, 37.5], [127.0, 37.6], [126.9, 37.5]]
HOSTILE = "=cmd()</script><!--<script>]]>&amp;\u202eمعكوس\u2028\x0b😀"
NUL = "\x00"


def make_city() -> None:
    """Spaces, a thing, a car park, a home, an event, something imported, something retired; services, designations."""
    district = make_district(geometry={"type": "Polygon", "coordinates": [SQUARE]})
    category = Category.objects.create(slug="hall", kind="space", names={"ko": "강당", "en": "Hall"})
    office = make_organisation(
        "Mapo District Office",
        district=district,
        phone="02-3153-8114",
        address="212 World Cup-ro",
        lat=37.5663,
        lng=126.9014,
        url="https://www.example.org/",
        registration_number="105-83-00012",
        descriptions={"en": "Looks after public buildings.", "ko": "공공시설을 관리합니다."},
        fields=("space", "thing"),
        problems=("culture",),
    )
    company = make_organisation("Bike & Co", legal_form="company")
    place = make_place(office)
    make_room("Great hall", place=place, category=category, hour_fee_minor=20_000, access=3, phone="02-111-2222")
    make_room("Reading room", place=place, hour_fee_minor=0, hours="Mo-Fr 09:00-24:00; Sa 22:00-02:00; PH off")
    make_room("Odd hours", place=place, hours="week 01-53/2 Mo 10:00-12:00", booking="ask", opening_note="ask first")
    make_room("Drill", place=place, kind="thing", capacity=None, hour_fee_minor=None)
    make_room(
        "Car park", place=make_place(company), kind="vehicle", spots=12, booking="elsewhere", url="https://e.org/p"
    )
    make_home(company)
    days = {"first_date": date(2026, 12, 1), "last_date": date(2026, 12, 3)}
    make_room("Repair café", place=place, kind="event", capacity=40, **days)
    make_imported(place_of=office)
    make_retired(place_of=office)
    make_room(hostile(), place=make_place(company, names={"en": hostile()}), descriptions={"en": hostile()})
    make_room("Draft", place=place, state="draft")
    make_service("Tool library", office, languages=("ko", "kvk"), steps=[{"en": "Come"}, {"en": "Borrow"}], access=1)
    local = make_service(
        "Bike kitchen", company, price_level="paid", is_citywide=False, url="https://example.org/bikes"
    )
    local.districts.add(district)
    make_service(hostile(), company, descriptions={"ko": hostile()}, audience={"en": hostile()})
    make_service("Secret", company, state="draft")
    make_organisation("Not yet", state="draft")


def hostile() -> str:
    """With NUL where the engine keeps it: PostgreSQL refuses it by itself."""
    return HOSTILE + NUL if connection.vendor == "sqlite" else HOSTILE


def make_home(owner: Organisation) -> Listing:
    place = make_place(owner, names={"en": "Flat 3"}, address="7 Hidden Lane", lat=37.551234, lng=126.912345)
    return make_room("Spare room", place=place, kind="home", capacity=2, hour_fee_minor=9_000, phone="010-9999-1234")


def make_imported(place_of: Organisation) -> Listing:
    return make_room(
        "Community room",
        place=make_place(place_of, lat=None, lng=None),
        booking="elsewhere",
        connector="kr-open-facilities",
        external_key="k1",
        hour_fee_minor=10_000,
        how_to_book={"words": "Call the office", "ways": ["phone"]},
    )


def make_retired(place_of: Organisation) -> Listing:
    at = NOW + timedelta(hours=1)
    room = make_room("Closed room", place=make_place(place_of), state="retired", retired_at=at)
    Listing.objects.filter(pk=room.pk).update(changed_at=at)
    return room
