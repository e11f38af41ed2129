"""Organisations and services are taken off, with a reason, and brought back just as they were."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.membership import holding
from sharingcity.directory.models import EntryState, Membership, Organisation, Retirement, Service
from sharingcity.directory.operations.closing import close_what_is_open
from sharingcity.directory.operations.recording import organisation_change, service_change
from sharingcity.directory.permissions import edits_entry, keeps_directory
from sharingcity.directory.queries.retiring import standing_retirement
from sharingcity.directory.slots import ORGANISATION_RETIRED, announce_entries
from sharingcity.directory.states import RETIREMENT
from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal
from sharingcity.kernel.states import Actor
from sharingcity.people.operations import notify

if TYPE_CHECKING:
    from django.db.models import QuerySet

SERVICES = "services"


@retried
def retire_organisation(*, organisation: Organisation, by: Actor, now: datetime, reason: str) -> Retirement:
    """It is no longer found, nor what it runs and lists; its page stays and says so. Its owners are told why.

    Locks the organisation. Raises: NotAllowed `people.not_allowed`; Refusal `state.reason_missing`; Conflict
    `state.not_possible`, `retire.promised` while something is promised to somebody.
    """
    _check(organisation, by, now, reason)
    with write():
        lock([f"organisation:{organisation.pk}"])
        organisation.refresh_from_db()
        if organisation.state != EntryState.PUBLISHED:
            raise _meanwhile()
        for part in ORGANISATION_RETIRED:
            if part.hold:
                part.hold(organisation.pk)
        _refuse_promised(organisation.pk, now)
        retirement = _retire(organisation, None, by, now, reason)
        close_what_is_open(organisation, now)
        _set_state(organisation, EntryState.RETIRED, now)
        shown = Service.objects.filter(organisation=organisation, state=EntryState.PUBLISHED)
        retirement.taken_along = {SERVICES: _move_services(shown, EntryState.RETIRED, by, now)} | {
            name: part.take(organisation.pk, by, now, reason)
            for name, part in ORGANISATION_RETIRED.items()
            if part.take
        }
        retirement.save(update_fields=["taken_along"])
        announce_entries("organisation", [organisation.pk])
        journal.append(organisation_change(organisation, "retire", by, now, retirement=retirement.pk))
        _tell_owners(retirement, "retired", now)
    return retirement


def _check(organisation: Organisation, by: Actor, now: datetime, reason: str) -> None:
    if not keeps_directory(by, organisation, now):
        raise NotAllowed("people.not_allowed", _("You may not do this."))
    if not reason.strip():
        raise Refusal("state.reason_missing", _("Say why, in a sentence."), field="reason")


def _refuse_promised(organisation_id: int, now: datetime) -> None:
    for part in ORGANISATION_RETIRED:
        if part.take is None and (promised := part.count(organisation_id, now)):
            raise Conflict(
                "retire.promised",
                _("People are promised something there. Settle this first, then take the entry off."),
                count=promised,
            )


def _meanwhile() -> Conflict:
    return Conflict("state.not_possible", _("This cannot be done any more: it has changed in the meantime."))


def _retire(organisation: Organisation, service: Service | None, by: Actor, now: datetime, reason: str) -> Retirement:
    retirement = Retirement(
        organisation=organisation,
        service=service,
        by_city=keeps_directory(by, organisation, now),
        reason=reason.strip(),
        retired_at=now,
        retired_by_id=getattr(by, "pk", None),
    )
    RETIREMENT.transition(retirement, "retire", by=by, now=now, reason=reason)
    return retirement


def _set_state(entry: Organisation | Service, state: str, now: datetime) -> None:
    entry.state, entry.changed_at = state, now
    entry.save(update_fields=["state", "changed_at"])


def _move_services(rows: "QuerySet[Service]", target: str, by: Actor, now: datetime) -> list[int]:
    """Each with its line in the journal; returns which."""
    found = list(rows.order_by("pk"))
    for service in found:
        service.state, service.changed_at = target, now
    Service.objects.bulk_update(found, ["state", "changed_at"], batch_size=200)
    announce_entries("service", (service.pk for service in found))
    event = "retire" if target == EntryState.RETIRED else "republish"
    journal.append(*(service_change(service, event, by, now) for service in found))
    return [service.pk for service in found]


@retried
def restore_organisation(*, organisation: Organisation, by: Actor, now: datetime) -> Organisation:
    """It is shown again, with what went with it and has not been decided anew since. Its owners are told.

    Locks the organisation. Raises: NotAllowed `people.not_allowed`; Conflict `state.not_possible`, also for one that
    went into another.
    """
    if not keeps_directory(by, organisation, now):
        raise NotAllowed("people.not_allowed", _("You may not do this."))
    with write():
        lock([f"organisation:{organisation.pk}"])
        organisation.refresh_from_db()
        if organisation.state != EntryState.RETIRED or organisation.merged_into_id:
            raise _meanwhile()
        retirement = standing_retirement(organisation)
        _set_state(organisation, EntryState.PUBLISHED, now)
        if retirement is not None:
            _lift(retirement, by, now)
            _give_back(retirement, by, now)
        announce_entries("organisation", [organisation.pk])
        journal.append(organisation_change(organisation, "republish", by, now))
        if retirement is not None:
            _tell_owners(retirement, "restored", now)
    return organisation


def _lift(retirement: Retirement, by: Actor, now: datetime) -> None:
    retirement.lifted_at, retirement.lifted_by_id = now, getattr(by, "pk", None)
    RETIREMENT.transition(retirement, "restore", by=by, now=now, also=("lifted_at", "lifted_by"))


def _give_back(retirement: Retirement, by: Actor, now: datetime) -> None:
    along = retirement.taken_along
    taken = Service.objects.filter(pk__in=along.get(SERVICES, []), organisation=retirement.organisation)
    _move_services(taken.filter(state=EntryState.RETIRED), EntryState.PUBLISHED, by, now)
    for name, part in ORGANISATION_RETIRED.items():
        if part.give_back and along.get(name):
            part.give_back(along[name], by, now)


@retried
def retire_service(*, service: Service, by: Actor, now: datetime, reason: str) -> Service:
    """It is no longer found; its page stays and says so. Its own people may, and staff, who tell the owners why.

    Locks the organisation. Raises: NotAllowed `organisation.not_allowed`; Refusal `state.reason_missing`; Conflict
    `state.not_possible`.
    """
    if not reason.strip():
        raise Refusal("state.reason_missing", _("Say why, in a sentence."), field="reason")
    with write():
        _hold(service, EntryState.PUBLISHED, by, now)
        retirement = _retire(service.organisation, service, by, now, reason)
        _show(service, EntryState.RETIRED, by, now, reason)
        if retirement.by_city:
            _tell_owners(retirement, "retired", now)
    return service


@retried
def republish_service(*, service: Service, by: Actor, now: datetime) -> Service:
    """A retired service is shown again: what the city took off by the city alone.

    Raises: as `retire_service`; NotAllowed `state.not_allowed`; Conflict `entry.not_shown` while its
    organisation is not shown.
    """
    with write():
        _hold(service, EntryState.RETIRED, by, now)
        if service.organisation.state != EntryState.PUBLISHED:
            raise Conflict("entry.not_shown", _("The organisation is not shown. Bring it back first."))
        retirement = standing_retirement(service)
        if retirement is not None:
            _lift(retirement, by, now)
        _show(service, EntryState.PUBLISHED, by, now)
        if retirement is not None and retirement.by_city:
            _tell_owners(retirement, "restored", now)
    return service


def _hold(service: Service, state: str, by: Actor, now: datetime) -> None:
    """Locks it and looks whether it stands where it should."""
    if not edits_entry(by, service.organisation, now):
        raise NotAllowed("organisation.not_allowed", _("Only owners of this organisation may do this."))
    lock([f"organisation:{service.organisation_id}"])
    service.refresh_from_db()
    if service.state != state:
        raise _meanwhile()


def _show(service: Service, state: str, by: Actor, now: datetime, reason: str = "") -> None:
    _set_state(service, state, now)
    announce_entries("service", [service.pk])
    event = "retire" if state == EntryState.RETIRED else "republish"
    journal.append(replace(service_change(service, event, by, now), words=reason.strip()))


def _tell_owners(retirement: Retirement, event: str, now: datetime) -> None:
    """Every owner, in their language, with the city's reason."""
    organisation, entry = retirement.organisation, retirement.service or retirement.organisation
    rows = Membership.objects.filter(holding(now), organisation=organisation, role="owner", person__is_active=True)
    for membership in rows.select_related("person").order_by("pk"):
        notify(
            person=membership.person,
            code=f"directory.{event}",
            context={"names": entry.names, "slug": organisation.slug, "reason": retirement.reason},
            key=f"directory.{event}:{retirement.pk}:{membership.person_id}",
            now=now,
        )
