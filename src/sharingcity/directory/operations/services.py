"""Services: entered by staff, or many at once by an import."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.drafts import ServiceDraft
from sharingcity.directory.models import EntryState, Organisation, Service
from sharingcity.directory.operations.recording import free_slugs, service_change, slug_of
from sharingcity.directory.permissions import scopes_of
from sharingcity.directory.rules.quality import quality_of_service
from sharingcity.directory.slots import announce_entries
from sharingcity.directory.vocabulary import FIELDS, LANGUAGES, in_order
from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.kernel.states import Actor
from sharingcity.people.permissions import require_ability

CHANGEABLE = frozenset(
    (
        *("names", "summaries", "descriptions", "kinds", "languages", "audience", "price_level", "price_words"),
        *("is_citywide", "district_ids", "steps", "url", "app_links", "opening", "access"),
    )
)
_CODES = {"kinds": FIELDS, "languages": LANGUAGES}


def create_service(*, draft: ServiceDraft, by: Actor, now: datetime) -> Service:
    """One service of an organisation, entered by staff.

    Raises: NotFound `organisation.unknown`; NotAllowed `people.not_allowed`; Refusal `service.name_missing`,
    `service.price_unknown`, `service.area_missing`, `entry.code_unknown`.
    """
    return create_services(drafts=[draft], by=by, now=now)[0]


def create_services(*, drafts: Sequence[ServiceDraft], by: Actor, now: datetime) -> list[Service]:
    """Many at once in few queries, in the order of the drafts. Raises: as `create_service`."""
    owners = Organisation.objects.in_bulk({draft.organisation_id for draft in drafts})
    for draft in drafts:
        if (owner := owners.get(draft.organisation_id)) is None:
            raise NotFound("organisation.unknown", _("There is no such organisation."))
        require_ability(by, "manage_organisations", scopes_of(owner), now)
    return add_services(drafts, by, now)


def add_services(drafts: Sequence[ServiceDraft], by: Actor, now: datetime, *, is_draft: bool = False) -> list[Service]:
    """Writes them, without asking who may. Raises: Refusal as `create_service`."""
    for draft in drafts:
        check_service({name: getattr(draft, name) for name in CHANGEABLE})
    with write():
        lock(["service-slugs"])
        wanted = [slug_of(draft.names, draft.slug, "service") for draft in drafts]
        slugs = free_slugs(wanted, Service.objects.values_list("slug", flat=True))
        pairs = zip(drafts, slugs, strict=True)
        made = Service.objects.bulk_create(_made(draft, slug, now, is_draft=is_draft) for draft, slug in pairs)
        for service, draft in zip(made, drafts, strict=True):
            if draft.district_ids and not draft.is_citywide:
                service.districts.set(draft.district_ids)
        announce_entries("service", (one.pk for one in made))
        journal.append(*(service_change(one, "create", by, now) for one in made))
    return made


def _made(draft: ServiceDraft, slug: str, now: datetime, *, is_draft: bool) -> Service:
    owner = draft.organisation_id
    state = EntryState.DRAFT if is_draft else draft.state
    service = Service(slug=slug, organisation_id=owner, state=state, created_at=now, changed_at=now)
    set_service(service, {name: getattr(draft, name) for name in CHANGEABLE - {"district_ids"}})
    return service


def check_service(changes: Mapping[str, Any]) -> None:
    """Raises: Refusal `service.field_fixed`, `service.name_missing`, `service.price_unknown`,
    `service.area_missing`."""
    if unknown := set(changes) - CHANGEABLE:
        raise Refusal("service.field_fixed", _("This cannot be changed here."), field=min(unknown))
    if "names" in changes and not any(changes["names"].values()):
        raise Refusal("service.name_missing", _("Give the service a name."), field="names")
    if changes.get("price_level", "free") not in Service.PriceLevel.values:
        raise Refusal("service.price_unknown", _("Choose one of the price levels."), field="price_level")
    if changes.get("is_citywide") is False and not changes.get("district_ids"):
        raise Refusal("service.area_missing", _("Choose the districts where it is offered."), field="district_ids")


def set_service(service: Service, changes: Mapping[str, Any]) -> list[str]:
    """Sets the fields on the row without saving it, and what is worked out of them; returns those that differ.

    Raises: Refusal `entry.code_unknown`.
    """
    values = {name: _plain(name, value) for name, value in changes.items()}
    changed = [name for name, value in values.items() if getattr(service, name) != value]
    for name in changed:
        setattr(service, name, values[name])
    service.quality = quality_of_service(service)
    return changed


def _plain(name: str, value: Any) -> Any:
    if name in _CODES:
        try:
            return in_order(value, _CODES[name])
        except ValueError:
            raise Refusal("entry.code_unknown", _("Choose one of the values offered."), field=name) from None
    if name == "steps":
        return [dict(step) for step in value]
    if name == "access":
        return int(value)
    return dict(value) if isinstance(value, Mapping) else value


def change_service(*, service: Service, changes: Mapping[str, Any], by: Actor, now: datetime) -> Service:
    """Staff and the software set the fields named in `changes` at once; its own people propose them (`versions`).

    Raises: NotAllowed `people.not_allowed`; Refusal as `create_service`, `service.field_fixed`.
    """
    check_service(changes)
    require_ability(by, "manage_organisations", scopes_of(service.organisation), now)
    with write():
        lock([f"organisation:{service.organisation_id}"])
        service.refresh_from_db()
        apply_to_service(service, changes, by, now)
    return service


def apply_to_service(
    service: Service, changes: Mapping[str, Any], by: Actor, now: datetime, *, is_seen: bool = False
) -> list[str]:
    """Writes the changes to a row that is locked and fresh; returns the fields that differ.

    `is_seen`: it is told to who listens even when nothing differs, because it is shown from now on.
    """
    plain = {name: value for name, value in changes.items() if name != "district_ids"}
    changed = set_service(service, plain)
    saved = [*changed, "quality", "changed_at"]
    if "district_ids" in changes and _set_districts(service, changes["district_ids"]):
        changed.append("district_ids")
    if changed or is_seen:
        service.changed_at = now
        service.save(update_fields=saved)
        announce_entries("service", [service.pk])
        journal.append(service_change(service, "change", by, now, fields=sorted(changed)))
    return changed


def _set_districts(service: Service, ids: Sequence[int]) -> bool:
    before = set(service.districts.values_list("id", flat=True))
    service.districts.set(ids)
    return before != set(ids)
