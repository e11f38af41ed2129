"""Who acts in the tests of the directory."""

from datetime import timedelta

from tests.factories import NOW, make_organisation, make_person

from sharingcity.directory.models import Membership, Organisation
from sharingcity.people.models import Grant, Person

LONG_AGO = NOW - timedelta(days=400)


def make_officer(scope: str = "city", scope_id: int = 0) -> Person:
    """Somebody who keeps the directory, in the city or in one district."""
    person = make_person("Lee Officer")
    Grant.objects.create(person=person, role="officer", scope=scope, scope_id=scope_id, valid_from=LONG_AGO)
    return person


def make_owner(organisation: Organisation, role: str = "owner") -> Person:
    person = make_person("Han Owner")
    Membership.objects.create(organisation=organisation, person=person, role=role, valid_from=LONG_AGO)
    return person


def make_owned(name: str = "Tool Shed", **fields: object) -> tuple[Organisation, Person]:
    """An organisation and its owner."""
    organisation = make_organisation(name, **({"legal_form": "non_profit"} | fields))
    return organisation, make_owner(organisation)
