"""Papers: read back in three languages, tagged, with nobody's words as source, and refused clearly without fonts."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pypdf import PdfReader
from tests.factories import NOW, make_fees, make_manager, make_person, make_place, make_room, order, wish

from sharingcity.booking.models import FeeReduction, Reservation
from sharingcity.booking.operations import (
    check_in,
    record_payment,
    request_reservation,
    waive_fee,
    withdraw_reservation,
)
from sharingcity.booking.pdf import day_sheet_pdf, permit_pdf, receipt_pdf
from sharingcity.kernel.city import local_date
from sharingcity.listings.models import Listing
from sharingcity.ui import pdf

pytestmark = pytest.mark.django_db
TITLES = {"ko": "다목적 대회의실", "en": "Multi-purpose hall", "ar": "قاعة متعددة الأغراض"}
NASTY = '#panic("x") $x^2$ *bold* _it_ `raw` <label> @ref "quoted" \\ back / #{1} – it’s'
# A rare sign of CJK extension G: packaged fonts leave it out.
UNSEEN = "\U00030001 text"
WORDS = {"ko": ("이용 허가서", "영수증"), "en": ("Permit", "Receipt"), "ar": ("تصريح", "إيصال")}


def make_hall() -> Listing:
    place = make_place(names={"ko": "망원동주민센터", "en": "Mangwon Centre", "ar": "مركز مانغوون"})
    return make_room("Hall", fees=make_fees(), place=place) if not TITLES else _titled(place)


def _titled(place: Any) -> Listing:
    room = make_room("Hall", fees=make_fees(), place=place)
    room.titles = TITLES
    room.save(update_fields=["titles"])
    return room


def book(room: Listing, words: str = "", name: str = "Kim Minji", **fields: Any) -> Reservation:
    person = make_person(name)
    asked = order(room, wish(12, purpose_words=words), **fields)
    return request_reservation(order=asked, person=person, by=person, now=NOW)


def read(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def is_joined(text: str, words: str) -> bool:
    """Whether each word stands in the text; a reader may give the words of a right-to-left line from either end."""
    flat = "".join(text.split())
    return all(word in flat or word[::-1] in flat for word in words.split())


@pytest.mark.parametrize("language", ["ko", "en", "ar"])
def test_permit_reads_back(language: str) -> None:
    made = book(make_hall())
    with translation.override(language):
        text = read(permit_pdf(made, check_url="https://city.example/r/X", now=NOW))

    assert made.code in text
    assert "Kim Minji" in text
    assert is_joined(text, TITLES[language])
    assert is_joined(text, WORDS[language][0])


@pytest.mark.parametrize("language", ["ko", "en", "ar"])
def test_receipt_shows_reduction_payment_refund_and_what_is_left(language: str) -> None:
    room = make_hall()
    FeeReduction.objects.create(
        schedule=room.terms.fees, code="public", names={"en": "Public interest"}, percent=50, valid_from="2020-01-01"
    )
    made, manager = book(room, reduction="public"), make_manager(room)
    record_payment(reservation=made, amount_minor=10_000, method="transfer", by=manager, now=NOW)
    made = withdraw_reservation(reservation=made, by=manager, now=NOW + timedelta(days=1), reason="A pipe burst.")
    with translation.override(language):
        text = read(receipt_pdf(made, now=NOW))

    assert is_joined(text, WORDS[language][1])
    assert "20,000" in text
    assert "50" in text
    assert text.count("10,000") >= 3


def test_receipt_names_the_ground_of_a_waiver() -> None:
    room = make_hall()
    made = waive_fee(reservation=book(room), ground="Flood of 2026", by=make_manager(room), now=NOW)
    with translation.override("en"):
        assert "Flood of 2026" in read(receipt_pdf(made, now=NOW))


@pytest.mark.parametrize("language", ["ko", "en", "ar"])
def test_day_sheet_reads_back_by_hour(language: str) -> None:
    room = make_hall()
    made = book(room, name="이영희")
    check_in(reservation=made, by=make_manager(room), now=made.starts_at)
    rows = list(Reservation.objects.select_related("listing__place", "person", "group"))
    with translation.override(language):
        text = read(day_sheet_pdf(room.place, local_date(made.starts_at), rows, sees_booker=lambda _row: True, now=NOW))

    assert made.code in text
    assert is_joined(text, "이영희")
    assert "19:00" in text


def test_day_sheet_hides_names_from_who_may_not_see_them() -> None:
    room = make_hall()
    made = book(room)
    rows = list(Reservation.objects.select_related("listing__place", "person", "group"))
    content = day_sheet_pdf(room.place, local_date(made.starts_at), rows, sees_booker=lambda _row: False, now=NOW)

    assert "Kim Minji" not in read(content)


def test_day_sheet_of_an_empty_day_says_so() -> None:
    with translation.override("en"):
        content = day_sheet_pdf(make_place(), local_date(NOW), [], sees_booker=lambda _row: True, now=NOW)

    assert "Nobody has booked" in read(content)


def test_words_of_people_never_become_source() -> None:
    made = book(make_hall(), words=NASTY, name='Eve "#import" $')
    with translation.override("en"):
        text = read(permit_pdf(made, check_url="https://city.example/r/X", now=NOW))

    assert is_joined(text, NASTY)
    assert is_joined(text, 'Eve "#import" $')


@pytest.mark.parametrize("language", ["ko", "en", "ar"])
def test_papers_are_tagged_and_say_their_language_and_title(language: str) -> None:
    made = book(make_hall())
    with translation.override(language):
        reader = PdfReader(io.BytesIO(permit_pdf(made, check_url="https://city.example/r/X", now=NOW)))

    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith(language)
    assert reader.metadata is not None
    assert reader.metadata.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_same_paper_twice_is_the_same_file() -> None:
    made = book(make_hall())
    first, second = (permit_pdf(made, check_url="https://city.example/r/X", now=NOW) for _ in range(2))

    assert first == second


def test_permit_of_a_cancelled_booking_is_refused() -> None:
    from sharingcity.booking.operations import cancel_reservation
    from sharingcity.kernel.errors import Conflict

    made = book(make_hall())
    made = cancel_reservation(reservation=made, by=made.person, now=NOW)
    with pytest.raises(Conflict) as refused:
        permit_pdf(made, check_url="https://city.example/r/X", now=NOW)

    assert refused.value.code == "booking.no_permit"


@pytest.mark.parametrize(("text", "package"), [("회의실", "fonts-noto-cjk"), ("قاعة", "fonts-noto-core")])
def test_missing_font_is_refused_with_the_mend(text: str, package: str) -> None:
    with translation.override("en"), pytest.raises(pdf.PaperRefused) as refused:
        pdf.font_stack(text, "en", frozenset({"Libertinus Serif"}))

    assert refused.value.code == "pdf.font_missing"
    assert package in str(refused.value.sentence)


def test_letter_that_no_font_has_is_refused() -> None:
    made = book(make_hall(), words=UNSEEN)
    with pytest.raises(pdf.PaperRefused) as refused:
        permit_pdf(made, check_url="https://city.example/r/X", now=NOW)

    assert refused.value.code == "pdf.letter_missing"


def test_emoji_does_not_cost_the_permit() -> None:
    made = book(make_hall(), words="Birthday \U0001fae9 party \u0378")

    assert is_joined(read(permit_pdf(made, check_url="https://city.example/r/X", now=NOW)), "Birthday party")


def test_fonts_of_the_language_come_first() -> None:
    known = frozenset({"Noto Sans", "Noto Sans CJK KR", "Noto Sans Arabic"})

    assert pdf.font_stack("قاعة 회의실", "ar", known) == ["Noto Sans Arabic", "Noto Sans", "Noto Sans CJK KR"]


def test_papers_are_for_the_booker_and_for_who_may_see_bookers(client: Client) -> None:
    room = make_hall()
    made = book(room)
    paths = [f"/me/reservations/{made.code}/permit.pdf", f"/me/reservations/{made.code}/receipt.pdf"]
    answers: Callable[[], list[int]] = lambda: [client.get(path).status_code for path in paths]
    assert answers() == [302, 302]
    for person, status in ((make_person(), 404), (made.person, 200), (make_manager(room, "steward"), 200)):
        client.force_login(person)
        assert answers() == [status, status]


def test_permit_by_address_is_a_private_file(client: Client) -> None:
    made = book(make_hall())
    client.force_login(made.person)
    answer = client.get(f"/me/reservations/{made.code}/permit.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.startswith(b"%PDF-")


def test_code_on_the_permit_leads_booker_and_staff_to_their_pages(client: Client) -> None:
    room = make_hall()
    made = book(room)
    client.force_login(made.person)
    assert client.get(f"/r/{made.code}")["Location"] == f"/me/reservations/{made.code}"
    client.force_login(make_manager(room))
    assert client.get(f"/r/{made.code}")["Location"] == f"/city/reservations/{made.code}"


def test_day_sheet_by_address_is_for_staff_of_the_building(client: Client) -> None:
    room = make_hall()
    book(room)
    path = f"/host/day-sheet.pdf?place={room.place.code}&day=2026-11-12"
    client.force_login(make_person())
    assert client.get(path).status_code == 403
    client.force_login(make_manager(room))
    assert "Kim Minji" in read(client.get(path).content)
    assert client.get("/host/day-sheet.pdf?place=0000000000").status_code == 404
