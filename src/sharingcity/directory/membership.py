"""Which memberships hold at an instant: asked by permissions, states and queries alike."""

from datetime import datetime

from django.db.models import Q

from sharingcity.directory.models import Membership

EDITING = frozenset({"owner", "editor"})


def holding(now: datetime) -> Q:
    """Rows with `valid_from` and `valid_until` that hold at `now`."""
    return Q(valid_from__lte=now) & (Q(valid_until=None) | Q(valid_until__gt=now))


def membership_roles(person_id: int, organisation_id: int, now: datetime) -> frozenset[str]:
    """What the person is in the organisation at `now`: `owner`, `editor`, `member`, or nothing."""
    rows = Membership.objects.filter(holding(now), person_id=person_id, organisation_id=organisation_id)
    return frozenset(rows.values_list("role", flat=True))


def has_owner(organisation_id: int, now: datetime) -> bool:
    """Whether somebody owns the organisation's entry at `now`."""
    rows = Membership.objects.filter(holding(now), organisation_id=organisation_id, role=Membership.Role.OWNER)
    return rows.filter(person__is_active=True).exists()
