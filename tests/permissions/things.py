"""One real thing for every kind of address that names one, all of one building and one booker."""

from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile

from sharingcity.booking.models import Clash, Payment
from sharingcity.booking.operations import (
    cancel_reservation,
    join_waiting_list,
    mark_busy_elsewhere,
    record_payment,
)
from sharingcity.booking.operations.calendar_keys import calendar_secret
from sharingcity.directory.models import Confirmation, Likeness, Membership
from sharingcity.directory.operations import (
    Suggested,
    claim_by_asking,
    invite_member,
    propose_change,
    report_error,
    reportable,
    suggest_entry,
)
from sharingcity.directory.secrets import invitation_token, still_true_token
from sharingcity.finding.operations.favourites import share_favourites
from sharingcity.finding.operations.searches import save_search, stop_token
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import FieldDifference, Listing
from sharingcity.partners.feeds_out.addresses import uuid_of
from sharingcity.partners.frame.report import write_report
from sharingcity.partners.models import Feed, ImportRun, Webhook
from sharingcity.partners.operations.kept_tables import CITY, keep_table
from sharingcity.partners.queries.reports import report_path
from sharingcity.partners.states import BY_HAND, WEBHOOK
from sharingcity.people.models import ApiToken, Grant, IdentityClaim, Notice, Person, Restriction
from sharingcity.people.operations import complete_sign_up, guardian_token, issue_token
from sharingcity.spaces.models import ChecklistItem, Incident, IncidentPhoto, Shift
from tests.booking.acts import A_DAY, book, fresh
from tests.factories import (
    NOW,
    make_fees,
    make_manager,
    make_organisation,
    make_person,
    make_policy,
    make_room,
    make_service,
    order,
    wish,
)


def things(room: Listing, booker: Person, manager: Person, steward: Person) -> dict[str, str]:
    """What stands in an address, by what it is; each kind of its own, so that no act is in another's way."""
    return (
        _shifts(room, steward)
        | _incidents(room, booker)
        | _bookings(room, booker)
        | _money(room, booker, manager)
        | _of_people(booker)
        | _restrictions(booker)
        | _imported(room)
        | _given_away(room)
        | _kept(booker)
        | _entries(room, booker)
    )


def _given_away(room: Listing) -> dict[str, str]:
    """Names of files and lists, and the key of the room in one of them."""
    names = {
        "collection": "listings",
        "catalogue": "ttl",
        "hsds_list": "services",
        "sitemap": "pages",
        "going": "services",
    }
    return {**names, "key": str(uuid_of("listing", room.code))}


def _shifts(room: Listing, steward: Person) -> dict[str, str]:
    found = {"steward": str(steward.pk), "second_steward": str(make_manager(room, "steward").pk)}
    for name, state, holder in (("gap", "planned", None), ("shift", "confirmed", steward)):
        opens_at = NOW + (3 if holder else 4) * A_DAY
        found[name] = Shift.objects.create(
            place=room.place,
            opens_at=opens_at,
            closes_at=opens_at + timedelta(hours=3),
            steward=holder,
            state=state,
            planned_at=NOW,
        ).code
    return found


def _incidents(room: Listing, booker: Person) -> dict[str, str]:
    found = {}
    for name, state in (("incident", "open"), ("settled_incident", "settled")):
        made = Incident.objects.create(
            place=room.place, listing=room, kind="damage", state=state, words="A lamp", reported_at=NOW - A_DAY
        )
        photo = IncidentPhoto(incident=made, position=1)
        photo.file.save("lamp.jpg", ContentFile(b"\xff\xd8\xff"), save=True)
        found[name] = made.code
    return found


def _bookings(room: Listing, booker: Person) -> dict[str, str]:
    other = make_room("Small room", place=room.place, policy=make_policy(room.organisation))
    soon = book(other, booker, day=2, hour=11)
    item = ChecklistItem.objects.create(place=room.place, moment="in", names={"en": "Lights work"})
    entry = join_waiting_list(order=order(other, wish(2, 11)), person=booker, now=NOW)
    clashing = book(other, booker, day=5)
    mark_busy_elsewhere(listing=other, window=wish(5).interval, source="ical:7", by=SYSTEM, now=NOW)
    return {
        "soon": soon.code,
        "check_item": str(item.pk),
        "waiting": entry.code,
        "clashing": clashing.code,
        "clash": Clash.objects.get(reservation=clashing).code,
    }


def _money(room: Listing, booker: Person, manager: Person) -> dict[str, str]:
    policy = make_policy(room.organisation)
    dear = make_room("Hall", place=room.place, policy=policy, fees=make_fees())
    owing = book(dear, booker, day=6)
    paid = book(dear, booker, day=4)
    record_payment(reservation=paid, amount_minor=20_000, method="transfer", by=manager, now=NOW)
    cancel_reservation(reservation=fresh(paid), by=booker, now=paid.starts_at - timedelta(days=2, minutes=1))
    refund = Payment.objects.get(reservation=paid, kind="refund")
    return {"owing": owing.code, "cancelled": paid.code, "refund": str(refund.pk)}


def _of_people(booker: Person) -> dict[str, str]:
    child = make_person("Lee Jun", email="child@people.example")
    complete_sign_up(person=child, purposes=["terms", "privacy"], guardian_email="parent@people.example", now=NOW)
    issue_token(person=booker, name="Mine", by=booker, now=NOW)
    claim = IdentityClaim.objects.create(
        person=booker, kind="adult", source="staff", method="document", checked_at=NOW, valid_until=NOW + 90 * A_DAY
    )
    notice = Notice.objects.create(
        person=booker,
        code="restriction.imposed",
        key="a notice that did not arrive",
        language="en",
        channel="email",
        state="unreachable",
        due_at=NOW,
        created_at=NOW,
    )
    held = Grant.objects.create(person=make_person("Helper"), role="counter", scope="city", valid_from=NOW - A_DAY)
    return {
        "guardian": guardian_token(child.pk),
        "api_token": str(ApiToken.objects.get(person=booker).pk),
        "claim": str(claim.pk),
        "notice": str(notice.pk),
        "grant": str(held.pk),
        "email": make_person("Newcomer", email="newcomer@people.example").email,
        "calendar": calendar_secret(person=booker, now=NOW),
    }


def _kept(booker: Person) -> dict[str, str]:
    saved = save_search(person=booker, name="Rooms", address="q=room", often="daily", now=NOW)
    return {
        "kept_list": share_favourites(person=booker, title="Mine", now=NOW).secret,
        "saved_search": saved.code,
        "stop_letters": stop_token(booker.pk, saved.code),
    }


def _restrictions(booker: Person) -> dict[str, str]:
    found = {}
    appeal = {"appeal_words": "No.", "appealed_at": NOW, "state": "appealed"}
    for name, person, more in (
        ("restriction", booker, {"state": "imposed"}),
        ("appealed", make_person("Somebody"), appeal),
    ):
        made = Restriction.objects.create(
            person=person,
            kind="events",
            reason_code="staff",
            reason_words="Noise",
            starts_at=NOW - A_DAY,
            ends_at=NOW + 9 * A_DAY,
            imposed_at=NOW - A_DAY,
            **more,
        )
        found[name] = str(made.pk)
    return found


def _imported(room: Listing) -> dict[str, str]:
    retired = make_room("Retired", place=room.place, state="retired", retired_at=NOW - A_DAY)
    difference = FieldDifference.objects.create(listing=room, field="capacity", theirs=20, seen_at=NOW)
    run = _run("kr-x")
    return {"retired": retired.code, "difference": str(difference.pk), "run": run.code, **_feeds(room)}


def _run(connector: str, feed: Feed | None = None) -> ImportRun:
    """With a report in which nothing is wrong."""
    run = ImportRun(
        connector=connector, feed=feed, location="x", by="system", started_at=NOW, finished_at=NOW, state="done"
    )
    path: Path = report_path(connector, run.code, NOW)
    write_report(path, ())
    run.report = path.name
    run.save()
    return run


_TABLE = b"title,organisation\nRoom,nobody\n"


def _feeds(room: Listing) -> dict[str, str]:
    """One that is fetched, paused, held back, brought by hand; tables that wait for a yes; and a webhook."""
    found = {}
    for name, state in (
        ("feed", "active"),
        ("paused_feed", "paused"),
        ("held_feed", "quarantined"),
        ("hand_feed", BY_HAND),
    ):
        is_by_hand = state == BY_HAND
        made = Feed.objects.create(
            connector="csv" if is_by_hand else "gbfs",
            location=f"upload:{room.organisation.code}" if is_by_hand else f"https://{state}.example.org/gbfs.json",
            name=name,
            organisation=room.organisation,
            every_minutes=60,
            state=state,
            created_at=NOW,
            watched_since=NOW,
            next_due_at=NOW,
            quarantine={"vanished": 3, "known": 10} if state == "quarantined" else {},
        )
        _run(made.connector, made)
        found[name] = made.code
    tables = {"city_table": CITY, "table": room.organisation_id}
    found |= {name: keep_table(table=_TABLE, owner=owner, now=NOW) for name, owner in tables.items()}
    hook = Webhook(organisation=room.organisation, address="https://hooks.example.org/", salt="x", created_at=NOW)
    WEBHOOK.transition(hook, "add", by=SYSTEM, now=NOW)
    return {**found, "webhook": hook.code}


def _entries(room: Listing, booker: Person) -> dict[str, str]:
    """The entry of the building's organisation, kept by an owner; one that nobody keeps; what waits of both."""
    organisation, unclaimed = room.organisation, make_organisation("Nobody's")
    owner, officer = make_person("Owner"), make_person("Colleague")
    Membership.objects.create(organisation=organisation, person=owner, role="owner", valid_from=NOW - A_DAY)
    held = Membership.objects.create(organisation=organisation, person=officer, role="owner", valid_from=NOW - A_DAY)
    service = make_service(organisation=organisation)
    changes = {"descriptions": {"en": "Rooms"}}
    version = propose_change(entry=organisation, changes=changes, seen=0, by=owner, now=NOW)
    claim = claim_by_asking(organisation=unclaimed, person=booker, proof="Mine", now=NOW)
    report = report_error(
        subject=reportable("service", service.code),
        topic="hours",
        words="Closed on Mondays",
        reply_to="",
        person=None,
        caller="somebody",
        now=NOW,
    )
    pair = Likeness.objects.create(first=organisation, second=unclaimed, state="open", found_at=NOW)
    question = Confirmation.objects.create(
        organisation=organisation, state="asked", asked_at=NOW, fades_at=NOW + 30 * A_DAY
    )
    invitation = invite_member(organisation=organisation, email="a@people.example", role="editor", by=owner, now=NOW)
    return {
        "service": service.slug,
        "report_kind": "service",
        "code": service.code,
        "unclaimed": unclaimed.slug,
        "version": str(version.pk),
        "entry_claim": str(claim.pk),
        "error_report": report.code,
        "likeness": str(pair.pk),
        "still_true": still_true_token(question, owner.pk),
        "invitation": invitation_token(invitation),
        "membership": str(held.pk),
    } | _not_kept()


def _not_kept() -> dict[str, str]:
    """What is retired, what somebody misses, and an entry whose own address is asked."""
    said = Suggested(kind="organisation", name="Puppet theatre", shared="Puppets")
    question = Confirmation.objects.create(
        organisation=make_organisation("Asked"), asks="contact", state="asked", asked_at=NOW, fades_at=NOW + 30 * A_DAY
    )
    return {
        "gone": make_organisation("Gone", state="retired").slug,
        "suggestion": suggest_entry(said=said, caller="somebody", now=NOW).code,
        "asked_contact": still_true_token(question, 0),
    }
