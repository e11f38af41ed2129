"""Managing bodies and categories that imported listings need: made once, never changed by an import."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings

from sharingcity.directory.operations import CategoryDraft, OrganisationDraft, create_organisations, upsert_categories
from sharingcity.directory.queries import categories, districts, organisations_by_external_key
from sharingcity.kernel.states import Actor
from sharingcity.partners.categories import CATEGORIES
from sharingcity.partners.rules.prepared import PreparedListing


def ensure_organisations(items: Iterable[PreparedListing], by: Actor, now: datetime) -> dict[str, int]:
    """The row of each managing body by its key. Its district is the one that its name names."""
    wanted = {item.organisation.key: item.organisation for item in items}
    told = {key: one.known_id for key, one in wanted.items() if one.known_id is not None}
    wanted = {key: one for key, one in wanted.items() if key not in told}
    known = {key: row.pk for key, row in organisations_by_external_key(wanted).items()}
    missing = [key for key in wanted if key not in known]
    by_name = {str(row.names.get(settings.LANGUAGE_CODE, "")): row.pk for row in districts()}
    made = create_organisations(
        drafts=[
            OrganisationDraft(
                names=wanted[key].names,
                legal_form=wanted[key].legal_form,
                phone=wanted[key].phone,
                url=wanted[key].url,
                external_key=key,
                district_id=_named_in(wanted[key].names.get(settings.LANGUAGE_CODE, ""), by_name),
            )
            for key in missing
        ],
        by=by,
        now=now,
    )
    return told | known | {key: row.pk for key, row in zip(missing, made, strict=True)}


def _named_in(name: str, districts: Mapping[str, int]) -> int | None:
    return next((pk for district, pk in districts.items() if district and district in name), None)


def ensure_categories(items: Iterable[PreparedListing], by: Actor, now: datetime) -> None:
    """Adds the categories that are used and missing; staff's names and order for those that are there stay."""
    used = {str(item.fields["category"]) for item in items}
    known = {row.slug for row in categories()}
    drafts = [
        CategoryDraft(
            slug=category.slug,
            names={"ko": category.name_ko, "en": category.name_en, "ar": category.name_ar},
            kind=category.kind,
            position=position,
        )
        for position, category in enumerate(CATEGORIES)
        if category.slug in used - known
    ]
    if drafts:
        upsert_categories(drafts=drafts, by=by, now=now)
