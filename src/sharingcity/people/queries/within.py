"""What lies within whose reach: scopes of roles in districts, notices in the places that a role covers."""

from collections.abc import Collection, Iterable, Sequence

from sharingcity.people.models import Grant, Notice
from sharingcity.people.permissions import CITY, Scope
from sharingcity.people.slots import NOTICES_WITHIN, SCOPES


def holders_of(scopes: Iterable[Scope]) -> dict[Scope, list[Scope]]:
    """Each scope with the scopes in which a role also covers it: itself, and the district of a building."""
    found: dict[Scope, list[Scope]] = {scope: [scope] for scope in scopes}
    for kind, rows in SCOPES.items():
        here = [scope for scope in found if scope.kind == kind]
        if rows.district_of is None or not here:
            continue
        districts = rows.district_of([scope.id for scope in here])
        for scope in here:
            if district := districts.get(scope.id):
                found[scope].append(Scope("district", district))
    return found


def scopes_within(scopes: Iterable[Scope], reach: Collection[Scope]) -> list[Scope]:
    """Those of `scopes` that lie in `reach`; the city holds all."""
    wanted = list(scopes)
    if CITY in reach:
        return wanted
    return [scope for scope, holders in holders_of(wanted).items() if any(one in reach for one in holders)]


def grants_within(grants: Sequence[Grant], reach: Collection[Scope]) -> list[Grant]:
    """Roles given somewhere in `reach`."""
    inside = set(scopes_within({Scope(grant.scope, grant.scope_id) for grant in grants}, reach))
    return [grant for grant in grants if Scope(grant.scope, grant.scope_id) in inside]


def notices_within(notices: Sequence[Notice], reach: Collection[Scope]) -> list[Notice]:
    """Notices that tell of something in `reach`; what tells of no place is the city's."""
    if CITY in reach:
        return list(notices)
    inside: set[tuple[str, str]] = set()
    for room, codes_within in NOTICES_WITHIN.items():
        codes = {_code(notice) for notice in notices if _room(notice) == room}
        inside |= {(room, code) for code in codes_within(codes, reach)} if codes else set()
    return [notice for notice in notices if (_room(notice), _code(notice)) in inside]


def _room(notice: Notice) -> str:
    return notice.code.partition(".")[0]


def _code(notice: Notice) -> str:
    return str(notice.context.get("code", ""))
