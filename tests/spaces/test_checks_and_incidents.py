"""What is found at the door, and what went wrong."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from tests.factories import NOW, make_manager, make_person, make_room, order

from sharingcity.booking.operations.cancel import cancel_reservation
from sharingcity.booking.operations.request import request_reservation
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.kernel.models import JournalEntry, JournalWords
from sharingcity.kernel.projections import projection_faults
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import Listing
from sharingcity.people.operations import delete_account, export_data
from sharingcity.people.permissions import Scope
from sharingcity.spaces.models import CheckAnswer, Incident
from sharingcity.spaces.operations import (
    Answer,
    ItemDraft,
    record_check,
    report_incident,
    set_checklist,
    settle_incident,
    take_incident,
)
from sharingcity.spaces.queries import check_records, checklist_of, get_incident, incidents_in, open_incident_count

pytestmark = pytest.mark.django_db
FINE = Answer(is_in_order=True)
ITEMS = [ItemDraft(moment="in", names={"en": "Lights work"}), ItemDraft(moment="out", names={"en": "Door locked"})]


@pytest.fixture
def room(settings: object, tmp_path: Path) -> Listing:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    room = make_room()
    set_checklist(place=room.place, items=ITEMS, by=SYSTEM, now=NOW)
    return room


def _booked(room: Listing):  # type: ignore[no-untyped-def]  # a Reservation
    person = make_person()
    return request_reservation(order=order(room), person=person, by=person, now=NOW)


def _photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20)).save(out, "PNG")
    return out.getvalue()


def test_record_check_keeps_what_was_found_and_by_whom(room: Listing) -> None:
    booked, steward = _booked(room), make_manager(room, "steward")
    item = checklist_of(room.place_id, "in")[0]

    record_check(
        reservation=booked,
        moment="in",
        answers={item.pk: Answer(is_in_order=False, words="One lamp is out")},
        by=steward,
        now=booked.starts_at,
    )

    found = check_records(booked)[0]
    assert (found.recorded_by, found.recorded_at) == (steward, booked.starts_at)
    assert [(answer.item, answer.is_in_order, answer.words) for answer in found.answers.all()] == [
        (item, False, "One lamp is out")
    ]
    assert JournalEntry.objects.get(event="check.record").data == {"moment": "in", "amiss": [item.pk]}


def test_record_check_twice_or_half_or_without_words_is_refused(room: Listing) -> None:
    booked, steward = _booked(room), make_manager(room, "steward")
    item = checklist_of(room.place_id, "in")[0]
    codes = []
    for answers in ({}, {item.pk: Answer(is_in_order=False)}, {item.pk: FINE}, {item.pk: FINE}):
        try:
            record_check(reservation=booked, moment="in", answers=answers, by=steward, now=booked.starts_at)
        except (Conflict, Refusal) as refused:
            codes.append(refused.code)

    assert codes == ["checklist.answer_missing", "checklist.words_missing", "checklist.recorded"]


def test_record_check_by_the_booker_is_refused(room: Listing) -> None:
    booked = _booked(room)

    with pytest.raises(NotAllowed):
        record_check(reservation=booked, moment="in", answers={}, by=booked.person, now=NOW)


def test_set_checklist_anew_leaves_old_answers_with_their_items(room: Listing) -> None:
    booked, steward = _booked(room), make_manager(room, "steward")
    item = checklist_of(room.place_id, "in")[0]
    record_check(reservation=booked, moment="in", answers={item.pk: FINE}, by=steward, now=booked.starts_at)

    set_checklist(place=room.place, items=ITEMS[1:], by=SYSTEM, now=NOW)

    assert checklist_of(room.place_id, "in") == []
    assert check_records(booked)[0].answers.get().item == item


@pytest.mark.parametrize(("moment", "opens"), [("in", timedelta(hours=-1)), ("out", timedelta(0))])
def test_list_is_gone_through_around_the_use_and_not_before_or_long_after(
    room: Listing, moment: str, opens: timedelta
) -> None:
    booked, steward = _booked(room), make_manager(room, "steward")
    answers = {item.pk: FINE for item in checklist_of(room.place_id, moment)}
    a_second, a_day = timedelta(seconds=1), timedelta(days=1)

    for too_early_or_late in (booked.starts_at + opens - a_second, booked.ends_at + a_day):
        with pytest.raises(Conflict) as refused:
            record_check(reservation=booked, moment=moment, answers=answers, by=steward, now=too_early_or_late)
        assert refused.value.code == "checklist.not_now"
    assert (
        record_check(
            reservation=booked, moment=moment, answers=answers, by=steward, now=booked.starts_at + opens
        ).recorded_by
        == steward
    )


def test_list_of_a_cancelled_booking_is_not_gone_through(room: Listing) -> None:
    booked, steward = _booked(room), make_manager(room, "steward")
    cancelled = cancel_reservation(reservation=booked, by=booked.person, now=NOW)

    with pytest.raises(Conflict):
        record_check(reservation=cancelled, moment="in", answers={}, by=steward, now=booked.starts_at)


def test_report_incident_by_the_booker_with_a_photo_reaches_the_managers_queue(room: Listing) -> None:
    booked, manager = _booked(room), make_manager(room)

    made = report_incident(
        place=room.place,
        reservation=booked,
        kind="damage",
        words="A leg of the table is broken.",
        photos=[_photo()],
        by=booked.person,
        now=NOW,
    )

    assert list(incidents_in([Scope("building", room.place_id)])) == [made]
    photo = get_incident(made.code).photos.get()
    assert photo.file.read().startswith(b"\xff\xd8\xff")
    assert made.listing == room
    take_incident(incident=made, by=manager, now=NOW)
    settled = settle_incident(incident=made, by=manager, now=NOW, reason="Glued and screwed.")
    assert (settled.state, settled.settled_at, open_incident_count([Scope("city")])) == ("settled", NOW, 0)


def test_report_incident_by_a_stranger_is_refused_and_leaves_no_row(room: Listing) -> None:
    with pytest.raises(NotAllowed):
        report_incident(place=room.place, kind="noise", words="Loud", by=make_person(), now=NOW)

    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"words": " "}, "incident.words_missing"),
        ({"kind": "weather"}, "incident.kind_unknown"),
        ({"photos": [b"no picture"]}, "photo.not_a_picture"),
        ({"photos": [b""] * 7}, "incident.too_many_photos"),
    ],
)
def test_report_incident_with_something_wrong_says_what(room: Listing, fields: dict[str, object], code: str) -> None:
    given = {"place": room.place, "kind": "damage", "words": "Broken", "by": make_manager(room), "now": NOW}

    with pytest.raises(Refusal) as refused:
        report_incident(**(given | fields))  # type: ignore[arg-type]

    assert refused.value.code == code


def test_report_incident_in_another_building_is_refused(room: Listing) -> None:
    with pytest.raises(Refusal) as refused:
        report_incident(
            place=room.place, listing=make_room(), kind="damage", words="Broken", by=make_manager(room), now=NOW
        )

    assert refused.value.code == "incident.elsewhere"


def test_settle_incident_by_a_key_holder_is_refused(room: Listing) -> None:
    steward = make_manager(room, "steward")
    made = report_incident(place=room.place, kind="lost", words="An umbrella", by=steward, now=NOW)

    with pytest.raises(NotAllowed):
        settle_incident(incident=made, by=steward, now=NOW, reason="Mine now")


def test_delete_account_leaves_the_report_without_a_name(room: Listing) -> None:
    steward = make_manager(room, "steward")
    report_incident(place=room.place, kind="lost", words="An umbrella", by=steward, now=NOW)
    assert export_data(person=steward, now=NOW)["spaces"]["reports"][0]["words"] == "An umbrella"

    delete_account(person=steward, by=steward, now=NOW)

    assert [(row.words, row.reported_by) for row in Incident.objects.all()] == [("An umbrella", None)]


def test_delete_account_forgets_what_was_said_about_its_bookings(room: Listing) -> None:
    booked, manager, steward = _booked(room), make_manager(room), make_manager(room, "steward")
    item = checklist_of(room.place_id, "in")[0]
    record_check(
        reservation=booked,
        moment="in",
        answers={item.pk: Answer(is_in_order=False, words="They broke it")},
        words="They were late",
        by=steward,
        now=booked.starts_at,
    )
    settled, standing = (
        report_incident(
            place=room.place, kind="damage", words="They broke it", reservation=booked, by=steward, now=booked.starts_at
        )
        for _ in range(2)
    )
    settle_incident(incident=settled, by=manager, now=booked.starts_at, reason="They paid")

    delete_account(person=booked.person, by=booked.person, now=booked.ends_at)

    assert {record.words for record in check_records(booked)} == {""}
    assert not CheckAnswer.objects.exclude(words="").exists()
    assert [Incident.objects.get(pk=one.pk).words for one in (settled, standing)] == ["", "They broke it"]
    assert not JournalWords.objects.exists()

    settle_incident(incident=standing, by=manager, now=booked.ends_at, reason="They never paid")

    assert Incident.objects.get(pk=standing.pk).words == ""
    assert not JournalWords.objects.exists()


def test_states_of_shifts_and_incidents_are_held_against_the_journal(room: Listing) -> None:
    incident = report_incident(
        place=room.place, kind="damage", words="A lamp", by=make_manager(room, "steward"), now=NOW
    )
    assert list(projection_faults()) == []

    Incident.objects.filter(pk=incident.pk).update(state="settled")

    assert [fault.problem for fault in projection_faults()] == [
        f"incident {incident.pk} is “settled”, the journal left it “open”"
    ]
