"""Outlines become districts; every place goes to the district around it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.operations import DistrictDraft, upsert_districts
from sharingcity.directory.queries import districts
from sharingcity.kernel.states import Actor
from sharingcity.listings.operations.imported_places import assign_districts
from sharingcity.partners.frame.source import SourceRefused
from sharingcity.partners.mapped import MappedDistrict
from sharingcity.partners.operations.outcome import Applied


def apply_districts(items: Sequence[MappedDistrict], by: Actor, now: datetime) -> Applied:
    """Districts are never retired: what lies in one must not lose its name over a file that lacks it.

    Raises: `import.neighbourhoods` for a file of parts of districts.
    """
    if items and all(item.parent_name for item in items):
        raise SourceRefused(
            "neighbourhoods", _("These are outlines of neighbourhoods; what is needed are those of districts.")
        )
    counts = upsert_districts(drafts=_drafts(items), by=by, now=now)
    if counts.created or counts.updated:
        assign_districts(by=by, now=now)
    return Applied(counts.created, counts.updated, counts.unchanged)


def _drafts(items: Sequence[MappedDistrict]) -> list[DistrictDraft]:
    """A district that is known by its English name only keeps the code it has."""
    rows = districts()
    codes = {row.code for row in rows} | {row.names.get("ko") for row in rows}
    by_english = {row.names.get("en", "").casefold(): row.code for row in rows if row.names.get("en")}
    by_slug = {row.slug: row.code for row in rows}
    return [
        DistrictDraft(
            code=item.code
            if {item.code, item.name_ko} & codes
            else by_english.get(item.name_en.casefold()) or by_slug.get(_slug(item)) or item.code,
            names={code: name for code, name in (("ko", item.name_ko), ("en", item.name_en)) if name},
            geometry=_plain(item.geometry),
            lat=item.centre_lat,
            lng=item.centre_lng,
        )
        for item in items
    ]


def _slug(item: MappedDistrict) -> str:
    return item.name_en.casefold().removesuffix("-gu")


def _plain(geometry: dict[str, Any]) -> dict[str, Any]:
    """As the database gives it back, so that equal outlines compare equal."""
    return dict(json.loads(json.dumps(geometry)))
