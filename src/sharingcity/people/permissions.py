"""Permissions as predicates over grants: does this person have an ability in one of these scopes now?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import BigIntegerField, DateTimeField, Q
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.db import Given, Prepared
from sharingcity.kernel.errors import NotAllowed
from sharingcity.kernel.states import SystemActor
from sharingcity.people.models import Grant
from sharingcity.people.roles import ROLES

if TYPE_CHECKING:
    from sharingcity.people.models import Person


@dataclass(frozen=True, slots=True)
class Scope:
    """Where: `kind` is city, district, organisation or building; `id` the row, 0 for the city."""

    kind: str
    id: int = 0


CITY = Scope("city")


_NOW = Given("now", DateTimeField())

_grants_now: Prepared[Grant] = Prepared(
    lambda: Grant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=_NOW),
        person_id=Given("person", BigIntegerField()),
        valid_from__lte=_NOW,
    )
)


def current_grants(person: "Person", now: datetime) -> list[Grant]:
    """The person's grants that hold at `now`; asked of the database once per person object and instant."""
    kept: tuple[datetime, list[Grant]] | None = getattr(person, "_grants_at", None)
    if kept is None or kept[0] != now:
        kept = (now, _grants_now.rows(person=person.pk, now=now))
        person._grants_at = kept  # type: ignore[attr-defined]  # a cache on the instance, dropped with the request
    return kept[1]


def has_ability(person: object, ability: str, scopes: Iterable[Scope], now: datetime) -> bool:
    """Whether a grant that holds at `now` gives `ability` in any of `scopes` (the city always counts as one)."""
    if not getattr(person, "pk", None) or not getattr(person, "is_active", False):
        return False
    wanted = {(scope.kind, scope.id) for scope in scopes} | {("city", 0)}
    return any(
        ability in ROLES[grant.role].abilities and (grant.scope, grant.scope_id) in wanted
        for grant in current_grants(person, now)  # type: ignore[arg-type]  # pk and is_active were just checked
        if grant.role in ROLES
    )


def require_ability(by: object, ability: str, scopes: Iterable[Scope], now: datetime) -> None:
    """Lets the software itself and whoever has `ability` in one of `scopes` pass.

    Raises: NotAllowed `people.not_allowed`.
    """
    if not isinstance(by, SystemActor) and not has_ability(by, ability, scopes, now):
        raise NotAllowed("people.not_allowed", _("You may not do this."), ability=ability)


def scopes_with(person: "Person", ability: str, now: datetime) -> list[Scope]:
    """Everywhere the person has `ability` at `now`."""
    return [
        Scope(grant.scope, grant.scope_id)
        for grant in current_grants(person, now)
        if grant.role in ROLES and ability in ROLES[grant.role].abilities
    ]
