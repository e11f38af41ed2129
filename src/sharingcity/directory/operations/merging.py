"""Two entries that are one: everything that hangs on the one moves to the other, whose address answers for both."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.models import (
    EntryState,
    EntryVersion,
    ErrorReport,
    Likeness,
    Membership,
    Organisation,
    Recognition,
    Retirement,
    Service,
    Suggestion,
)
from sharingcity.directory.operations.closing import close_what_is_open
from sharingcity.directory.operations.organisations import WORKED_OUT, set_organisation
from sharingcity.directory.operations.recording import organisation_change
from sharingcity.directory.permissions import keeps_directory
from sharingcity.directory.slots import ORGANISATION_MERGED, announce_entries
from sharingcity.directory.states import LIKENESS
from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.kernel.states import SYSTEM, Actor
from sharingcity.people.operations import move_grants

# What the kept entry lacks is taken over from the other.
TAKEN_OVER = (
    *("descriptions", "registration_number", "fields", "problems", "languages", "district_id"),
    *("address", "phone", "email", "url"),
)


@retried
def merge_organisations(*, loser: Organisation, winner: Organisation, by: Actor, now: datetime) -> Organisation:
    """Moves all that hangs on `loser` to `winner`, retires it and lets its address lead there. There is no way back.

    Locks both. Raises: NotAllowed `people.not_allowed`; Refusal `merge.same`; Conflict `merge.gone`.
    """
    if loser.pk == winner.pk:
        raise Refusal("merge.same", _("Choose another entry than this one."))
    for one in (loser, winner):
        if not keeps_directory(by, one, now):
            raise NotAllowed("people.not_allowed", _("You may not do this."))
    with write():
        lock([f"organisation:{loser.pk}", f"organisation:{winner.pk}"])
        loser.refresh_from_db()
        winner.refresh_from_db()
        if EntryState.RETIRED in (loser.state, winner.state):
            raise Conflict("merge.gone", _("One of the two entries is no longer shown."))
        services = list(Service.objects.filter(organisation=loser).values_list("pk", flat=True))
        close_what_is_open(loser, now)
        _move_own(loser, winner, now)
        move_grants(kind="organisation", source=loser.pk, target=winner.pk, by=by, now=now)
        for part in ORGANISATION_MERGED:
            part.move(loser.pk, winner.pk, now)
        _settle_pairs(loser, winner, by, now)
        _finish(loser, winner, now)
        announce_entries("organisation", [loser.pk, winner.pk])
        announce_entries("service", services)
        journal.append(
            organisation_change(winner, "merge", by, now, other=loser.pk),
            organisation_change(loser, "merge_into", by, now, other=winner.pk),
        )
    return winner


def _move_own(loser: Organisation, winner: Organisation, now: datetime) -> None:
    """What the directory itself keeps: services with their versions, marks, reports, members."""
    EntryVersion.objects.filter(organisation=loser).exclude(service=None).update(organisation=winner)
    Retirement.objects.filter(organisation=loser).exclude(service=None).update(organisation=winner)
    Service.objects.filter(organisation=loser).update(organisation=winner, changed_at=now)
    Suggestion.objects.filter(organisation=loser).update(organisation=winner)
    Recognition.objects.filter(organisation=loser).update(organisation=winner)
    reports = ErrorReport.objects.filter(organisation=loser)
    reports.filter(subject_kind="organisation").update(subject_code=winner.code)
    reports.update(organisation=winner)
    _move_members(Membership.objects.filter(organisation=loser, valid_until=None), winner, now)
    Membership.objects.filter(organisation=loser).exclude(valid_until=None).update(organisation=winner)


def _move_members(rows: Iterable[Membership], winner: Organisation, now: datetime) -> None:
    """Who is in both keeps the role that may do more."""
    order = list(Membership.Role.values)
    there = {one.person_id: one for one in Membership.objects.filter(organisation=winner, valid_until=None)}
    for mine in list(rows):
        if (theirs := there.get(mine.person_id)) is None:
            mine.organisation = winner
            mine.save(update_fields=["organisation"])
            continue
        if order.index(mine.role) < order.index(theirs.role):
            theirs.role = mine.role
            theirs.save(update_fields=["role"])
        mine.valid_until = max(now, mine.valid_from)
        mine.save(update_fields=["valid_until"])


def _settle_pairs(loser: Organisation, winner: Organisation, by: Actor, now: datetime) -> None:
    """The pair is merged; other pairs with the entry that goes are looked for anew."""
    for pair in Likeness.objects.filter(Q(first=loser) | Q(second=loser), state="open").select_related("first"):
        pair.decided_at, pair.decided_by_id = now, getattr(by, "pk", None)
        is_this = winner.pk in (pair.first_id, pair.second_id)
        event = "merge" if is_this else "part"
        LIKENESS.transition(pair, event, by=SYSTEM, now=now, also=("decided_at", "decided_by"))


def _finish(loser: Organisation, winner: Organisation, now: datetime) -> None:
    taken = {name: getattr(loser, name) for name in TAKEN_OVER if not getattr(winner, name)}
    if winner.lat is None:
        taken |= {"lat": loser.lat, "lng": loser.lng}
    taken["names"] = dict(loser.names) | dict(winner.names)
    changed = set_organisation(winner, taken)
    winner.changed_at = now
    winner.save(update_fields=[*changed, *WORKED_OUT])
    loser.state, loser.merged_into, loser.changed_at = EntryState.RETIRED, winner, now
    loser.save(update_fields=["state", "merged_into", "changed_at"])
    # Earlier entries that went into this one lead straight to the end.
    Organisation.objects.filter(merged_into=loser).update(merged_into=winner, changed_at=now)
