"""Entries that nobody owns: the address that they show is asked whether they are still true, else staff."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.effects import enqueue_letter
from sharingcity.directory.membership import holding
from sharingcity.directory.models import AskedAddress, Confirmation, EntryState, Membership, Organisation
from sharingcity.directory.operations.confirmations import ANSWER_WITHIN, AT_ONCE, EVERY, OPEN
from sharingcity.directory.secrets import address_key, read_still_true_token
from sharingcity.directory.states import CONFIRMATION
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.db.codes import holds
from sharingcity.kernel.errors import NotFound
from sharingcity.kernel.states import SYSTEM

if TYPE_CHECKING:
    from django.db.models import QuerySet

# More than a desk can look at in a day helps nobody; the rest comes up tomorrow.
MOST_AT_DESK = 20


def ask_contacts(*, now: datetime) -> int:
    """Asks about each entry without an owner that nobody confirmed for half a year; the daily job calls it.

    An address gets one letter in half a year, whatever stands under it, and none once it has asked for none: then, and
    where no address is shown, the question waits at the desk. Returns how many were asked.
    """
    AskedAddress.objects.filter(stopped_at=None, asked_at__lte=now - EVERY).delete()
    due = _due(now)
    shows = ~Q(email="") & holds("shown_contacts", "email")
    reachable = list(due.filter(shows).values_list("pk", flat=True)[:AT_ONCE])
    others = list(due.exclude(shows).values_list("pk", flat=True)[:MOST_AT_DESK])
    asked = at_desk = 0
    for pk in [*reachable, *others]:
        way = _ask(pk, now, may_wait=at_desk >= MOST_AT_DESK)
        asked += bool(way)
        at_desk += way == Confirmation.Asks.DESK
    return asked


def _due(now: datetime) -> "QuerySet[Organisation]":
    owners = Membership.objects.filter(holding(now), organisation=OuterRef("pk"), role="owner", person__is_active=True)
    open_ones = Confirmation.objects.filter(organisation=OuterRef("pk"), state__in=OPEN)
    rows = Organisation.objects.filter(state=EntryState.PUBLISHED)
    rows = rows.annotate(since=Coalesce("confirmed_at", "created_at"))
    return rows.filter(~Exists(owners), ~Exists(open_ones), since__lte=now - EVERY).order_by("since", "pk")


@retried
def _ask(organisation_id: int, now: datetime, *, may_wait: bool) -> str:
    """Which way it was asked; empty when it was asked meanwhile, or can wait for a freer desk."""
    with write():
        lock([f"organisation:{organisation_id}"])
        organisation = Organisation.objects.get(pk=organisation_id)
        open_ones = Confirmation.objects.filter(organisation=organisation, state__in=OPEN)
        if organisation.state != EntryState.PUBLISHED or open_ones.exists():
            return ""
        address = shown_address(organisation)
        way = Confirmation.Asks.CONTACT if address and _take_turn(address, now) else Confirmation.Asks.DESK
        if way == Confirmation.Asks.DESK and may_wait:
            return ""
        question = Confirmation(organisation=organisation, asks=way, asked_at=now, fades_at=now + ANSWER_WITHIN)
        CONFIRMATION.transition(question, "ask", by=SYSTEM, now=now, data={"asks": str(way)})
        if way == Confirmation.Asks.CONTACT:
            enqueue_letter("still_true_contact", question.pk)
    return way


def shown_address(organisation: Organisation) -> str:
    """The e-mail address that everybody may see; empty where there is none."""
    return organisation.email if "email" in organisation.shown_contacts else ""


def _take_turn(address: str, now: datetime) -> bool:
    """Whether the address may be asked now; its half year begins anew."""
    key = address_key(address)
    lock([f"address:{key}"])
    row = AskedAddress.objects.filter(key=key).first()
    if row is None:
        AskedAddress.objects.create(key=key, asked_at=now)
        return True
    if row.stopped_at is not None or row.asked_at > now - EVERY:
        return False
    row.asked_at = now
    row.save(update_fields=["asked_at"])
    return True


def contact_to_ask(confirmation_id: int) -> tuple[Organisation, Confirmation] | None:
    """Whose address still waits for the letter: not when it was answered, changed or stopped meanwhile."""
    rows = Confirmation.objects.filter(pk=confirmation_id, state="asked", asks=Confirmation.Asks.CONTACT)
    question = rows.select_related("organisation").first()
    if question is None or not (address := shown_address(question.organisation)):
        return None
    turns = AskedAddress.objects.filter(key=address_key(address), stopped_at=None, asked_at=question.asked_at)
    return (question.organisation, question) if turns.exists() else None


def give_to_desk(confirmation_id: int) -> None:
    """The address does not exist: staff look instead."""
    asked = Confirmation.objects.filter(pk=confirmation_id, state="asked", asks=Confirmation.Asks.CONTACT)
    asked.update(asks=Confirmation.Asks.DESK)


@retried
def stop_asking(*, token: str, now: datetime) -> None:
    """Whoever has the letter wants no more of them at this address; the question goes to the desk.

    Raises: NotFound `confirmation.unknown`.
    """
    question = _of_contact(token)
    with write():
        lock([f"organisation:{question.organisation_id}"])
        if address := question.organisation.email:
            key = address_key(address)
            lock([f"address:{key}"])
            AskedAddress.objects.get_or_create(key=key, defaults={"asked_at": now})
            AskedAddress.objects.filter(key=key, stopped_at=None).update(stopped_at=now)
        give_to_desk(question.pk)


def _of_contact(token: str) -> Confirmation:
    found = read_still_true_token(token)
    rows = Confirmation.objects.select_related("organisation")
    question = rows.filter(pk=found[0]).exclude(asks=Confirmation.Asks.OWNERS).first() if found else None
    if question is None or found is None or found[1]:
        raise NotFound("confirmation.unknown", _("This link is not one of ours, or it was cut off."))
    return question


def check_stop(*, token: str) -> None:
    """Raises: NotFound `confirmation.unknown` for a link that stops nothing."""
    _of_contact(token)
