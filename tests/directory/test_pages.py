"""The directory's pages in the hands of residents, owners and staff."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone
from tests.directory.people_of import make_officer, make_owned
from tests.factories import NOW, make_district, make_organisation, make_person, make_service

from sharingcity.directory import secrets
from sharingcity.directory.models import Confirmation, EntryClaim, EntryVersion, ErrorReport, Organisation, Service
from sharingcity.directory.operations import merge_organisations, propose_change
from sharingcity.kernel import limits
from sharingcity.kernel.states import SYSTEM

pytestmark = pytest.mark.django_db
FORM = {"names_ko": "공구도서관", "names_en": "Tool’s <b>Shed</b>", "legal_form": "non_profit", "seen": "0"}


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    limits._purses.clear()
    yield
    limits._purses.clear()


def _signed_in(person: object) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(person)  # type: ignore[arg-type]
    return client


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"Accept-Language": "en"})


def test_list_is_narrowed_and_ignores_what_is_in_no_list(visitor: Client) -> None:
    mapo = make_district("mapo")
    make_organisation("Bikes", fields=("vehicle",), legal_form="company", district=mapo, languages=("en",))
    tools = make_organisation("Tools", legal_form="non_profit", name_keys="tools")
    make_service(organisation=tools, kinds=("thing",))
    make_organisation("Gone", state="retired")

    for query, names in (
        ("", {"Bikes", "Tools"}),
        ("field=vehicle", {"Bikes"}),
        ("field=thing", {"Tools"}),
        ("district=mapo", {"Bikes"}),
        ("form=company&language=en", {"Bikes"}),
        ("q=TOOLS", {"Tools"}),
        ("q=%00!", set()),
        ("field=rocket&district=atlantis&page=x", {"Bikes", "Tools"}),
    ):
        assert {row.title for row in visitor.get(f"/organisations?{query}").context["rows"]} == names, query


def test_folded_filters_say_what_is_chosen(visitor: Client) -> None:
    make_district("mapo")
    summary = '<details class="entry-filters-more"><summary><span>Narrow the list'

    plain = visitor.get("/organisations?q=tools").content.decode()
    chosen = visitor.get("/organisations?form=company&language=en&designated=true").content.decode()

    assert f"{summary}</span>" in plain
    assert f"{summary}<small>Company · English · Designated by the city only</small>" in chosen


def test_list_of_many_has_pages(visitor: Client) -> None:
    for number in range(30):
        make_organisation(f"Number {number}")

    first, second = visitor.get("/organisations"), visitor.get("/organisations?page=2")

    assert (len(first.context["rows"]), len(second.context["rows"])) == (24, 6)


def test_organisation_shows_only_the_contacts_it_wants_to(visitor: Client) -> None:
    one = make_organisation("Tools", phone="02-1", email="a@tools.example", shown_contacts=("email",))

    page = visitor.get(f"/organisations/{one.slug}").content.decode()

    assert "a@tools.example" in page
    assert "02-1" not in page


def test_faded_organisation_and_service_say_so(visitor: Client) -> None:
    one = make_organisation("Tools", faded_at=NOW)
    service = make_service(organisation=one, faded_at=NOW)

    assert "Not confirmed since" in visitor.get(f"/organisations/{one.slug}").content.decode()
    assert "Not confirmed since" in visitor.get(f"/services/{service.slug}").content.decode()


def test_merged_address_leads_to_the_kept_entry(visitor: Client) -> None:
    loser, winner = make_organisation("A"), make_organisation("B")
    merge_organisations(loser=loser, winner=winner, by=SYSTEM, now=NOW)

    answer = visitor.get(f"/organisations/{loser.slug}")

    assert (answer.status_code, answer.headers["Location"]) == (301, f"/organisations/{winner.slug}")


def test_service_by_its_code_leads_to_its_address_and_a_draft_is_hidden(visitor: Client) -> None:
    service, draft = make_service(steps=[{"en": "Call"}]), make_service(state="draft")

    assert visitor.get(f"/services/{service.code}").headers["Location"] == f"/services/{service.slug}"
    assert "Call" in visitor.get(f"/services/{service.slug}").content.decode()
    assert visitor.get(f"/services/{draft.slug}").status_code == 404


def test_owner_proposes_and_staff_approve(visitor: Client) -> None:
    organisation, owner = make_owned("Old")
    officer = _signed_in(make_officer())

    answer = _signed_in(owner).post(f"/host/entry/{organisation.slug}/edit", FORM)

    assert answer.status_code == 302
    version = EntryVersion.objects.get()
    page = officer.get(f"/city/entries/versions/{version.pk}").content.decode()
    assert "Tool’s &lt;b&gt;Shed&lt;/b&gt;" in page
    officer.post(f"/city/entries/versions/{version.pk}", {"do": "approve"})
    assert Organisation.objects.get(pk=organisation.pk).names["ko"] == "공구도서관"


def test_edit_from_an_old_page_says_so_and_keeps_what_was_typed() -> None:
    organisation, owner = make_owned("Old")
    propose_change(entry=organisation, changes={"descriptions": {"en": "x"}}, seen=0, by=owner, now=NOW)

    answer = _signed_in(owner).post(f"/host/entry/{organisation.slug}/edit", FORM)

    assert answer.status_code == 422
    assert "공구도서관" in answer.content.decode()


def test_new_entry_like_another_is_asked_about_first() -> None:
    make_organisation("Tool Shed", name_keys="toolshed")
    officer = _signed_in(make_officer())
    form = FORM | {"names_ko": "Tool Shed", "names_en": ""}

    asked = officer.post("/city/entries/new", form)
    made = officer.post("/city/entries/new", form | {"different": "on"})

    assert asked.status_code == 422
    assert [one["title"] for one in asked.context["alike"]] == ["Tool Shed"]
    assert made.status_code == 302
    assert Organisation.objects.count() == 2


def test_service_is_made_changed_and_retired_by_its_owner() -> None:
    organisation, owner = make_owned()
    client, officer = _signed_in(owner), _signed_in(make_officer())
    form = {
        "names_en": "Ladders",
        "names_ko": "사다리",
        "price_level": "free",
        "area": "city",
        "steps_en": "Call\nCome",
    }

    assert client.post(f"/host/entry/{organisation.slug}/services/new", form).status_code == 302
    service, version = Service.objects.get(), EntryVersion.objects.get()
    assert service.steps == [{"en": "Call"}, {"en": "Come"}]
    officer.post(f"/city/entries/versions/{version.pk}", {"do": "approve"})
    address = f"/host/entry/{organisation.slug}/services/{service.code}"
    assert client.get(address).status_code == 200
    client.post(address, {"do": "retire", "reason": "Over."})
    assert Service.objects.get().state == "retired"
    wrong = client.post(f"/host/entry/{organisation.slug}/services/new", form | {"url": "javascript:alert(1)"})
    assert wrong.status_code == 422


def test_claim_page_sends_a_code_and_takes_it(mailoutbox: list[object]) -> None:
    organisation, person = make_organisation("Tools", email="hello@tools.example"), make_person()
    client, address = _signed_in(person), f"/organisations/{organisation.slug}/claim"

    shown = client.get(address).content.decode()
    assert "hello@tools.example" not in shown
    client.post(address, {"do": "send"})
    claim = EntryClaim.objects.get()
    assert client.post(address, {"do": "prove", "code": "12"}).status_code == 422
    answer = client.post(address, {"do": "prove", "code": secrets.code_of(claim)})

    assert answer.headers["Location"] == f"/host/entry/{organisation.slug}"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_still_true_link_says_nothing_when_opened_and_answers_when_pressed(visitor: Client) -> None:
    organisation, owner = make_owned()
    now = timezone.now()
    question = Confirmation.objects.create(organisation=organisation, state="asked", asked_at=now, fades_at=now)
    address = f"/still-true/{secrets.still_true_token(question, owner.pk)}"

    for _scanner in range(3):
        assert visitor.get(address).status_code == 200
    question.refresh_from_db()
    assert question.state == "asked"
    visitor.post(address, {"answer": "yes"})
    question.refresh_from_db()
    assert (question.state, question.answered_by) == ("confirmed", owner)
    assert visitor.post(address, {"answer": "no"}).status_code == 409
    assert visitor.get("/still-true/forged").status_code == 404


def test_error_is_reported_without_an_account_and_limited(visitor: Client) -> None:
    service = make_service()
    address, said = f"/report/service/{service.code}", {"topic": "hours", "words": "Closed", "reply_to": ""}

    assert visitor.post(address, said).status_code == 200
    assert visitor.post(address, said | {"words": ""}).status_code == 422
    assert {visitor.post(address, said).status_code for _often in range(12)} == {200, 429}
    assert ErrorReport.objects.count() >= 6


def test_officer_of_another_district_finds_nothing_to_decide() -> None:
    organisation, owner = make_owned(district=make_district("mapo"))
    version = propose_change(entry=organisation, changes={"descriptions": {"en": "x"}}, seen=0, by=owner, now=NOW)
    elsewhere = _signed_in(make_officer("district", make_district("guro").pk))

    assert elsewhere.get(f"/city/entries/versions/{version.pk}").status_code == 404
    assert elsewhere.get(f"/host/entry/{organisation.slug}").status_code == 403


def test_members_page_ends_only_memberships_of_its_own_organisation() -> None:
    organisation, owner = make_owned()
    _other, stranger = make_owned("Other")
    theirs = stranger.memberships.get()

    answer = _signed_in(owner).post(f"/host/entry/{organisation.slug}/members", {"do": "end", "id": theirs.pk})

    assert answer.status_code == 404
    theirs.refresh_from_db()
    assert theirs.valid_until is None
