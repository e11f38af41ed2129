"""The desk: what waits, who may see it, one reservation with everything that can be done."""

from datetime import datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from tests.factories import (
    NOW,
    make_fees,
    make_manager,
    make_person,
    make_place,
    make_policy,
    make_room,
    order,
    wish,
)
from tests.portal.staff import at, grant, sign_in

from sharingcity.booking.models import Attempt, Payment, Reservation
from sharingcity.booking.operations import record_payment, request_reservation
from sharingcity.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    policy = make_policy(needs_approval=True, interest_basis_points=300)
    return make_room("Lecture room", policy=policy, fees=make_fees(), place=make_place(names={"en": "Dorim Hall"}))


def ask(room, person: Person | None = None, day: int = 12, **fields) -> Reservation:
    person = person or make_person("Lee Booker", phone="010-1234-5678")
    return request_reservation(order=order(room, wish(day, **fields)), person=person, by=person, now=NOW)


def test_desk_for_a_stranger_asks_to_sign_in(client: Client) -> None:
    assert client.get("/city").status_code == 302


@pytest.mark.parametrize("path", ["/city", "/city/search", "/city/book", "/host", "/host/week", "/host/listings"])
def test_pages_for_a_person_without_a_role_are_refused(client: Client, path: str) -> None:
    sign_in(client, make_person())

    assert client.get(path).status_code == 403


def test_desk_shows_the_late_request_first(client: Client, room) -> None:
    with at(NOW):
        ask(room, day=12)
        late = ask(room, day=13, hour=10)
        Reservation.objects.filter(pk=late.pk).update(approval_due_at=NOW - timedelta(hours=2))
        sign_in(client, make_manager(room))

        page = client.get("/city", headers={"accept-language": "en"})

    assert page.status_code == 200
    assert [row.url for row in page.context["hot"].rows] == [f"/city/reservations/{late.code}"]
    assert page.context["hot"].rows[0].due_state == "late"
    assert page.context["waiting"] == 2


def test_desk_of_another_building_is_empty(client: Client, room) -> None:
    other = make_room("Elsewhere")
    with at(NOW):
        made = ask(room)
        sign_in(client, make_manager(other))

        assert client.get("/city").context["waiting"] == 0
        assert client.get(f"/city/reservations/{made.code}").status_code == 403
        assert client.get("/city/search", {"q": made.code}).context["bookings"] == []


def test_desk_filtered_by_building_shows_only_its_requests(client: Client, room) -> None:
    other = make_room("Elsewhere", policy=make_policy(needs_approval=True))
    with at(NOW):
        ask(room)
        ask(other)
        sign_in(client, grant(make_person(), "officer"))

        assert client.get("/city").context["waiting"] == 2
        assert client.get("/city", {"place": other.place.code}).context["waiting"] == 1


@pytest.mark.parametrize(
    "path",
    ["/city", "/city?queue=requests", "/host", "/host/requests", "/host/week", "/host/listings", "/city/search?q=Lee"],
)
def test_lists_need_the_same_queries_for_one_and_for_three(
    client: Client, room, path, django_assert_max_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    with at(NOW):
        sign_in(client, make_manager(room))
        ask(room, make_person("Lee One"), hour=9)
        client.get(path)
        for more in ((11, 13), ()):
            with CaptureQueriesContext(
                connection,
            ) as caught:
                assert client.get(path).status_code == 200
            counts.append(len(caught))
            for hour in more:
                ask(room, make_person("Lee More"), hour=hour)

    assert counts[0] == counts[1]
    assert counts[0] <= 25


def test_search_finds_a_number_as_it_was_read_out(client: Client, room) -> None:
    with at(NOW):
        made = ask(room)
        sign_in(client, make_manager(room))

        page = client.get("/city/search", {"q": f"{made.code[:5].lower()} {made.code[5:]}"})

    assert [row.code for row in page.context["bookings"]] == [made.code]


def test_bulk_approval_decides_each_on_its_own(client: Client, room) -> None:
    with at(NOW):
        first, second = ask(room, day=12), ask(room, day=13)
        sign_in(client, make_manager(room))
        client.post("/city/requests", {"event": "confirm", "code": [first.code, "0000000000", second.code]})

    assert set(Reservation.objects.values_list("state", flat=True)) == {"confirmed"}


def test_bulk_decline_needs_a_reason(client: Client, room) -> None:
    with at(NOW):
        made = ask(room)
        sign_in(client, make_manager(room))
        answer = client.post("/city/requests", {"event": "decline", "code": [made.code], "reason": "  "}, follow=True)
        made.refresh_from_db()
        assert made.state == "requested"
        assert len(list(get_messages(answer.wsgi_request))) <= 1

        client.post("/city/requests", {"event": "decline", "code": [made.code], "reason": "The hall is needed."})

    made.refresh_from_db()
    assert made.state == "declined"


def test_page_offers_exactly_what_the_table_allows(client: Client, room) -> None:
    with at(NOW):
        made = ask(room)
        sign_in(client, make_manager(room))
        sheet = client.get(f"/city/reservations/{made.code}").context["sheet"]

    assert [step.event for step in sheet.steps] == ["confirm"]
    assert [step.event for step in sheet.reasoned] == ["decline", "withdraw"]
    assert sheet.cancel_words
    assert sheet.can_move


def test_page_shows_contact_only_to_who_may_see_bookers(client: Client, room) -> None:
    with at(NOW):
        made = ask(room)
        sign_in(client, make_manager(room, "steward"))
        assert "010-1234-5678" in client.get(f"/city/reservations/{made.code}").content.decode()

        sign_in(client, make_person())
        assert client.get(f"/city/reservations/{made.code}").status_code == 403


def test_decline_without_a_reason_comes_back_with_an_error(client: Client, room) -> None:
    with at(NOW):
        made = ask(room)
        sign_in(client, make_manager(room))
        answer = client.post(f"/city/reservations/{made.code}", {"do": "decline", "reason": ""})

    assert answer.status_code == 422
    assert "reason" in answer.context["wrong"].errors
    made.refresh_from_db()
    assert made.state == "requested"


def test_steward_may_not_approve(client: Client, room) -> None:
    with at(NOW):
        made = ask(room)
        sign_in(client, make_manager(room, "steward"))
        answer = client.post(f"/city/reservations/{made.code}", {"do": "confirm"})

    assert answer.status_code == 403
    made.refresh_from_db()
    assert made.state == "requested"


def test_payment_is_written_down_and_a_wrong_amount_is_kept(client: Client, room) -> None:
    with at(NOW):
        made = ask(room)
        sign_in(client, make_manager(room))
        client.post(f"/city/reservations/{made.code}", {"do": "confirm"})
        wrong = client.post(
            f"/city/reservations/{made.code}", {"do": "pay", "amount_minor": "99000", "method": "on_site"}
        )
        assert wrong.status_code == 422
        assert 'value="99000"' in wrong.content.decode()

        client.post(f"/city/reservations/{made.code}", {"do": "pay", "amount_minor": "20000", "method": "transfer"})

    made.refresh_from_db()
    assert (made.paid_minor, made.payment_due_at) == (20_000, None)


def test_waiver_needs_a_ground(client: Client, room) -> None:
    with at(NOW):
        made = ask(room)
        sign_in(client, make_manager(room))
        client.post(f"/city/reservations/{made.code}", {"do": "confirm"})
        assert client.post(f"/city/reservations/{made.code}", {"do": "waive", "ground": ""}).status_code == 422
        client.post(f"/city/reservations/{made.code}", {"do": "waive", "ground": "Public interest"})

    made.refresh_from_db()
    assert made.total_minor == 0


def test_refund_stands_in_its_queue_until_it_is_sent(client: Client, room) -> None:
    with at(NOW):
        manager = make_manager(room)
        made = ask(room)
        sign_in(client, manager)
        client.post(f"/city/reservations/{made.code}", {"do": "confirm"})
        record_payment(reservation=made, amount_minor=20_000, method="transfer", by=manager, now=NOW)
        client.post(f"/city/reservations/{made.code}", {"do": "withdraw", "reason": "A pipe burst."})
        desk = client.get("/city").context
        assert (desk["waiting"], [queue.id for queue in desk["queues"]]) == (1, ["queue-refunds"])
        (row,) = client.get(f"/city/reservations/{made.code}").context["sheet"].to_send
        assert row.id == Payment.objects.get(kind="refund").pk

        client.post(f"/city/refunds/{Payment.objects.get(kind='refund').pk}")

        assert client.get("/city").context["waiting"] == 0
    assert Payment.objects.get(kind="refund").done_at == NOW


def test_log_of_attempts_and_story_stand_on_the_page(client: Client, room) -> None:
    with at(NOW):
        made = ask(room)
        Attempt.objects.create(
            subject=made.subject, at=NOW, code="booking.slot_taken", listing=room, starts_at=made.starts_at
        )
        sign_in(client, make_manager(room))
        sheet = client.get(f"/city/reservations/{made.code}").context["sheet"]

    assert [line.code for line in sheet.log] == ["booking.slot_taken"]
    assert len(sheet.story) == 1


def test_appeal_waits_until_it_is_answered(client: Client, room) -> None:
    from sharingcity.booking.operations import appeal_absence, confirm_reservation, mark_absent

    booker, manager = make_person("Lee Booker"), make_manager(room)
    made = ask(room, booker)
    confirm_reservation(reservation=made, by=manager, now=NOW)
    later = made.starts_at + timedelta(hours=1)
    mark_absent(reservation=made, by=manager, now=later)
    appeal_absence(reservation=made, by=booker, now=later, words="We were there at seven.")
    with at(later):
        sign_in(client, manager)
        assert client.get("/city?queue=appeals").context["queues"][0].count == 1
        assert "We were there at seven." in client.get(f"/city/reservations/{made.code}").content.decode()

        client.post(f"/city/reservations/{made.code}", {"do": "excuse", "reason": "The steward remembers you."})

    made.refresh_from_db()
    assert made.state == "done"


def test_moment_of_the_tests_is_the_cities(now: datetime) -> None:
    with at(now):
        from sharingcity.kernel import clock

        assert clock.now() == now
