"""Outlines become districts; every place goes to the district around it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.operations import DistrictDraft, upsert_districts
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
    counts = upsert_districts(drafts=[_draft(item) for item in items], by=by, now=now)
    if counts.created or counts.updated:
        assign_districts(by=by, now=now)
    return Applied(counts.created, counts.updated, counts.unchanged)


def _draft(item: MappedDistrict) -> DistrictDraft:
    return DistrictDraft(
        code=item.code,
        names={code: name for code, name in (("ko", item.name_ko), ("en", item.name_en)) if name},
        geometry=_plain(item.geometry),
        lat=item.centre_lat,
        lng=item.centre_lng,
    )


def _plain(geometry: dict[str, Any]) -> dict[str, Any]:
    """As the database gives it back, so that equal outlines compare equal."""
    return dict(json.loads(json.dumps(geometry)))
