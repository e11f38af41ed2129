"""Which addresses are told, how many, and by whose word."""

import pytest
from tests.directory.people_of import make_owned, make_owner
from tests.factories import NOW

from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.partners.models import Webhook
from sharingcity.partners.operations.webhooks import add_webhook

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "http://partner.example/hook",
        "ftp://partner.example/hook",
        "https://",
        "https://name:password@partner.example/",
        "https://partner.example:99999/",
        "https://partner.example/a b",
        "https://partner.example/\r\nX: y",
        "javascript:alert(1)",
        "https://partner.example/" + "x" * 800,
        "//partner.example",
        "https://[::1",
    ],
)
def test_addresses_that_are_none_are_refused(address: str) -> None:
    organisation, owner = make_owned()
    with pytest.raises(Refusal) as refused:
        add_webhook(organisation=organisation, address=address, by=owner, now=NOW)
    assert refused.value.code == "webhook.address"


def test_five_at_most_each_once_and_only_by_owners() -> None:
    organisation, owner = make_owned()
    for number in range(5):
        add_webhook(organisation=organisation, address=f"https://e.example/{number}", by=owner, now=NOW)
    with pytest.raises(Refusal):
        add_webhook(organisation=organisation, address="https://e.example/6", by=owner, now=NOW)
    Webhook.objects.latest("pk").delete()
    with pytest.raises(Conflict):
        add_webhook(organisation=organisation, address="https://e.example/0#part", by=owner, now=NOW)
    with pytest.raises(NotAllowed):
        add_webhook(
            organisation=organisation, address="https://e.example/7", by=make_owner(organisation, "editor"), now=NOW
        )
