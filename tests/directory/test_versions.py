"""Changes of an entry wait for the city, and have one outcome."""

import pytest
from tests.directory.people_of import make_officer, make_owned, make_owner
from tests.factories import NOW, make_district, make_person, make_service

from sharingcity.directory.models import EntryVersion, Organisation, Service
from sharingcity.directory.operations import ServiceDraft, decide_version, propose_change, propose_service
from sharingcity.directory.queries import get_service
from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from sharingcity.kernel.projections import projection_faults
from sharingcity.people.models import Notice, Person

pytestmark = pytest.mark.django_db


def _propose(organisation: Organisation, by: Person, seen: int = 0, **changes: object) -> EntryVersion:
    return propose_change(entry=organisation, changes=changes, seen=seen, by=by, now=NOW)


def test_propose_change_leaves_what_is_shown_until_it_is_approved() -> None:
    organisation, owner = make_owned()

    version = _propose(organisation, owner, descriptions={"en": "We lend drills"})

    assert version.state == "proposed"
    assert Organisation.objects.get(pk=organisation.pk).descriptions == {}

    decide_version(version_id=version.pk, event="approve", by=make_officer(), now=NOW)

    assert Organisation.objects.get(pk=organisation.pk).descriptions == {"en": "We lend drills"}
    assert Notice.objects.get(person=owner).code == "directory.version_approved"
    assert list(projection_faults()) == []


def test_propose_change_of_small_facts_holds_at_once_and_is_kept() -> None:
    organisation, owner = make_owned(phone="02-1")

    version = _propose(organisation, owner, phone="02-2")

    assert (version.state, version.before, version.changes) == ("approved", {"phone": "02-1"}, {"phone": "02-2"})
    assert Organisation.objects.get(pk=organisation.pk).phone == "02-2"


def test_propose_change_by_staff_holds_at_once() -> None:
    organisation, _owner = make_owned()

    assert _propose(organisation, make_officer(), names={"en": "Tool Barn"}).state == "approved"
    assert Organisation.objects.get(pk=organisation.pk).names == {"en": "Tool Barn"}


def test_propose_change_replaces_the_one_that_waits() -> None:
    organisation, owner = make_owned()
    first = _propose(organisation, owner, descriptions={"en": "One"})

    second = _propose(organisation, owner, seen=1, descriptions={"en": "Two"})

    first.refresh_from_db()
    assert (first.state, second.state, second.number) == ("replaced", "proposed", 2)


def test_propose_change_from_an_old_form_is_refused() -> None:
    organisation, owner = make_owned()
    _propose(organisation, owner, descriptions={"en": "One"})

    with pytest.raises(Conflict) as refused:
        _propose(organisation, make_owner(organisation, "editor"), seen=0, descriptions={"en": "Two"})

    assert refused.value.code == "version.changed_meanwhile"


def test_propose_change_back_to_what_is_shown_withdraws_the_waiting_one() -> None:
    organisation, owner = make_owned()
    first = _propose(organisation, owner, descriptions={"en": "One"})

    assert _propose(organisation, owner, seen=1, descriptions={}).pk == first.pk
    first.refresh_from_db()
    assert first.state == "withdrawn"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"phone": ""}, "version.nothing_new"),
        ({"names": {}}, "organisation.name_missing"),
        ({"fields": ["rocket"]}, "entry.code_unknown"),
        ({"slug": "other"}, "organisation.field_fixed"),
    ],
)
def test_propose_change_that_cannot_be_says_why(changes: dict[str, object], code: str) -> None:
    organisation, owner = make_owned()

    with pytest.raises(Refusal) as refused:
        _propose(organisation, owner, **changes)

    assert refused.value.code == code


def test_propose_change_by_a_member_or_a_stranger_is_refused() -> None:
    organisation, _owner = make_owned()

    for person in (make_owner(organisation, "member"), make_person()):
        with pytest.raises(NotAllowed):
            _propose(organisation, person, descriptions={"en": "x"})


def test_decide_version_after_its_withdrawal_is_refused() -> None:
    organisation, owner = make_owned()
    version = _propose(organisation, owner, descriptions={"en": "One"})
    decide_version(version_id=version.pk, event="withdraw", by=owner, now=NOW)

    with pytest.raises(Conflict) as refused:
        decide_version(version_id=version.pk, event="approve", by=make_officer(), now=NOW)

    assert refused.value.code == "state.not_possible"
    assert Organisation.objects.get(pk=organisation.pk).descriptions == {}


def test_decide_version_returned_tells_the_reason() -> None:
    organisation, owner = make_owned()
    version = _propose(organisation, owner, descriptions={"en": "One"})

    with pytest.raises(Refusal):
        decide_version(version_id=version.pk, event="return", by=make_officer(), now=NOW)
    decide_version(version_id=version.pk, event="return", by=make_officer(), now=NOW, reason="Say more.")

    assert Notice.objects.get(person=owner).context["reason"] == "Say more."


def test_decide_version_by_its_own_author_or_an_officer_elsewhere_is_refused() -> None:
    organisation, owner = make_owned(district=make_district("mapo"))
    version = _propose(organisation, owner, descriptions={"en": "One"})

    for person in (owner, make_officer("district", make_district("guro").pk)):
        with pytest.raises(NotAllowed):
            decide_version(version_id=version.pk, event="approve", by=person, now=NOW)
    decide_version(
        version_id=version.pk, event="approve", by=make_officer("district", organisation.district_id or 0), now=NOW
    )


def test_propose_service_is_seen_by_nobody_until_it_is_approved() -> None:
    organisation, owner = make_owned()
    draft = ServiceDraft(organisation_id=organisation.pk, names={"en": "Ladders"}, kinds=["thing"])

    service = propose_service(draft=draft, by=owner, now=NOW)

    with pytest.raises(NotFound):
        get_service(service.slug)
    version = EntryVersion.objects.get(service=service)
    decide_version(version_id=version.pk, event="approve", by=make_officer(), now=NOW)
    assert get_service(service.slug).kinds == ("thing",)


def test_propose_change_of_a_returned_service_offers_the_whole_again() -> None:
    organisation, owner = make_owned()
    service = propose_service(
        draft=ServiceDraft(organisation_id=organisation.pk, names={"en": "Ladders"}), by=owner, now=NOW
    )
    first = EntryVersion.objects.get(service=service)
    decide_version(version_id=first.pk, event="return", by=make_officer(), now=NOW, reason="More, please.")

    again = propose_change(entry=service, changes={"summaries": {"en": "High up"}}, seen=1, by=owner, now=NOW)
    decide_version(version_id=again.pk, event="approve", by=make_officer(), now=NOW)

    found = Service.objects.get(pk=service.pk)
    assert (found.state, found.summaries) == ("published", {"en": "High up"})


def test_change_of_a_services_area_is_kept_and_applied() -> None:
    organisation, owner = make_owned()
    service, mapo = make_service(organisation=organisation), make_district("mapo")

    version = propose_change(
        entry=service, changes={"is_citywide": False, "district_ids": [mapo.pk]}, seen=0, by=owner, now=NOW
    )
    decide_version(version_id=version.pk, event="approve", by=make_officer(), now=NOW)

    assert list(service.districts.all()) == [mapo]
    assert version.before == {"is_citywide": True, "district_ids": []}
