"""Anybody suggests what is missing; staff make a draft of it, or say why not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.drafts import OrganisationDraft, ServiceDraft
from sharingcity.directory.effects import enqueue_letter
from sharingcity.directory.models import EntryState, Organisation, Service, Suggestion
from sharingcity.directory.operations.organisations import create_organisation
from sharingcity.directory.operations.services import add_services
from sharingcity.directory.permissions import keeps_directory
from sharingcity.directory.states import SUGGESTION
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.kernel.limits import Limit, spend
from sharingcity.kernel.states import SYSTEM, Actor, SystemActor

PER_CALLER = Limit("suggestions", 6, 3600)
MOST_WORDS = 1000
NOBODY = SystemActor("anonymous")
# An address waits no longer than this for an answer; what was declined is forgotten so long after.
ADDRESS_KEPT = timedelta(days=180)
AFTER_ANSWER = timedelta(days=7)
WORDS_KEPT = timedelta(days=90)
# The same words within this time are a second click.
SAME_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """What somebody says is missing. `reply_to` only with their consent, `may_write`, given for this alone."""

    kind: str
    name: str
    shared: str
    url: str = ""
    place: str = ""
    district_id: int | None = None
    reply_to: str = ""
    may_write: bool = False


@retried
def suggest_entry(*, said: Suggested, caller: str, now: datetime) -> Suggestion:
    """Somebody names what is missing; the same again at once is one. `caller` is counted, not kept.

    Raises: Refusal `suggestion.name_missing`, `suggestion.shared_missing`, `suggestion.kind_unknown`,
    `suggestion.link_wrong`, `suggestion.email_wrong`, `suggestion.consent_missing`; TooMany `request.too_many`.
    """
    _check(said)
    spend(PER_CALLER, caller, now)
    name, shared = said.name.strip()[:120], said.shared.strip()[:MOST_WORDS]
    with write():
        lock([f"suggestion:{name.casefold()}"])
        lately = Suggestion.objects.filter(state="open", created_at__gt=now - SAME_WITHIN, kind=said.kind)
        if (same := lately.filter(name=name, shared=shared, url=said.url).first()) is not None:
            return same
        suggestion = Suggestion(
            kind=said.kind,
            name=name,
            url=said.url,
            shared=shared,
            place=said.place.strip()[:200],
            district_id=said.district_id,
            language=(get_language() or settings.LANGUAGE_CODE).split("-")[0],
            reply_to=said.reply_to.strip(),
            created_at=now,
        )
        SUGGESTION.transition(suggestion, "suggest", by=NOBODY, now=now)
    return suggestion


def _check(said: Suggested) -> None:
    if said.kind not in Suggestion.Kind.values:
        raise Refusal("suggestion.kind_unknown", _("Choose what is missing."), field="kind")
    if not said.name.strip():
        raise Refusal("suggestion.name_missing", _("Say what it is called."), field="name")
    if not said.shared.strip():
        raise Refusal("suggestion.shared_missing", _("Say in a sentence what is shared."), field="shared")
    if said.url and not _passes(URLValidator(schemes=["http", "https"]), said.url):
        raise Refusal("suggestion.link_wrong", _("Enter the address of a page, or none."), field="url")
    if address := said.reply_to.strip():
        if not _passes(validate_email, address):
            raise Refusal("suggestion.email_wrong", _("Enter an e-mail address, or none."), field="reply_to")
        if not said.may_write:
            raise Refusal(
                "suggestion.consent_missing", _("Tick that we may write there, or leave it empty."), field="may_write"
            )


def _passes(check: Callable[[str], None], value: str) -> bool:
    try:
        check(value)
    except ValidationError:
        return False
    return True


@retried
def draft_suggestion(*, code: str, by: Actor, now: datetime, runner: Organisation | None = None) -> Suggestion:
    """A draft entry is made of it, which nobody sees until staff save it; a service needs who runs it (`runner`).

    Whoever suggested it is told, if they wished. Raises: NotFound `suggestion.unknown`; Refusal
    `suggestion.runner_missing`; NotAllowed `people.not_allowed`; those of `kernel.states`.
    """
    with write():
        suggestion = _locked(code)
        SUGGESTION.check(suggestion, "draft", by=by, now=now)
        if suggestion.kind == Suggestion.Kind.ORGANISATION:
            suggestion.organisation = _draft_organisation(suggestion, now)
        else:
            suggestion.organisation = _draft_service(suggestion, runner, by, now).organisation
        _decide(suggestion, "draft", by, now)
    return suggestion


@retried
def decline_suggestion(*, code: str, by: Actor, now: datetime, reason: str) -> Suggestion:
    """It is not entered, for a reason that whoever suggested it reads, if they wished.

    Raises: NotFound `suggestion.unknown`; those of `kernel.states`.
    """
    with write():
        suggestion = _locked(code)
        suggestion.answer = reason.strip()[:MOST_WORDS]
        _decide(suggestion, "decline", by, now, reason)
    return suggestion


def _locked(code: str) -> Suggestion:
    lock([f"suggestion-code:{code}"])
    found = Suggestion.objects.select_related("district").filter(code=code).first()
    if found is None:
        raise NotFound("suggestion.unknown", _("There is no such suggestion."))
    return found


def _decide(suggestion: Suggestion, event: str, by: Actor, now: datetime, reason: str = "") -> None:
    suggestion.decided_at, suggestion.decided_by_id = now, getattr(by, "pk", None)
    also = ("decided_at", "decided_by", "answer", "organisation")
    SUGGESTION.transition(suggestion, event, by=by, now=now, reason=reason, also=also)
    if suggestion.reply_to:
        enqueue_letter("suggestion_answered", suggestion.pk)


def _draft_organisation(suggestion: Suggestion, now: datetime) -> Organisation:
    words = suggestion.language
    draft = OrganisationDraft(
        names={words: suggestion.name},
        legal_form=Organisation.LegalForm.NON_PROFIT,
        state=EntryState.DRAFT,
        descriptions={words: suggestion.shared},
        district_id=suggestion.district_id,
        address=suggestion.place,
        url=suggestion.url,
    )
    return create_organisation(draft=draft, by=SYSTEM, now=now)


def _draft_service(suggestion: Suggestion, runner: Organisation | None, by: Actor, now: datetime) -> Service:
    if runner is None or runner.state == EntryState.RETIRED:
        raise Refusal("suggestion.runner_missing", _("Say which organisation runs it."), field="runner")
    if not keeps_directory(by, runner, now):
        raise NotAllowed("people.not_allowed", _("You may not do this."))
    words = suggestion.language
    draft = ServiceDraft(
        organisation_id=runner.pk,
        names={words: suggestion.name},
        descriptions={words: suggestion.shared},
        url=suggestion.url,
    )
    (service,) = add_services([draft], by, now, is_draft=True)
    return service


def forget_suggesters(*, now: datetime) -> int:
    """Addresses go with the answer, or when there is none for half a year; declined words 90 days after.

    The daily job calls it. Returns how many rows lost something.
    """
    over = Q(decided_at__lte=now - AFTER_ANSWER) | Q(created_at__lte=now - ADDRESS_KEPT)
    addresses = Suggestion.objects.filter(over).exclude(reply_to="").update(reply_to="")
    declined = Suggestion.objects.filter(state="declined", decided_at__lte=now - WORDS_KEPT)
    words = declined.exclude(shared="").update(name="–", shared="", url="", place="", answer="")
    return addresses + words
