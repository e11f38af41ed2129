"""Reports of what went wrong: made with photos, seen by staff only, settled with a reason."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.factories import NOW, make_manager, make_organisation, make_person, make_place, make_room, order, wish
from tests.portal.staff import at, grant, sign_in

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations.request import request_reservation
from sharingcity.listings.models import Listing
from sharingcity.people.models import Person
from sharingcity.spaces.models import Incident
from sharingcity.spaces.operations import report_incident
from sharingcity.spaces.rules.photos import MAX_BYTES

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(settings: object, tmp_path: Path) -> Listing:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    return make_room()


def booked(room: Listing) -> Reservation:
    person = make_person("Lee Booker")
    return request_reservation(order=order(room, wish(day=3)), person=person, by=person, now=NOW)


def picture(name: str = "chair.png", colour: str = "red") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def reported(room: Listing, by: Person) -> Incident:
    photo = picture().read()
    return report_incident(
        place=room.place,
        listing=room,
        kind="damage",
        words="A chair is broken",
        by=by,
        now=NOW,
        photos=[photo],
        photo_words=["The leg is off"],
    )


def test_steward_reports_with_two_photos_and_what_they_show(client: Client, room: Listing) -> None:
    with at(NOW):
        sign_in(client, make_manager(room, "steward"))
        sent = {
            "kind": "damage",
            "words": "A chair is broken",
            "room": room.code,
            "photo_1": picture(),
            "photo_words_1": "The leg is off",
            "photo_3": picture(colour="blue"),
        }
        answer = client.post("/host/incidents/new", sent)
        made = Incident.objects.get()
        page = client.get(answer.headers["Location"])

    assert answer.headers["Location"] == f"/host/incidents/{made.code}"
    assert made.listing == room
    assert [photo.alt for photo in page.context["sheet"].photos] == ["The leg is off", "Photo 2, without a description"]


def test_report_that_is_refused_comes_back_with_what_was_typed(client: Client, room: Listing) -> None:
    big = SimpleUploadedFile("big.jpg", b"x" * (MAX_BYTES + 1), content_type="image/jpeg")
    script = SimpleUploadedFile("chair.jpg", b"<script>alert(1)</script>", content_type="image/jpeg")
    with at(NOW):
        sign_in(client, make_manager(room, "steward"))
        answers = [
            client.post("/host/incidents/new", {"kind": "damage", "words": "Broken glass", "photo_1": photo})
            for photo in (big, script)
        ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert list(answers[0].context["form"].errors) == ["photo_1"]
    assert all("Broken glass" in answer.content.decode() for answer in answers)
    assert not Incident.objects.exists()


def test_photo_is_served_to_staff_of_the_building_only(client: Client, room: Listing) -> None:
    steward = make_manager(room, "steward")
    with at(NOW):
        url = f"/host/incidents/{reported(room, steward).code}/photos/0"
        assert client.get(url).status_code == 302
        sign_in(client, make_person())
        assert client.get(url).status_code == 403
        sign_in(client, make_manager(make_room(), "manager"))
        assert client.get(url).status_code == 403
        sign_in(client, steward)
        answer = client.get(url)
        assert client.get(f"{url[:-1]}7").status_code == 404

    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline; filename=")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content)[:3] == b"\xff\xd8\xff"  # type: ignore[attr-defined]


def test_manager_takes_and_settles_with_a_reason(client: Client, room: Listing) -> None:
    incident = reported(room, make_manager(room, "steward"))
    url = f"/host/incidents/{incident.code}"
    with at(NOW):
        sign_in(client, make_manager(room))
        client.post(url, {"do": "take"})
        refused = client.post(url, {"do": "settle", "reason": " "})
        client.post(url, {"do": "settle", "reason": "Glued"})
        page = client.get(url)
        assert client.get("/host/incidents").context["incidents"] == []
        assert [row.code for row in client.get("/host/incidents?show=all").context["incidents"]] == [incident.code]

    incident.refresh_from_db()
    assert refused.status_code == 422
    assert incident.state == "settled"
    assert [(row.what, row.words) for row in page.context["sheet"].story] == [
        ("Reported", ""),
        ("Somebody deals with it", ""),
        ("Settled", "Glued"),
    ]


def test_steward_sees_a_report_but_does_not_settle_it(client: Client, room: Listing) -> None:
    steward = make_manager(room, "steward")
    incident = reported(room, steward)
    with at(NOW):
        sign_in(client, steward)
        sheet = client.get(f"/host/incidents/{incident.code}").context["sheet"]
        assert client.post(f"/host/incidents/{incident.code}", {"do": "take"}).status_code == 403

    assert (sheet.steps, sheet.reasoned) == ([], [])


def test_booker_reports_from_the_start_until_two_weeks_after(client: Client, room: Listing) -> None:
    made = booked(room)
    url = f"/me/reservations/{made.code}/report"
    sent = {"kind": "damage", "words": "The lamp fell", "photo_1": picture(), "photo_words_1": "The lamp"}
    seen = []
    for moment in (made.starts_at - timedelta(seconds=1), made.starts_at, made.ends_at + timedelta(days=14)):
        with at(moment):
            sign_in(client, made.person)
            acts = client.get(f"/me/reservations/{made.code}").context["acts"]
            seen.append((bool(acts), client.get(url).status_code))
    with at(made.ends_at):
        sign_in(client, make_person())
        assert client.get(url).status_code == 404
        sign_in(client, made.person)
        answer = client.post(url, sent)

    incident = Incident.objects.get()
    assert seen == [(False, 302), (True, 200), (False, 302)]
    assert answer.headers["Location"] == f"/me/reservations/{made.code}"
    assert (incident.reservation, incident.reported_by, incident.photos.count()) == (made, made.person, 1)


def test_desk_page_of_a_booking_names_its_reports(client: Client, room: Listing) -> None:
    made = booked(room)
    report_incident(place=room.place, kind="damage", words="The lamp fell", by=made.person, now=NOW, reservation=made)
    with at(NOW):
        sign_in(client, make_manager(room))
        parts = {part.name: part for part in client.get(f"/city/reservations/{made.code}").context["sheet"].parts}
        sign_in(client, grant(make_person(), "counter"))
        unseen = client.get(f"/city/reservations/{made.code}").context["sheet"].parts

    assert [pair.value for pair in parts["reports"].pairs] == ["The lamp fell"]
    assert unseen == []


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_reports_asks_the_same_number_of_questions(
    client: Client, room: Listing, number: int, django_assert_num_queries: object
) -> None:
    organisation = make_organisation()
    manager = grant(make_person("Park Manager"), "manager", "organisation", organisation.pk)
    for _ in range(number):
        reported(make_room(place=make_place(organisation)), manager)
    with at(NOW):
        sign_in(client, manager)
        with django_assert_num_queries(LIST_QUERIES):  # type: ignore[operator]
            client.get("/host/incidents")


LIST_QUERIES = 10
