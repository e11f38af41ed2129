"""How much an entry tells: what lists rank by among equals."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation, Service

BEST = 100
FADED = 3
"""An entry that nobody confirms counts a third."""


def _told(*facts: object) -> int:
    return BEST * sum(bool(fact) for fact in facts) // len(facts)


def quality_of_organisation(one: "Organisation") -> int:
    """From 0 to 100."""
    told = _told(one.descriptions, one.fields, one.phone or one.email, one.url, one.district_id, len(one.names) > 1)
    return told // FADED if one.faded_at else told


def quality_of_service(one: "Service") -> int:
    """From 0 to 100."""
    told = _told(one.summaries, one.descriptions, one.kinds, one.steps, one.url, one.audience, len(one.names) > 1)
    return told // FADED if one.faded_at else told
