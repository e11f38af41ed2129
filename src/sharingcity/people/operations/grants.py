"""Roles given and ended, and deputies for a time."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from sharingcity.kernel.states import Actor, SystemActor
from sharingcity.people.models import Grant, Person
from sharingcity.people.operations.locking import lock_person
from sharingcity.people.operations.notices import notify
from sharingcity.people.permissions import Scope, has_ability
from sharingcity.people.queries.within import holders_of
from sharingcity.people.roles import ROLES

# Whoever stands in for somebody does so for a holiday or an illness; longer is a role of one's own.
LONGEST_DEPUTY = timedelta(days=92)


def _stream(grant: Grant) -> str:
    return f"organisation:{grant.scope_id}" if grant.scope == "organisation" else "city"


def _record(grant: Grant, event: str, by: Actor, now: datetime, reason: str = "") -> None:
    journal.append(
        journal.Change(
            stream=_stream(grant),
            event=f"grant.{event}",
            actor=by.pseudonym,
            at=now,
            object_type="people.grant",
            object_id=str(grant.pk),
            data={
                "person": grant.person.pseudonym,
                "role": grant.role,
                "scope": grant.scope,
                "scope_id": grant.scope_id,
                "valid_from": grant.valid_from.isoformat(),
                "valid_until": grant.valid_until.isoformat() if grant.valid_until else None,
            },
            words=reason,
            concerns=grant.person.pseudonym,
        )
    )


def _check_may_grant(by: Actor, scope: Scope, now: datetime) -> None:
    if not isinstance(by, SystemActor) and not has_ability(by, "grant_roles", holders_of([scope])[scope], now):
        raise NotAllowed("grant.not_allowed", _("You may not give or take roles."))


def _check_fits(role: str, scope: Scope, starts_at: datetime, ends_at: datetime | None) -> None:
    known = ROLES.get(role)
    if known is None:
        raise Refusal("grant.role_unknown", _("There is no such role."), field="role")
    if scope.kind not in known.scopes or (scope.kind == "city") != (scope.id == 0):
        raise Refusal("grant.scope_wrong", _("This role cannot be given there."), field="scope")
    if ends_at is not None and ends_at <= starts_at:
        raise Refusal("grant.ends_before_start", _("The end must come after the start."), field="valid_until")


def _overlapping(person: Person, role: str, scope: Scope, starts_at: datetime, ends_at: datetime | None) -> bool:
    rows = Grant.objects.filter(person=person, role=role, scope=scope.kind, scope_id=scope.id)
    rows = rows.exclude(valid_until__lte=starts_at)
    return (rows.filter(valid_from__lt=ends_at) if ends_at else rows).exists()


@retried
def give_role(
    *,
    person: Person,
    role: str,
    scope: Scope,
    by: Actor,
    now: datetime,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    deputy_for: Person | None = None,
) -> Grant:
    """Gives a role in a scope from a time (now, when none is named) until another or for good. Locks the person.

    The software itself (`SYSTEM`) may, for the first administrator. Raises: NotAllowed `grant.not_allowed`; Refusal
    `grant.role_unknown`, `grant.scope_wrong`, `grant.ends_before_start`; Conflict `grant.held_already`.
    """
    _check_may_grant(by, scope, now)
    return _give(person, role, scope, by, now, valid_from or now, valid_until, deputy_for)


def _give(  # noqa: PLR0917 - the columns of one row, called twice in this module
    person: Person,
    role: str,
    scope: Scope,
    by: Actor,
    now: datetime,
    valid_from: datetime,
    valid_until: datetime | None,
    deputy_for: Person | None,
) -> Grant:
    _check_fits(role, scope, valid_from, valid_until)
    with write():
        lock_person(person)
        if _overlapping(person, role, scope, valid_from, valid_until):
            raise Conflict("grant.held_already", _("This person has this role there at that time already."))
        grant = Grant.objects.create(
            person=person,
            role=role,
            scope=scope.kind,
            scope_id=scope.id,
            valid_from=valid_from,
            valid_until=valid_until,
            given_by=by if isinstance(by, Person) else None,
            deputy_for=deputy_for,
        )
        _record(grant, "give", by, now)
        notify(
            person=person,
            code="people.role_given",
            context={"role": role},
            key=f"role_given:{grant.pk}",
            now=now,
        )
    return grant


def _held(grant_id: int, now: datetime) -> Grant:
    grant = Grant.objects.select_related("person").filter(pk=grant_id).first()
    if grant is None or (grant.valid_until is not None and grant.valid_until <= now):
        raise NotFound("grant.not_found", _("This role is not held any more."))
    return grant


@retried
def name_deputy(
    *, grant_id: int, deputy: Person, by: Actor, now: datetime, valid_from: datetime | None, valid_until: datetime
) -> Grant:
    """Somebody stands in for the holder of a role, in the same scope, for at most 92 days.

    The holder may name their own deputy. Raises: as `give_role`; NotFound `grant.not_found`; Refusal
    `grant.deputy_of_deputy`, `grant.deputy_too_long`, `grant.deputy_outlasts`.
    """
    starts_at = valid_from or now
    with write():
        lock([f"grant:{grant_id}"])
        grant = _held(grant_id, now)
        scope = Scope(grant.scope, grant.scope_id)
        if getattr(by, "pk", None) != grant.person_id:
            _check_may_grant(by, scope, now)
        if grant.deputy_for_id:
            raise Refusal("grant.deputy_of_deputy", _("A deputy cannot name another deputy."))
        if valid_until - starts_at > LONGEST_DEPUTY:
            raise Refusal("grant.deputy_too_long", _("A deputy stands in for at most 92 days."), field="valid_until")
        if grant.valid_until is not None and valid_until > grant.valid_until:
            raise Refusal(
                "grant.deputy_outlasts", _("The deputy's time cannot outlast the role itself."), field="valid_until"
            )
        return _give(deputy, grant.role, scope, by, now, starts_at, valid_until, grant.person)


@retried
def end_grant(*, grant_id: int, by: Actor, now: datetime, reason: str = "") -> None:
    """Takes a role from now on, with its deputies; one that has not begun never will. Locks the grant.

    Raises: NotFound `grant.not_found`; NotAllowed `grant.not_allowed`; Conflict `grant.last_administrator`.
    """
    with write():
        lock(["grants:administrator", f"grant:{grant_id}"])
        grant = _held(grant_id, now)
        is_own = getattr(by, "pk", None) in (grant.person_id, grant.deputy_for_id)
        if not is_own:
            _check_may_grant(by, Scope(grant.scope, grant.scope_id), now)
        is_last = grant.role == "administrator" and grant.scope == "city" and not _other_administrators(grant, now)
        if is_last:
            raise Conflict("grant.last_administrator", _("Somebody must remain who can give roles."))
        _end(grant, by, now, reason)
        deputies = Grant.objects.select_related("person").filter(
            deputy_for=grant.person, role=grant.role, scope=grant.scope, scope_id=grant.scope_id
        )
        for deputy in deputies.exclude(valid_until__lte=now):
            _end(deputy, by, now, reason)


def _other_administrators(grant: Grant, now: datetime) -> bool:
    """Of the whole city: whoever gives roles in a district alone cannot give the city's."""
    rows = Grant.objects.filter(
        role="administrator", scope="city", valid_from__lte=now, person__is_active=True, deputy_for=None
    )
    return rows.exclude(pk=grant.pk).exclude(valid_until__lte=now).exists()


def _end(grant: Grant, by: Actor, now: datetime, reason: str) -> None:
    _record(grant, "end", by, now, reason)
    if grant.valid_from >= now:
        grant.delete()
        return
    grant.valid_until = now
    grant.save(update_fields=["valid_until"])


def move_grants(*, kind: str, source: int, target: int, by: Actor, now: datetime) -> int:
    """Roles given in one scope hold in another from now on, because both turned out to be one; returns how many.

    In the caller's transaction, which holds the locks of both scopes. A role that somebody has in both ends in one.
    """
    rows = Grant.objects.select_related("person").filter(scope=kind, scope_id=source).exclude(valid_until__lte=now)
    moved = 0
    for grant in rows:
        begins, ends = max(now, grant.valid_from), grant.valid_until
        _end(grant, by, now, "")
        if _overlapping(grant.person, grant.role, Scope(kind, target), begins, ends):
            continue
        new = Grant.objects.create(
            person=grant.person,
            role=grant.role,
            scope=kind,
            scope_id=target,
            valid_from=begins,
            valid_until=ends,
            given_by=grant.given_by,
            deputy_for=grant.deputy_for,
        )
        _record(new, "give", by, now)
        moved += 1
    return moved
