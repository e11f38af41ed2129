"""An entry is claimed: by a code sent to its own address, or by asking the city."""

import secrets as random_words
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.effects import enqueue_letter
from sharingcity.directory.models import EntryClaim, EntryState, Membership, Organisation
from sharingcity.directory.secrets import is_code_of
from sharingcity.directory.states import CLAIM
from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from sharingcity.kernel.limits import Limit, spend
from sharingcity.kernel.states import SYSTEM, Actor
from sharingcity.people.operations import notify
from sharingcity.people.operations.locking import lock_person

if TYPE_CHECKING:
    from sharingcity.people.models import Person

CODE_LASTS = timedelta(minutes=30)
MOST_TRIES = 5
DAY = 86_400
PER_PERSON = Limit("claim-person", 5, DAY)
PER_ENTRY = Limit("claim-entry", 5, DAY)
"""An address is not flooded, whoever asks."""
MOST_WORDS = 2000


@retried
def claim_by_code(*, organisation: Organisation, person: "Person", now: datetime) -> EntryClaim:
    """Sends a code to the entry's own address; an earlier claim of this person is void. Locks person and organisation.

    Raises: Conflict `claim.no_address`, `claim.owned_already`, `claim.entry_gone`; TooMany `request.too_many`.
    """
    if not organisation.email:
        raise Conflict("claim.no_address", _("This entry has no e-mail address. Ask the city instead."))
    spend(PER_PERSON, f"person:{person.pk}", now)
    spend(PER_ENTRY, f"organisation:{organisation.pk}", now)
    with write():
        _begin(organisation, person, now)
        claim = EntryClaim(
            organisation=organisation,
            person=person,
            salt=random_words.token_hex(16),
            created_at=now,
            expires_at=now + CODE_LASTS,
        )
        CLAIM.transition(claim, "send", by=person, now=now)
        enqueue_letter("claim_code", claim.pk)
    return claim


@retried
def claim_by_asking(*, organisation: Organisation, person: "Person", proof: str, now: datetime) -> EntryClaim:
    """Asks staff, with words that show whose it is. Locks person and organisation.

    Raises: Refusal `claim.proof_missing`; Conflict `claim.owned_already`, `claim.entry_gone`; TooMany
    `request.too_many`.
    """
    if not proof.strip():
        raise Refusal("claim.proof_missing", _("Say how we can see that you speak for it."), field="proof")
    spend(PER_PERSON, f"person:{person.pk}", now)
    with write():
        _begin(organisation, person, now)
        claim = EntryClaim(organisation=organisation, person=person, proof=proof.strip()[:MOST_WORDS], created_at=now)
        CLAIM.transition(claim, "ask", by=person, now=now)
    return claim


def _begin(organisation: Organisation, person: "Person", now: datetime) -> None:
    """Locks, looks whether it can be claimed at all, and voids this person's earlier claim."""
    lock_person(person)
    lock([f"organisation:{organisation.pk}"])
    organisation.refresh_from_db(fields=["state", "email"])
    if organisation.state != EntryState.PUBLISHED:
        raise Conflict("claim.entry_gone", _("This entry is no longer shown."))
    open_ones = EntryClaim.objects.select_related("organisation", "person")
    for earlier in open_ones.filter(organisation=organisation, person=person, state__in=["sent", "waiting"]):
        _end(earlier, "withdraw", person, now)


@retried
def prove_claim(*, claim_id: int, code: str, person: "Person", now: datetime) -> EntryClaim:
    """The code as it was read out: the person owns the entry. After five wrong ones the claim is over.

    Locks person and organisation. Raises: NotFound `claim.unknown`; Refusal `claim.code_wrong`; Conflict
    `claim.code_over`, `claim.owned_already`; those of `kernel.states`.
    """
    with write():
        lock_person(person)
        claim = _locked(claim_id)
        CLAIM.check(claim, "prove", by=person, now=now)
        is_right = is_code_of(claim, code)
        if is_right:
            _grant(claim, "prove", person, now)
        else:
            _count_try(claim, now)
    if not is_right:
        # Said after the transaction: the try is counted.
        raise Refusal(
            "claim.code_wrong",
            _("This is not the code. Look at it again, or ask for a new one."),
            field="code",
            tries_left=max(0, MOST_TRIES - claim.tries),
        )
    return claim


def _count_try(claim: EntryClaim, now: datetime) -> None:
    claim.tries += 1
    claim.save(update_fields=["tries"])
    if claim.tries >= MOST_TRIES:
        _end(claim, "lapse", SYSTEM, now)


@retried
def decide_claim(*, claim_id: int, event: str, by: Actor, now: datetime, reason: str = "") -> EntryClaim:
    """Staff `grant` or `refuse` (with a reason) a claim that waits; its person may `withdraw` it. They are told.

    Locks person and organisation. Raises: NotFound `claim.unknown`; NotAllowed `claim.event_unknown`; Conflict
    `claim.owned_already`; those of `kernel.states`.
    """
    if event not in ("grant", "refuse", "withdraw"):
        raise NotAllowed("claim.event_unknown", _("You may not do this."))
    with write():
        known = EntryClaim.objects.filter(pk=claim_id).select_related("person").first()
        if known is None:
            raise NotFound("claim.unknown", _("There is no such claim."))
        lock_person(known.person)
        claim = _locked(claim_id)
        if event == "grant":
            _grant(claim, "grant", by, now)
        else:
            _end(claim, event, by, now, reason)
        if event == "refuse":
            _tell(claim, "claim_refused", now, reason=reason.strip())
    return claim


def _locked(claim_id: int) -> EntryClaim:
    rows = EntryClaim.objects.filter(pk=claim_id).select_related("organisation", "person")
    if (known := rows.first()) is None:
        raise NotFound("claim.unknown", _("There is no such claim."))
    lock([f"organisation:{known.organisation_id}"])
    return rows.get()


def _grant(claim: EntryClaim, event: str, by: Actor, now: datetime) -> None:
    _end(claim, event, by, now)
    held = Membership.objects.filter(organisation=claim.organisation, person=claim.person, valid_until=None)
    held.update(valid_until=now)
    membership = Membership.objects.create(
        organisation=claim.organisation, person=claim.person, role=Membership.Role.OWNER, valid_from=now
    )
    journal.append(
        journal.Change(
            stream=f"organisation:{claim.organisation_id}",
            event="membership.add",
            actor=by.pseudonym,
            at=now,
            object_type="directory.membership",
            object_id=str(membership.pk),
            data={"person": claim.person.pseudonym, "role": membership.role, "claim": claim.pk},
        )
    )
    _tell(claim, "claim_granted", now)


def _end(claim: EntryClaim, event: str, by: Actor, now: datetime, reason: str = "") -> None:
    """A claim that is over keeps neither code nor proof."""
    claim.decided_at, claim.salt, claim.proof = now, "", ""
    claim.decided_by_id = getattr(by, "pk", None)
    also = ("decided_at", "decided_by", "salt", "proof")
    CLAIM.transition(claim, event, by=by, now=now, reason=reason, also=also)


def _tell(claim: EntryClaim, event: str, now: datetime, **more: str) -> None:
    notify(
        person=claim.person,
        code=f"directory.{event}",
        context={"names": claim.organisation.names, "slug": claim.organisation.slug, **more},
        key=f"directory.{event}:{claim.pk}",
        now=now,
    )


def lapse_claims(*, now: datetime) -> int:
    """Codes that nobody used in time are void; the periodic job calls it. Returns how many."""
    over = EntryClaim.objects.filter(state="sent", expires_at__lte=now).values_list("pk", flat=True)
    for pk in list(over):
        with write():
            claim = _locked(pk)
            if claim.state == "sent":
                _end(claim, "lapse", SYSTEM, now)
    return len(over)
