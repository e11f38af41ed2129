"""Entries that may be the same are suggested, parted or merged."""

from datetime import timedelta

import pytest
from tests.directory.people_of import LONG_AGO, make_officer, make_owned, make_owner
from tests.factories import NOW, make_district, make_organisation, make_service

from sharingcity.directory.models import EntryVersion, Likeness, Membership, Organisation, Recognition
from sharingcity.directory.operations import (
    OrganisationDraft,
    claim_by_asking,
    create_organisation,
    create_organisations,
    find_likenesses,
    merge_organisations,
    part_entries,
    propose_change,
)
from sharingcity.directory.operations.likenesses import MOST_A_NIGHT
from sharingcity.directory.queries import organisations_by_external_key
from sharingcity.directory.queries.likenesses import suspects
from sharingcity.directory.rules.likeness import KnownEntry, host_of, likeness, name_key
from sharingcity.directory.slots import ORGANISATION_MERGED
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.kernel.projections import projection_faults
from sharingcity.kernel.states import SYSTEM
from sharingcity.people.models import Grant

pytestmark = pytest.mark.django_db


def _entry(name: str = "", **fields: object) -> KnownEntry:
    given: dict[str, object] = {"id": 0, "registration_number": "", "host": "", "lat": None, "lng": None}
    return KnownEntry(name_keys=name_key(name), **(given | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (_entry("(주)쏘카"), _entry("주식회사 쏘카"), ("name",)),
        (_entry("Tool Shed Inc."), _entry("tool-shed"), ("name",)),
        (_entry("열린옷장"), _entry("모두의주차장"), ()),
        (_entry("Mapo Tool Library"), _entry("Mapo Toy Library"), ("name",)),
        (_entry("A", registration_number="123-45-67890"), _entry("B", registration_number="1234567890"), ("number",)),
        (_entry("A", host="socar.kr"), _entry("B", host="socar.kr"), ("host",)),
        (
            _entry("Seongsu Repair Cafe", lat=37.54, lng=127.05),
            _entry("Repair Cafe of Seongsu people", lat=37.5401, lng=127.0501),
            ("place",),
        ),
        (_entry("Bakery", lat=37.54, lng=127.05), _entry("Library", lat=37.54, lng=127.05), ()),
    ],
)
def test_likeness_says_why(one: KnownEntry, other: KnownEntry, reasons: tuple[str, ...]) -> None:
    found = likeness(one, other)
    assert found == reasons or (reasons == ("place",) and found[-1:] == ("place",))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.socar.kr/about", "socar.kr"),
        ("https://facebook.com/tools", ""),
        ("https://tools.tistory.com", ""),
        ("not a url", ""),
        ("https://[broken", ""),
    ],
)
def test_host_of_leaves_shared_sites_out(url: str, host: str) -> None:
    assert host_of(url) == host


def test_suspects_are_suggested_before_an_entry_is_made() -> None:
    made = create_organisation(
        draft=OrganisationDraft(names={"ko": "사단법인 공구도서관"}, url="https://tools.example/"), by=SYSTEM, now=NOW
    )
    make_organisation("Somebody else")

    (found,) = suspects(_entry("공구 도서관", host="tools.example"))

    assert (found.organisation, found.reasons) == (made, ("host", "name"))


def test_find_likenesses_brings_each_pair_up_once() -> None:
    for _twice in range(2):
        create_organisation(draft=OrganisationDraft(names={"en": "Tool Shed Ltd"}), by=SYSTEM, now=NOW)

    assert find_likenesses(now=NOW) == 1
    assert find_likenesses(now=NOW) == 0

    part_entries(likeness_id=Likeness.objects.get().pk, by=make_officer(), now=NOW)
    assert find_likenesses(now=NOW) == 0
    assert list(projection_faults()) == []


def test_merge_moves_all_that_hangs_on_the_loser() -> None:
    loser, owner = make_owned("Tool Shed", email="a@tools.example", external_key="k1")
    winner, other = make_owned("Tool Shed Association", phone="02-1")
    both = make_owner(loser)
    Membership.objects.create(organisation=winner, person=both, role="member", valid_from=LONG_AGO)
    service = make_service(organisation=loser)
    version = propose_change(entry=service, changes={"summaries": {"en": "New"}}, seen=0, by=owner, now=NOW)
    waiting = propose_change(entry=loser, changes={"descriptions": {"en": "x"}}, seen=0, by=owner, now=NOW)
    Recognition.objects.create(organisation=loser, source="designation", status="valid", valid_from=LONG_AGO)
    Grant.objects.create(person=both, role="manager", scope="organisation", scope_id=loser.pk, valid_from=LONG_AGO)

    merge_organisations(loser=loser, winner=winner, by=make_officer(), now=NOW)

    service.refresh_from_db()
    version.refresh_from_db()
    waiting.refresh_from_db()
    assert (service.organisation, version.organisation, version.state) == (winner, winner, "proposed")
    assert waiting.state == "withdrawn"
    assert Recognition.objects.get().organisation == winner
    roles = {m.person_id: m.role for m in Membership.objects.filter(organisation=winner, valid_until=None)}
    assert roles == {owner.pk: "owner", other.pk: "owner", both.pk: "owner"}
    assert Grant.objects.get(valid_until=None, role="manager").scope_id == winner.pk
    found = Organisation.objects.get(pk=winner.pk)
    assert (found.email, found.phone, found.names["en"]) == ("a@tools.example", "02-1", "Tool Shed Association")
    gone = Organisation.objects.get(pk=loser.pk)
    assert (gone.state, gone.merged_into) == ("retired", winner)
    assert organisations_by_external_key(["k1"])["k1"] == winner
    assert list(projection_faults()) == []


def test_merge_moves_every_table_that_points_at_organisations() -> None:
    """Whoever adds a foreign key to organisations says here, or in a slot, what becomes of it in a merge."""
    own = {"membership", "recognition", "service", "entryversion", "entryclaim", "invitation", "confirmation"}
    own |= {"errorreport", "likeness", "organisation", "retirement", "suggestion"}
    pointing = {
        (relation.related_model._meta.app_label, relation.related_model._meta.model_name)
        for relation in Organisation._meta.get_fields(include_hidden=True)
        if relation.is_relation and relation.auto_created and not relation.concrete
    }
    above = {app for app, model in pointing if not (app == "directory" and model in own)}

    assert above <= {name.partition(".")[0] for name, _part in ORGANISATION_MERGED.items()}


def test_merge_twice_with_itself_or_by_an_owner_is_refused() -> None:
    loser, owner = make_owned()
    winner, third = make_organisation("B"), make_organisation("C")
    officer = make_officer()

    with pytest.raises(NotAllowed):
        merge_organisations(loser=loser, winner=winner, by=owner, now=NOW)
    with pytest.raises(Refusal):
        merge_organisations(loser=loser, winner=loser, by=officer, now=NOW)
    merge_organisations(loser=loser, winner=winner, by=officer, now=NOW)
    with pytest.raises(Conflict):
        merge_organisations(loser=loser, winner=third, by=officer, now=NOW)
    merge_organisations(loser=winner, winner=third, by=officer, now=NOW)
    assert Organisation.objects.get(pk=loser.pk).merged_into == third


def test_merge_closes_what_waits_for_the_loser() -> None:
    loser, winner = make_organisation("A"), make_organisation("B", district=make_district())
    claim = claim_by_asking(organisation=loser, person=make_owned()[1], proof="Mine", now=NOW)

    merge_organisations(loser=loser, winner=winner, by=make_officer(), now=NOW + timedelta(days=1))

    claim.refresh_from_db()
    assert claim.state == "lapsed"
    assert not EntryVersion.objects.exists()


def test_a_chain_of_branches_does_not_flood_the_queue() -> None:
    drafts = [OrganisationDraft(names={"en": f"Corner Shop Branch {n:03d}"}) for n in range(120)]
    create_organisations(drafts=drafts, by=SYSTEM, now=NOW)
    twin = [OrganisationDraft(names={"en": "Tool Shed"}, url="https://tools.example") for _twice in range(2)]
    create_organisations(drafts=twin, by=SYSTEM, now=NOW)

    assert find_likenesses(now=NOW) == MOST_A_NIGHT

    assert Likeness.objects.filter(reasons=("host", "name")).count() == 1, "the surest come first"
