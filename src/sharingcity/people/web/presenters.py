"""Rows of the people room as plain values for its pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sharingcity.kernel.i18n import language
from sharingcity.people.channels import NO_ADDRESS
from sharingcity.people.notice_kinds import NOTICES, words_for
from sharingcity.people.permissions import Scope
from sharingcity.people.roles import ROLES
from sharingcity.people.slots import SCOPES
from sharingcity.people.states import RESTRICTION
from sharingcity.people.verifications import kind_words, method_words
from sharingcity.people.web.forms import CHANNEL_TITLES, SCOPE_TITLES

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from sharingcity.people.models import Grant, IdentityClaim, Notice, Person, Restriction

    Text = str | Promise

NOTICE_STATES: dict[str, "Text"] = {
    "queued": _("Waiting to be sent"),
    "sending": _("Being sent"),
    "sent": _("Sent"),
    "failed": _("Failed, trying again"),
    "unreachable": _("Could not be reached"),
    "read": pgettext_lazy("state of a notice", "Read"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice as its person or the staff see it."""

    id: int
    subject: str
    body: str
    link: str
    at: datetime
    is_new: bool
    state: str
    state_title: "Text"
    channel_title: "Text"
    attempts: int
    problem: "Text"
    who: str
    email: str
    phone: str


def notice_row(notice: "Notice") -> NoticeRow:
    """In the reader's language; a kind that no longer exists is named by its code."""
    kind = NOTICES.get(notice.code)
    words = words_for(kind, notice.context, language()) if kind else None
    return NoticeRow(
        id=notice.pk,
        subject=words.subject if words else notice.code,
        body=words.body if words else "",
        link=words.link if words else "",
        at=notice.created_at,
        is_new=notice.read_at is None,
        state=notice.state,
        state_title=NOTICE_STATES.get(notice.state, notice.state),
        channel_title=CHANNEL_TITLES.get(notice.channel, _("On the page only")),
        attempts=notice.attempts,
        problem=_("no address is known") if notice.problem == NO_ADDRESS else notice.problem,
        who=notice.person.name,
        email=notice.address or notice.person.email,
        phone="" if notice.address else notice.person.phone,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionRow:
    """A restriction as its person or the staff see it. `events`: what the reader may do, from the state table."""

    id: int
    who: str
    email: str
    reason: str
    starts_at: datetime
    ends_at: datetime
    state: str
    state_title: "Text"
    is_in_force: bool
    appeal: str
    appealed_at: datetime | None
    decision: str
    events: dict[str, "Text"] = field(default_factory=dict)


APPEALING = frozenset({"appeal"})
DECIDING = frozenset({"uphold", "grant", "lift"})


def restriction_row(
    restriction: "Restriction", *, reader: "Person", now: datetime, offered: frozenset[str]
) -> RestrictionRow:
    """`offered`: the events that this page has a form for; of them the reader sees those the state table allows."""
    is_running = restriction.starts_at <= now < restriction.ends_at
    return RestrictionRow(
        id=restriction.pk,
        who=restriction.person.name,
        email=restriction.person.email,
        reason=restriction.reason_words,
        starts_at=restriction.starts_at,
        ends_at=restriction.ends_at,
        state=restriction.state,
        state_title=RESTRICTION.states[restriction.state],
        is_in_force=is_running and restriction.state != "lifted",
        appeal=restriction.appeal_words,
        appealed_at=restriction.appealed_at,
        decision=restriction.decision_words,
        events={
            row.event: row.label for row in RESTRICTION.allowed(restriction, by=reader, now=now) if row.event in offered
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRow:
    """A role somebody holds."""

    id: int
    who: str
    email: str
    role: "Text"
    where: "Text"
    valid_from: datetime
    valid_until: datetime | None
    deputy_for: str
    is_deputy: bool


def scope_titles(scopes: Iterable[Scope]) -> dict[Scope, "Text"]:
    """Names of scopes, one question for each kind."""
    by_kind: dict[str, set[int]] = {}
    for scope in scopes:
        by_kind.setdefault(scope.kind, set()).add(scope.id)
    found: dict[Scope, Text] = {}
    for kind, numbers in by_kind.items():
        rows = SCOPES.get(kind)
        names = rows.titles(numbers) if rows else {}
        for number in numbers:
            found[Scope(kind, number)] = names.get(number) or (
                SCOPE_TITLES["city"] if kind == "city" else f"{SCOPE_TITLES.get(kind, kind)} {number}"
            )
    return found


def grant_rows(grants: Sequence["Grant"]) -> list[GrantRow]:
    """All rows with the names of their scopes."""
    places = scope_titles(Scope(grant.scope, grant.scope_id) for grant in grants)
    return [
        GrantRow(
            id=grant.pk,
            who=grant.person.name,
            email=grant.person.email,
            role=ROLES[grant.role].title,
            where=places[Scope(grant.scope, grant.scope_id)],
            valid_from=grant.valid_from,
            valid_until=grant.valid_until,
            deputy_for=grant.deputy_for.name if grant.deputy_for else "",
            is_deputy=grant.deputy_for_id is not None,
        )
        for grant in grants
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """Something that was verified about a person."""

    id: int
    what: "Text"
    how: "Text"
    checked_at: datetime
    valid_until: datetime
    holds: bool


def claim_rows(claims: Sequence["IdentityClaim"], now: datetime) -> list[ClaimRow]:
    """For the person themselves and for the counter."""
    return [
        ClaimRow(
            id=claim.pk,
            what=kind_words(claim.kind),
            how=method_words(claim.method),
            checked_at=claim.checked_at,
            valid_until=claim.valid_until,
            holds=claim.valid_until > now,
        )
        for claim in claims
    ]
