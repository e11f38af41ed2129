"""Is it still true? Owners are asked twice a year, others by `contacts`; what nobody confirms fades."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.membership import holding
from sharingcity.directory.models import Confirmation, EntryState, Membership, Organisation, Service
from sharingcity.directory.permissions import edits_entry
from sharingcity.directory.rules.quality import quality_of_organisation, quality_of_service
from sharingcity.directory.secrets import read_still_true_token
from sharingcity.directory.slots import announce_entries
from sharingcity.directory.states import CONFIRMATION
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound
from sharingcity.kernel.states import SYSTEM, Actor, SystemActor
from sharingcity.people.operations import notify
from sharingcity.people.queries import person_by_id

EVERY = timedelta(days=182)
ANSWER_WITHIN = timedelta(days=30)
REMIND_AFTER = timedelta(days=20)
AT_ONCE = 500
CONTACT = SystemActor("contact")
OPEN = ("asked", "faded", "doubted")


def ask_owners(*, now: datetime) -> int:
    """Asks the owners of each entry that nobody confirmed for half a year; the daily job calls it. Returns how many."""
    owners = Membership.objects.filter(holding(now), organisation=OuterRef("pk"), role="owner", person__is_active=True)
    open_ones = Confirmation.objects.filter(organisation=OuterRef("pk"), state__in=OPEN)
    due = (
        Organisation.objects.filter(state=EntryState.PUBLISHED)
        .annotate(since=Coalesce("confirmed_at", "created_at"))
        .filter(Exists(owners), ~Exists(open_ones), since__lte=now - EVERY)
        .order_by("since", "pk")
    )
    asked = list(due.values_list("pk", flat=True)[:AT_ONCE])
    for pk in asked:
        _ask(pk, now)
    return len(asked)


@retried
def _ask(organisation_id: int, now: datetime) -> None:
    with write():
        lock([f"organisation:{organisation_id}"])
        if Confirmation.objects.filter(organisation_id=organisation_id, state__in=OPEN).exists():
            return
        organisation = Organisation.objects.get(pk=organisation_id)
        question = Confirmation(organisation=organisation, asked_at=now, fades_at=now + ANSWER_WITHIN)
        CONFIRMATION.transition(question, "ask", by=SYSTEM, now=now)
        _tell_owners(question, "still_true", now)


def _tell_owners(question: Confirmation, event: str, now: datetime) -> None:
    rows = Membership.objects.filter(
        holding(now), organisation=question.organisation, role="owner", person__is_active=True
    )
    for membership in rows.select_related("person").order_by("pk"):
        notify(
            person=membership.person,
            code=f"directory.{event}",
            context={
                "names": question.organisation.names,
                "slug": question.organisation.slug,
                "fades_at": question.fades_at.isoformat(),
                "confirmation": question.pk,
                "person": membership.person_id,
            },
            key=f"directory.{event}:{question.pk}:{membership.person_id}",
            now=now,
        )


def remind_and_fade(*, now: datetime) -> int:
    """Reminds once, fades what stays unanswered, closes what nobody can answer; the daily job calls it."""
    asked = Confirmation.objects.filter(state="asked")
    unreminded = Q(asks=Confirmation.Asks.OWNERS, reminded_at=None, asked_at__lte=now - REMIND_AFTER)
    due = asked.filter(unreminded | Q(fades_at__lte=now))
    found = list(due.order_by("fades_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    for pk in found:
        _press(pk, now)
    return len(found)


@retried
def _press(confirmation_id: int, now: datetime) -> None:
    with write():
        question = _locked(confirmation_id)
        if question.state != "asked":
            return
        if question.organisation.state != EntryState.PUBLISHED:
            CONFIRMATION.transition(question, "close", by=SYSTEM, now=now)
        elif question.fades_at <= now:
            CONFIRMATION.transition(question, "fade", by=SYSTEM, now=now)
            _mark(question.organisation, now, is_true=False)
            _tell_owners(question, "faded", now)
        elif question.asks == Confirmation.Asks.OWNERS and question.reminded_at is None:
            question.reminded_at = now
            CONFIRMATION.transition(question, "remind", by=SYSTEM, now=now, also=("reminded_at",))
            _tell_owners(question, "still_true_again", now)


def question_of_token(token: str) -> tuple[Confirmation, Actor]:
    """The question behind a link, and who was asked: an owner, or whoever reads the mail of the address it shows.

    Raises: NotFound `confirmation.unknown`.
    """
    found = read_still_true_token(token)
    question = Confirmation.objects.filter(pk=found[0]).select_related("organisation").first() if found else None
    by = _asked(question, found[1]) if found and question else None
    if question is None or by is None:
        raise NotFound("confirmation.unknown", _("This link is not one of ours, or it was cut off."))
    return question, by


def _asked(question: Confirmation, person_id: int) -> Actor | None:
    if not person_id:
        return CONTACT if question.asks == Confirmation.Asks.CONTACT else None
    person = person_by_id(person_id)
    return person if person and person.is_active else None


@retried
def answer_question(*, confirmation_id: int, event: str, by: Actor, now: datetime) -> Confirmation:
    """`confirm` that everything is true, or `doubt` it. Locks the organisation.

    Raises: NotFound `confirmation.unknown`; NotAllowed `confirmation.event_unknown`; those of `kernel.states`.
    """
    if event not in ("confirm", "doubt"):
        raise NotAllowed("confirmation.event_unknown", _("You may not do this."))
    with write():
        question = _locked(confirmation_id)
        question.answered_at, question.answered_by_id = now, getattr(by, "pk", None)
        CONFIRMATION.transition(question, event, by=by, now=now, also=("answered_at", "answered_by"))
        if event == "confirm":
            _mark(question.organisation, now, is_true=True)
    return question


def _locked(confirmation_id: int) -> Confirmation:
    rows = Confirmation.objects.filter(pk=confirmation_id).select_related("organisation")
    if (known := rows.first()) is None:
        raise NotFound("confirmation.unknown", _("There is no such question."))
    lock([f"organisation:{known.organisation_id}"])
    return rows.get()


def _mark(organisation: Organisation, now: datetime, *, is_true: bool) -> None:
    """The organisation and its services say when they were confirmed, or since when nobody has."""
    organisation.faded_at = None if is_true else now
    organisation.confirmed_at = now if is_true else organisation.confirmed_at
    organisation.quality, organisation.changed_at = quality_of_organisation(organisation), now
    organisation.save(update_fields=["faded_at", "confirmed_at", "quality", "changed_at"])
    services = list(Service.objects.filter(organisation=organisation, state=EntryState.PUBLISHED))
    for service in services:
        service.faded_at = organisation.faded_at
        service.confirmed_at = now if is_true else service.confirmed_at
        service.quality, service.changed_at = quality_of_service(service), now
    Service.objects.bulk_update(services, ["faded_at", "confirmed_at", "quality", "changed_at"])
    announce_entries("organisation", [organisation.pk])
    announce_entries("service", (service.pk for service in services))


@retried
def confirm_entry(*, organisation: Organisation, by: Actor, now: datetime) -> None:
    """Its own people, or staff who asked them, say that the entry is true, asked or not. Locks the organisation.

    Raises: NotAllowed `organisation.not_allowed`; Conflict `entry.not_shown`.
    """
    if not edits_entry(by, organisation, now):
        raise NotAllowed("organisation.not_allowed", _("Only owners of this organisation may do this."))
    with write():
        lock([f"organisation:{organisation.pk}"])
        organisation.refresh_from_db()
        if organisation.state != EntryState.PUBLISHED:
            raise Conflict("entry.not_shown", _("This entry is no longer shown."))
        question = Confirmation.objects.filter(organisation=organisation, state__in=OPEN).first()
        if question is not None:
            question.answered_at, question.answered_by_id = now, getattr(by, "pk", None)
            CONFIRMATION.transition(question, "confirm", by=by, now=now, also=("answered_at", "answered_by"))
        _mark(organisation, now, is_true=True)
