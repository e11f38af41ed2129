"""Districts and categories: short lists that a file or the programme brings, again and again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.text import slugify

from sharingcity.directory.models import Category, District
from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.i18n import Words
from sharingcity.kernel.states import Actor
from sharingcity.people.permissions import CITY, require_ability


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictDraft:
    """An administrative area. `geometry` is GeoJSON in WGS84; names that are missing leave the known ones."""

    code: str
    names: Words
    slug: str = ""
    geometry: Mapping[str, Any] | None = None
    lat: float | None = None
    lng: float | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryDraft:
    """What a listing is for, within its kind."""

    slug: str
    names: Words
    kind: str = "space"
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UpsertCounts:
    """What came of it; the three add up to the drafts."""

    created: int
    updated: int
    unchanged: int


def upsert_districts(*, drafts: Sequence[DistrictDraft], by: Actor, now: datetime) -> UpsertCounts:
    """Creates and updates districts by code, else Korean name, else slug; none is ever taken away. Locks the list.

    Raises: NotAllowed `people.not_allowed`.
    """
    require_ability(by, "run_imports", [CITY], now)
    with write():
        lock(["districts"])
        rows = list(District.objects.all())
        by_code = {row.code: row for row in rows}
        by_name = {row.names.get("ko"): row for row in rows if row.names.get("ko")}
        by_slug = {row.slug: row for row in rows}
        kept = [
            _set_district(
                by_code.get(draft.code)
                or by_name.get(draft.names.get("ko"))
                or by_slug.get(draft.slug or _district_slug(draft)),
                draft,
                index,
            )
            for index, draft in enumerate(drafts)
        ]
        return _finish("districts", kept, by, now)


def upsert_categories(*, drafts: Sequence[CategoryDraft], by: Actor, now: datetime) -> UpsertCounts:
    """Creates and updates categories by slug; none is ever taken away. Locks the list.

    Raises: NotAllowed `people.not_allowed`.
    """
    require_ability(by, "run_imports", [CITY], now)
    with write():
        lock(["categories"])
        known = {row.slug: row for row in Category.objects.all()}
        kept = []
        for draft in drafts:
            values = {"kind": draft.kind, "names": dict(draft.names), "position": draft.position}
            kept.append(_set(known.get(draft.slug) or Category(slug=draft.slug), values))
        return _finish("categories", kept, by, now)


def _set_district(row: District | None, draft: DistrictDraft, index: int) -> tuple[District, bool, bool]:
    is_new = row is None
    row = row or District(code=draft.code, slug=_district_slug(draft), position=index)
    values: dict[str, Any] = {"code": draft.code, "names": {**row.names, **draft.names}}
    if draft.geometry is not None:
        values["geometry"] = dict(draft.geometry)
    for name in ("lat", "lng", "position"):
        if getattr(draft, name) is not None:
            values[name] = getattr(draft, name)
    if draft.slug and is_new:
        values["slug"] = draft.slug
    return _set(row, values)


def _district_slug(draft: DistrictDraft) -> str:
    """`mapo` of `Mapo-gu`: the short form people type in addresses."""
    name = slugify(draft.names.get("en", "")).removesuffix("-gu")
    return name or slugify(draft.code) or "district"


def _set(row: Any, values: Mapping[str, Any]) -> tuple[Any, bool, bool]:
    """The row with the values, whether it is new, and whether it changed."""
    is_new = row.pk is None
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if is_new or changed:
        row.save()
    return row, is_new, bool(changed)


def _finish(what: str, kept: Sequence[tuple[Model, bool, bool]], by: Actor, now: datetime) -> UpsertCounts:
    created = sum(is_new for _, is_new, _ in kept)
    updated = sum(has_changed and not is_new for _, is_new, has_changed in kept)
    if created or updated:
        journal.append(
            journal.Change(
                stream="city",
                event=f"{what}.upsert",
                actor=by.pseudonym,
                at=now,
                object_type=f"directory.{what}",
                object_id="all",
                data={"created": created, "updated": updated},
            )
        )
    return UpsertCounts(created=created, updated=updated, unchanged=len(kept) - created - updated)
