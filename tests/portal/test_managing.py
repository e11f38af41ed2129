"""A manager changes a listing: preview first, then saved; forms come back with what was typed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories import NOW, make_extra, make_fees, make_manager, make_person, make_policy, make_room, order, wish
from tests.portal.staff import at, grant, sign_in

from sharingcity.booking.models import FeeVersion, PolicyVersion, Reservation, Terms
from sharingcity.booking.operations import request_reservation
from sharingcity.listings.models import HoursVersion, Listing
from sharingcity.listings.queries import extras_of

pytestmark = pytest.mark.django_db
WEEK = {
    "valid_from": "2026-11-09",
    "how": "week",
    "same": "on",
    "from_0_1": "09:00",
    "until_0_1": "18:00",
    "from_5_1": "10:00",
    "until_5_1": "12:00",
    "from_5_2": "13:00",
    "until_5_2": "00:00",
    "holidays": "off",
    "closed_groups": ["chuseok"],
}
FEE = {
    "valid_from": "2026-11-09",
    "base_minutes": "120",
    "base_minor": "30000",
    "extra_minutes": "60",
    "extra_minor": "12000",
}
RULES = {
    "valid_from": "2026-11-09",
    "eligibility": "anyone",
    "approval_days": "3",
    "payment_days": "2",
    "opens_days_before": "90",
    "closes_days_before": "0",
    "grid_minutes": "60",
    "min_minutes": "60",
    "max_minutes": "240",
    "max_holds": "3",
    "series_max_dates": "16",
    "series_max_months": "4",
    "rung_days_1": "3",
    "rung_percent_1": "100",
    "rung_days_2": "2",
    "rung_percent_2": "90",
    "rung_days_3": "1",
    "rung_percent_3": "80",
    "rung_days_4": "0",
    "rung_percent_4": "0",
    "interest_percent": "0",
    "no_shows_until_restriction": "3",
    "restriction_days": "30",
    "cancellations_noted_from": "3",
}


@pytest.fixture
def room() -> Listing:
    return make_room("Hall", fees=make_fees(), policy=make_policy())


@pytest.fixture
def manager(client: Client, room: Listing) -> Any:
    found = make_manager(room)
    sign_in(client, found)
    client.cookies["django_language"] = "en"
    with at(NOW):
        yield found


def book(room: Listing, hour: int = 19) -> Reservation:
    person = make_person("Lee Booker")
    return request_reservation(order=order(room, wish(12, hour=hour)), person=person, by=person, now=NOW)


def address(room: Listing, page: str = "") -> str:
    return f"/host/listings/{room.code}{page}"


def test_hours_show_whom_they_hit_before_anything_is_saved(client: Client, room: Listing, manager: Any) -> None:
    evening = book(room)
    book(room, hour=10)

    page = client.post(address(room, "/hours"), WEEK)

    assert [(hit.code, hit.why) for hit in page.context["hits"]] == [(evening.code, "Outside the new hours")]
    assert HoursVersion.objects.filter(listing=room).count() == 1


def test_hours_saved_are_a_version_from_their_day_on(client: Client, room: Listing, manager: Any) -> None:
    evening = book(room)

    answer = client.post(address(room, "/hours"), {**WEEK, "step": "save", "seen": evening.code})

    assert answer["Location"] == address(room)
    old, new = HoursVersion.objects.filter(listing=room).order_by("valid_from")
    assert (old.valid_until, new.valid_from) == (date(2026, 11, 9), date(2026, 11, 9))
    assert new.hours.rule == "Mo-Fr 09:00-18:00; Sa 10:00-12:00,13:00-24:00; PH off"
    assert new.hours.closed_groups == "chuseok"
    evening.refresh_from_db()
    assert evening.state == "confirmed"


def test_hours_are_not_saved_over_somebody_who_booked_meanwhile(client: Client, room: Listing, manager: Any) -> None:
    book(room)

    page = client.post(address(room, "/hours"), {**WEEK, "step": "save", "seen": ""})

    assert page.context["is_new"]
    assert HoursVersion.objects.filter(listing=room).count() == 1


def test_hours_as_a_rule_say_what_a_week_cannot(client: Client, room: Listing, manager: Any) -> None:
    typed = {"valid_from": "2026-11-09", "how": "text", "rule": "Mo-Fr 09:00-18:00; Dec 31 off"}

    client.post(address(room, "/hours"), {**typed, "step": "save", "seen": ""})

    assert HoursVersion.objects.get(listing=room, valid_from="2026-11-09").hours.rule == typed["rule"]
    later = client.get(address(room, "/hours")).context["form"]
    assert later["how"].value() == "week"  # today's hours are still a week


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"until_0_1": ""}, "until_0_1"),
        ({"until_0_1": "09:00"}, "until_0_1"),
        ({"from_5_2": "11:00"}, "from_5_1"),
        ({"holidays": "own"}, "from_ph_1"),
        (
            {"from_0_1": "", "until_0_1": "", "from_5_1": "", "until_5_1": "", "from_5_2": "", "until_5_2": ""},
            "from_0_1",
        ),
        ({"how": "text", "rule": "Mo-Fr 9 to 6"}, "rule"),
        ({"valid_from": "2026-11-01"}, "valid_from"),
        ({"valid_from": ""}, "valid_from"),
    ],
)
def test_hours_that_make_no_sense_come_back_with_what_was_typed(
    client: Client, room: Listing, manager: Any, typed: dict[str, str], field: str
) -> None:
    page = client.post(address(room, "/hours"), {**WEEK, "step": "save", "seen": "", **typed})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert f'href="#id_{field}"' in page.content.decode()
    assert page.context["form"]["from_5_1"].value() == {**WEEK, **typed}["from_5_1"]
    assert HoursVersion.objects.filter(listing=room).count() == 1


def test_hours_form_begins_with_the_week_that_holds(client: Client, manager: Any, room: Listing) -> None:
    form = client.get(address(room, "/hours")).context["form"]

    assert (form["how"].value(), form["same"].value(), form["holidays"].value()) == ("week", True, "usual")
    assert str(form["until_6_1"].value()) == "22:00:00"


def test_fee_preview_compares_prices_and_saving_leaves_others_alone(
    client: Client, room: Listing, manager: Any
) -> None:
    other = make_room("Other", fees=Terms.objects.get(listing=room).fees)

    page = client.post(address(room, "/fee"), FEE)
    client.post(address(room, "/fee"), {**FEE, "step": "save", "seen": ""})

    assert [(d.before, d.after) for d in page.context["change"].differences][2] == ("₩30,000", "₩42,000")
    terms = Terms.objects.get(listing=room)
    assert terms.fees != Terms.objects.get(listing=other).fees
    held = FeeVersion.objects.get(schedule=terms.fees, valid_from="2026-11-09")
    assert (held.base_minor, held.extra_minor) == (30_000, 12_000)


def test_fee_that_is_no_amount_stands_beside_its_field(client: Client, room: Listing, manager: Any) -> None:
    page = client.post(address(room, "/fee"), {**FEE, "base_minor": "10.5"})

    assert list(page.context["form"].errors) == ["base_minor"]
    assert page.context["form"]["base_minor"].value() == "10.5"


def test_rules_show_what_changes_and_whom_it_hits(client: Client, room: Listing, manager: Any) -> None:
    made = book(room)
    typed = {**RULES, "max_minutes": "60", "uses_per_day": "1"}

    page = client.post(address(room, "/rules"), typed)
    client.post(address(room, "/rules"), {**typed, "step": "save", "seen": made.code})

    assert [(d.before, d.after) for d in page.context["change"].differences] == [("4 h", "1 h"), ("no limit", "1")]
    assert [hit.code for hit in page.context["hits"]] == [made.code]
    held = PolicyVersion.objects.get(policy=Terms.objects.get(listing=room).policy, valid_from="2026-11-09")
    assert (held.max_minutes, held.uses_per_day, held.requests_per_minute) == (60, 1, 1000)


def test_rules_that_do_not_change_are_refused(client: Client, room: Listing, manager: Any) -> None:
    page = client.post(address(room, "/rules"), RULES)

    assert page.status_code == 422
    assert "Nothing is different yet" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"closes_days_before": "91"}, "closes_days_before"),
        ({"min_minutes": "360"}, "max_minutes"),
        ({"rung_percent_2": ""}, "rung_percent_2"),
        ({"rung_days_2": "5"}, "rung_days_2"),
        ({"interest_percent": "-1"}, "interest_percent"),
    ],
)
def test_rules_that_contradict_themselves_come_back(
    client: Client, room: Listing, manager: Any, typed: dict[str, str], field: str
) -> None:
    page = client.post(address(room, "/rules"), {**RULES, **typed})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]


def test_officer_may_change_shared_rules_for_all(client: Client, room: Listing) -> None:
    policy = Terms.objects.get(listing=room).policy
    other = make_room("Other", policy=policy)
    sign_in(client, grant(make_person(), "officer"))
    with at(NOW):
        offered = client.get(address(room, "/rules")).context["form"]
        typed = {**RULES, "max_minutes": "120", "reach": "all", "step": "save", "seen": ""}
        client.post(address(room, "/rules"), typed)

    assert "reach" in offered.fields
    assert Terms.objects.get(listing=other).policy == policy
    assert PolicyVersion.objects.get(policy=policy, valid_from="2026-11-09").max_minutes == 120


def test_manager_is_not_asked_for_how_many(client: Client, room: Listing, manager: Any) -> None:
    make_room("Other", policy=Terms.objects.get(listing=room).policy)

    assert "reach" not in client.get(address(room, "/rules")).context["form"].fields


def test_new_listing_is_a_draft_until_it_is_published(client: Client, room: Listing, manager: Any) -> None:
    typed = {
        "place": room.place.code,
        "kind": "space",
        "quantity": "3",
        "turnaround_minutes": "15",
        "titles_en": "Practice booths",
    }

    client.post("/host/listings/new", typed)

    made = Listing.objects.get(titles__en="Practice booths")
    assert (made.state, made.books, made.units.count()) == ("draft", "any", 3)
    assert "What else to do" not in client.get(address(made)).content.decode()
    assert "What else to do" in client.get(address(room)).content.decode()
    assert client.get(f"/listings/{made.code}").status_code == 404
    overview = client.get(address(made))
    assert [section.title for section in overview.context["missing"]] == [
        "What it is",
        "Opening hours",
        "Rules of booking",
    ]

    client.post(address(made, "/hours"), {**WEEK, "valid_from": "2026-11-02", "step": "save", "seen": ""})
    client.post(address(made, "/rules"), {**RULES, "step": "save", "seen": ""})
    client.post(address(made), {"do": "publish"})

    assert client.get(f"/listings/{made.code}", follow=True).status_code == 200


def test_new_listing_without_a_title_comes_back(client: Client, room: Listing, manager: Any) -> None:
    page = client.post("/host/listings/new", {"place": room.place.code, "kind": "space", "quantity": "1"})

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"titles_ko", "turnaround_minutes"}


def test_new_listing_elsewhere_is_no_choice(client: Client, room: Listing, manager: Any) -> None:
    other = make_room("Other")
    page = client.post(
        "/host/listings/new",
        {
            "place": other.place.code,
            "kind": "space",
            "quantity": "1",
            "turnaround_minutes": "0",
            "titles_en": "Mine",
        },
    )

    assert list(page.context["form"].errors) == ["place"]


def test_details_are_changed_with_equipment(client: Client, room: Listing, manager: Any) -> None:
    kept, added = make_extra(room, "Projector"), make_extra(room, "Piano")
    room.extras.filter(extra=added).delete()
    Listing.objects.filter(pk=room.pk).update(how_to_book={"ways": ["phone"]})
    typed = {
        "titles_en": "Great hall",
        "descriptions_en": "For feasts",
        "booking": "request",
        "capacity": "80",
        "area_m2": "120.5",
        "floor": "2F",
        "access": ["lift", "step_free"],
        "extras": [added.code],
        "how_to_book_en": "Ask at the desk",
    }

    answer = client.post(address(room, "/details"), typed)

    assert answer["Location"] == address(room)
    room.refresh_from_db()
    assert (room.titles, room.capacity, room.area_m2, room.access) == ({"en": "Great hall"}, 80, 120.5, 3)
    assert room.how_to_book == {"ways": ["phone"], "en": "Ask at the desk"}
    assert extras_of([room.pk])[room.pk] == [added]
    assert kept.state == "published"


def test_details_hold_the_days_and_the_room_for_vehicles(client: Client, room: Listing, manager: Any) -> None:
    typed = {"titles_en": "Summer car park", "booking": "here", "spots": "24", "first_date": "2026-11-26"}

    client.post(address(room, "/details"), typed | {"last_date": "2026-11-28"})
    reversed_ = client.post(address(room, "/details"), typed | {"last_date": "2026-11-25"})

    room.refresh_from_db()
    assert (room.spots, room.first_date, room.last_date) == (24, date(2026, 11, 26), date(2026, 11, 28))
    assert reversed_.status_code == 422
    assert list(reversed_.context["form"].errors) == ["last_date"]


def test_details_without_a_title_come_back(client: Client, room: Listing, manager: Any) -> None:
    page = client.post(address(room, "/details"), {"booking": "here", "floor": "2F"})

    assert page.status_code == 422
    assert page.context["form"]["floor"].value() == "2F"


def test_listing_is_taken_off_with_a_reason_and_shown_again(client: Client, room: Listing, manager: Any) -> None:
    client.post(address(room), {"do": "retire", "reason": " "})
    room.refresh_from_db()
    assert room.state == "published"

    client.post(address(room), {"do": "retire", "reason": "Torn down"})
    room.refresh_from_db()
    assert room.state == "retired"

    client.post(address(room), {"do": "republish"})
    room.refresh_from_db()
    assert room.state == "published"


@pytest.mark.parametrize("page", ["", "/details", "/hours", "/fee", "/rules"])
def test_pages_are_for_whoever_manages_the_listing(client: Client, room: Listing, page: str) -> None:
    sign_in(client, make_manager(make_room("Other")))
    with at(NOW + timedelta(hours=1)):
        assert client.get(address(room, page)).status_code == 403
        assert client.get(f"/host/listings/NOSUCHCODE{page}").status_code == 404
