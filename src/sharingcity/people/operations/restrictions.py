"""What a person may not do for a while: imposed, appealed, decided."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.kernel.states import Actor
from sharingcity.people.models import Person, Restriction
from sharingcity.people.operations.locking import lock_person
from sharingcity.people.operations.notices import notify
from sharingcity.people.queries import has_left, quota_subject
from sharingcity.people.states import RESTRICTION


@retried
def impose_restriction(
    *,
    person: Person,
    kind: str,
    reason_code: str,
    words: str,
    ends_at: datetime,
    by: Actor,
    now: datetime,
    starts_at: datetime | None = None,
) -> Restriction:
    """Keeps a person from `kind` until `ends_at`, says why, and tells them. Follows a verified identity.

    Raises: NotAllowed `state.not_allowed`; Refusal `state.reason_missing`, `restriction.ends_before_start`,
    `restriction.over`.
    """
    begins = starts_at or now
    if ends_at <= begins:
        raise Refusal("restriction.ends_before_start", _("The end must come after the start."), field="ends_at")
    with write():
        lock_person(person)
        subject = quota_subject(person)
        restriction = Restriction(
            person=person,
            kind=kind,
            reason_code=reason_code,
            reason_words=words.strip(),
            subject_hash="" if subject.startswith("account:") else subject,
            starts_at=begins,
            ends_at=ends_at,
            imposed_by=by if isinstance(by, Person) else None,
            imposed_at=now,
        )
        RESTRICTION.transition(restriction, "impose", by=by, now=now, reason=words, data={"reason_code": reason_code})
        notify(
            person=person,
            code="people.restriction_imposed",
            context={"until": ends_at.isoformat(), "reason": words.strip()},
            key=f"restriction_imposed:{restriction.pk}",
            now=now,
        )
    return restriction


def _locked(restriction_id: int) -> Restriction:
    """Fresh, with its person and itself locked."""
    rows = Restriction.objects.select_related("person").filter(pk=restriction_id)
    if (known := rows.first()) is None:
        raise NotFound("restriction.not_found", _("There is no such restriction."))
    lock([f"person:{known.person_id}", f"restriction:{restriction_id}"])
    return rows.get()


@retried
def appeal_restriction(*, restriction_id: int, by: Actor, words: str, now: datetime) -> Restriction:
    """The person says why it should not hold; it holds until somebody else decides.

    Raises: NotFound `restriction.not_found`; the refusals of `kernel.states`; Refusal `restriction.over`.
    """
    with write():
        restriction = _locked(restriction_id)
        restriction.appeal_words, restriction.appealed_at = words.strip(), now
        RESTRICTION.transition(
            restriction, "appeal", by=by, now=now, reason=words, also=["appeal_words", "appealed_at"]
        )
    return restriction


@retried
def decide_restriction(*, restriction_id: int, event: str, by: Actor, words: str, now: datetime) -> Restriction:
    """`uphold` or `grant` an appeal, or `lift` without one; the person is told.

    Raises: NotFound `restriction.not_found`; NotAllowed `restriction.event_unknown`; the refusals of `kernel.states`
    (whoever imposed it may not decide the appeal).
    """
    if event not in ("uphold", "grant", "lift"):
        raise NotAllowed("restriction.event_unknown", _("You may not do this."))
    with write():
        restriction = _locked(restriction_id)
        gone = has_left(restriction.person)
        restriction.decision_words, restriction.decided_at = "" if gone else words.strip(), now
        restriction.decided_by = by if isinstance(by, Person) else None
        RESTRICTION.transition(
            restriction, event, by=by, now=now, reason=words, also=["decision_words", "decided_at", "decided_by"]
        )
        notify(
            person=restriction.person,
            code="people.restriction_upheld" if event == "uphold" else "people.restriction_lifted",
            context={"until": restriction.ends_at.isoformat(), "reason": words.strip()},
            key=f"restriction_{event}:{restriction.pk}",
            now=now,
        )
        if gone:
            journal.erase_words(restriction.person.pseudonym)
    return restriction
