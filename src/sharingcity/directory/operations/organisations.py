"""Organisations: entered by staff, or many at once by an import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.models import Organisation
from sharingcity.directory.permissions import can_manage_organisation
from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import Words
from sharingcity.kernel.states import Actor
from sharingcity.people.permissions import Scope, require_ability

CHANGEABLE = frozenset({"names", "descriptions", "phone", "email", "url", "district_id"})
# Only who runs the programme says what an organisation is; its owners say how it is reached.
ONLY_STAFF = frozenset({"district_id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDraft:
    """An organisation to be. Without a `slug` one is made of its English, else its Korean name."""

    names: Words
    legal_form: str = Organisation.LegalForm.PUBLIC_BODY
    slug: str = ""
    descriptions: Words = field(default_factory=dict)
    district_id: int | None = None
    phone: str = ""
    email: str = ""
    url: str = ""
    external_key: str = ""


def create_organisation(*, draft: OrganisationDraft, by: Actor, now: datetime) -> Organisation:
    """One organisation, entered by staff.

    Raises: NotAllowed `people.not_allowed`; Refusal `organisation.name_missing`, `organisation.form_unknown`.
    """
    return create_organisations(drafts=[draft], by=by, now=now)[0]


def create_organisations(*, drafts: Sequence[OrganisationDraft], by: Actor, now: datetime) -> list[Organisation]:
    """Many at once in few queries, in the order of the drafts; each opens a journal stream of its own.

    Raises: as `create_organisation`.
    """
    for draft in drafts:
        _check(draft, by, now)
    with write():
        lock(["organisation-slugs"])
        slugs = _free_slugs(drafts)
        made = Organisation.objects.bulk_create(
            Organisation(
                slug=slug,
                names=dict(draft.names),
                descriptions=dict(draft.descriptions),
                legal_form=draft.legal_form,
                district_id=draft.district_id,
                phone=draft.phone,
                email=draft.email,
                url=draft.url,
                external_key=draft.external_key,
                created_at=now,
            )
            for draft, slug in zip(drafts, slugs, strict=True)
        )
        journal.append(*(_change(one, "create", by, now) for one in made))
    return made


def change_organisation(
    *, organisation: Organisation, changes: Mapping[str, object], by: Actor, now: datetime
) -> Organisation:
    """Sets the fields named in `changes`; staff and the organisation's owners and editors may.

    Raises: NotAllowed `people.not_allowed`; Refusal `organisation.field_fixed`, `organisation.name_missing`.
    """
    if unknown := set(changes) - CHANGEABLE:
        raise Refusal("organisation.field_fixed", _("This cannot be changed here."), field=min(unknown))
    if "names" in changes and not changes["names"]:
        raise Refusal("organisation.name_missing", _("Give the organisation a name."), field="names")
    is_owners_business = not ONLY_STAFF & set(changes)
    if not (is_owners_business and can_manage_organisation(by, organisation.pk, now)):
        require_ability(by, "manage_organisations", [Scope("organisation", organisation.pk)], now)
    with write():
        lock([f"organisation:{organisation.pk}"])
        organisation.refresh_from_db()
        changed = [name for name, value in changes.items() if getattr(organisation, name) != value]
        for name in changed:
            setattr(organisation, name, changes[name])
        if changed:
            organisation.save(update_fields=changed)
            journal.append(_change(organisation, "change", by, now, fields=sorted(changed)))
    return organisation


def _check(draft: OrganisationDraft, by: Actor, now: datetime) -> None:
    scopes = [Scope("district", draft.district_id)] if draft.district_id else []
    require_ability(by, "manage_organisations", scopes, now)
    if not any(draft.names.values()):
        raise Refusal("organisation.name_missing", _("Give the organisation a name."), field="names")
    if draft.legal_form not in Organisation.LegalForm.values:
        raise Refusal("organisation.form_unknown", _("Choose one of the legal forms."), field="legal_form")


def _free_slugs(drafts: Sequence[OrganisationDraft]) -> list[str]:
    wanted = [_slug(draft) for draft in drafts]
    taken = set(Organisation.objects.values_list("slug", flat=True))
    found: list[str] = []
    for slug in wanted:
        free, number = slug, 1
        while free in taken:
            number += 1
            free = f"{slug[:75]}-{number}"
        taken.add(free)
        found.append(free)
    return found


def _slug(draft: OrganisationDraft) -> str:
    name = draft.slug or draft.names.get("en") or draft.names.get("ko") or next(iter(draft.names.values()))
    return slugify(name, allow_unicode=True)[:80] or "organisation"


def _change(organisation: Organisation, event: str, by: Actor, now: datetime, **data: object) -> journal.Change:
    return journal.Change(
        stream=f"organisation:{organisation.pk}",
        event=f"organisation.{event}",
        actor=by.pseudonym,
        at=now,
        object_type="directory.organisation",
        object_id=str(organisation.pk),
        data=data,
    )
