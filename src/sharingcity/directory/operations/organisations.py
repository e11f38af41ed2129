"""Organisations: entered by staff, or many at once by an import."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.drafts import OrganisationDraft
from sharingcity.directory.models import Organisation
from sharingcity.directory.operations.recording import free_slugs, organisation_change, slug_of
from sharingcity.directory.permissions import scopes_of
from sharingcity.directory.rules.likeness import host_of, name_keys
from sharingcity.directory.rules.quality import quality_of_organisation
from sharingcity.directory.slots import announce_entries
from sharingcity.directory.vocabulary import CONTACTS, FIELDS, LANGUAGES, PROBLEMS, in_order
from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.states import Actor
from sharingcity.people.permissions import Scope, require_ability

CHANGEABLE = frozenset(
    (
        *("names", "descriptions", "legal_form", "registration_number", "fields", "problems", "languages"),
        *("district_id", "address", "lat", "lng", "phone", "email", "shown_contacts", "url"),
    )
)
_CODES = {"fields": FIELDS, "problems": PROBLEMS, "languages": LANGUAGES, "shown_contacts": CONTACTS}


def create_organisation(*, draft: OrganisationDraft, by: Actor, now: datetime) -> Organisation:
    """One organisation, entered by staff.

    Raises: NotAllowed `people.not_allowed`; Refusal `organisation.name_missing`, `organisation.form_unknown`,
    `entry.code_unknown`.
    """
    return create_organisations(drafts=[draft], by=by, now=now)[0]


def create_organisations(*, drafts: Sequence[OrganisationDraft], by: Actor, now: datetime) -> list[Organisation]:
    """Many at once in few queries, in the order of the drafts; each opens a journal stream of its own.

    Raises: as `create_organisation`.
    """
    for draft in drafts:
        scopes = [Scope("district", draft.district_id)] if draft.district_id else []
        require_ability(by, "manage_organisations", scopes, now)
        check_organisation({"names": draft.names, "legal_form": draft.legal_form})
    with write():
        lock(["organisation-slugs"])
        wanted = [slug_of(draft.names, draft.slug, "organisation") for draft in drafts]
        slugs = free_slugs(wanted, Organisation.objects.values_list("slug", flat=True))
        rows = [_made(draft, slug, now) for draft, slug in zip(drafts, slugs, strict=True)]
        made = Organisation.objects.bulk_create(rows)
        announce_entries("organisation", (one.pk for one in made))
        journal.append(*(organisation_change(one, "create", by, now) for one in made))
    return made


def _made(draft: OrganisationDraft, slug: str, now: datetime) -> Organisation:
    one = Organisation(slug=slug, state=draft.state, external_key=draft.external_key, created_at=now, changed_at=now)
    set_organisation(one, {name: getattr(draft, name) for name in CHANGEABLE})
    return one


def check_organisation(changes: Mapping[str, Any]) -> None:
    """Raises: Refusal `organisation.field_fixed`, `organisation.name_missing`, `organisation.form_unknown`."""
    if unknown := set(changes) - CHANGEABLE:
        raise Refusal("organisation.field_fixed", _("This cannot be changed here."), field=min(unknown))
    if "names" in changes and not any(changes["names"].values()):
        raise Refusal("organisation.name_missing", _("Give the organisation a name."), field="names")
    if changes.get("legal_form", "company") not in Organisation.LegalForm.values:
        raise Refusal("organisation.form_unknown", _("Choose one of the legal forms."), field="legal_form")


def set_organisation(one: Organisation, changes: Mapping[str, Any]) -> list[str]:
    """Sets the fields on the row without saving it, and what is worked out of them; returns those that differ.

    Raises: Refusal `entry.code_unknown`.
    """
    values = {name: with_known_codes(name, value) for name, value in changes.items()}
    changed = [name for name, value in values.items() if getattr(one, name) != value]
    for name in changed:
        setattr(one, name, values[name])
    one.name_keys, one.host = name_keys(one.names), host_of(one.url)
    one.quality = quality_of_organisation(one)
    return changed


def with_known_codes(name: str, value: Any) -> Any:
    """Codes in their list's order, words as a plain dict. Raises: Refusal `entry.code_unknown`."""
    if name not in _CODES:
        return dict(value) if isinstance(value, Mapping) else value
    try:
        return in_order(value, _CODES[name])
    except ValueError:
        raise Refusal("entry.code_unknown", _("Choose one of the values offered."), field=name) from None


WORKED_OUT = ("name_keys", "host", "quality", "changed_at")


def change_organisation(
    *, organisation: Organisation, changes: Mapping[str, object], by: Actor, now: datetime
) -> Organisation:
    """Staff and the software set the fields named in `changes` at once; its own people propose them (`versions`).

    Raises: NotAllowed `people.not_allowed`; Refusal `organisation.field_fixed`, `organisation.name_missing`,
    `organisation.form_unknown`, `entry.code_unknown`.
    """
    check_organisation(changes)
    require_ability(by, "manage_organisations", scopes_of(organisation), now)
    with write():
        lock([f"organisation:{organisation.pk}"])
        organisation.refresh_from_db()
        apply_to_organisation(organisation, changes, by, now)
    return organisation


def apply_to_organisation(
    organisation: Organisation, changes: Mapping[str, object], by: Actor, now: datetime, *, is_seen: bool = False
) -> list[str]:
    """Writes the changes to a row that is locked and fresh; returns the fields that differ.

    `is_seen`: it is told to who listens even when nothing differs, because it is shown from now on.
    """
    changed = set_organisation(organisation, changes)
    if changed or is_seen:
        organisation.changed_at = now
        organisation.save(update_fields=[*changed, *WORKED_OUT])
        announce_entries("organisation", [organisation.pk])
        journal.append(organisation_change(organisation, "change", by, now, fields=sorted(changed)))
    return changed
