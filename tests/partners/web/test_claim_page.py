"""A managing body takes over an imported listing on its page."""

import pytest
from django.test import Client
from tests.factories import NOW, make_fees, make_manager, make_member, make_person, make_policy, make_room
from tests.portal.staff import at, grant, sign_in

from sharingcity.booking.models import FeeVersion, Policy, Terms
from sharingcity.listings.models import HoursVersion, Listing, ListingUnit

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def imported() -> Listing:
    room = make_room("Hall", booking="elsewhere", connector="kr-open-facilities", external_key="1")
    Terms.objects.filter(listing=room).delete()
    Policy.objects.all().delete()
    ListingUnit.objects.filter(listing=room).delete()
    return room


def test_manager_claims_under_rules_and_fees(client: Client, imported: Listing) -> None:
    policy, fees = make_policy(), make_fees()
    other = make_policy(make_room().organisation)
    url = f"/host/listings/{imported.code}/claim"
    with at(NOW):
        sign_in(client, make_manager(imported))
        (row,) = client.get("/host/listings").context["listings"]
        form = client.get(url).context["claim_form"]
        answer = client.post(url, {"do": "claim", "policy": policy.pk, "fees": fees.pk, "booking": "here"})
        (after,) = client.get("/host/listings").context["listings"]

    imported.refresh_from_db()
    assert str(other.pk) not in form.policies
    assert answer.headers["Location"] == "/host/listings"
    assert (imported.booking, imported.terms.policy, imported.terms.fees) == ("here", policy, fees)
    assert ((row.can_claim, row.can_manage), (after.can_claim, after.can_manage)) == ((True, False), (False, True))


def test_claim_without_rules_comes_back(client: Client, imported: Listing) -> None:
    make_policy()
    with at(NOW):
        sign_in(client, make_manager(imported))
        answer = client.post(f"/host/listings/{imported.code}/claim", {"do": "claim", "booking": "here"})

    imported.refresh_from_db()
    assert answer.status_code == 422
    assert list(answer.context["claim_form"].errors) == ["policy"]
    assert imported.booking == "elsewhere"


def test_claim_asks_for_hours_that_no_source_gave(client: Client, imported: Listing) -> None:
    policy = make_policy()
    HoursVersion.objects.filter(listing=imported).delete()
    url = f"/host/listings/{imported.code}/claim"
    sent = {"do": "claim", "policy": policy.pk, "booking": "request"}
    with at(NOW):
        sign_in(client, make_manager(imported))
        assert client.post(url, sent).status_code == 422
        assert client.post(url, {"do": "hours", "hours": "now and then"}).status_code == 422
        assert client.post(url, {"do": "hours", "hours": "Mo-Fr 18:00-22:00"}).status_code == 302
        assert client.post(url, sent).status_code == 302

    imported.refresh_from_db()
    assert imported.booking == "request"


def test_managing_body_lays_down_standard_rules_and_a_fee(client: Client, imported: Listing) -> None:
    manager = grant(make_person(), "manager", "organisation", imported.organisation_id)
    url = f"/host/listings/{imported.code}/claim"
    with at(NOW):
        sign_in(client, manager)
        assert client.get(url).context["has_rules"] is False
        client.post(url, {"do": "rules"})
        client.post(url, {"do": "fees", "base": "20000", "extra": "10000"})
        page = client.get(url)

    fees = FeeVersion.objects.get()
    assert page.context["has_rules"] is True
    assert (fees.base_minutes, fees.base_minor, fees.extra_minor) == (120, 20_000, 10_000)
    assert fees.schedule.names["en"] == "₩20,000 for two hours"
    assert Policy.objects.get().organisation_id == imported.organisation_id


def test_claim_is_for_those_who_manage_the_listing(client: Client, imported: Listing) -> None:
    url = f"/host/listings/{imported.code}/claim"
    with at(NOW):
        assert client.get(url).status_code == 302
        for person in (make_person(), make_manager(imported, "steward"), make_member(imported.organisation)):
            sign_in(client, person)
            assert client.get(url).status_code == 403
            assert client.post(url, {"do": "rules"}).status_code == 403
        sign_in(client, make_manager(imported))
        assert client.post(url, {"do": "rules"}).status_code == 403
        assert client.get("/host/listings/ZZZZZZZZZZ/claim").status_code == 404
