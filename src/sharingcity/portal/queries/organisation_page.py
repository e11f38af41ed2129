"""An organisation with what it shares."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.directory.queries import get_organisation, is_designated
from sharingcity.finding.queries import Page, Question, search

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.people.models import Person

SHOWN = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage:
    organisation: "Organisation"
    is_designated: bool
    found: Page


def read_organisation_page(slug: str, viewer: "Person | None", now: datetime) -> OrganisationPage:
    """A fixed number of queries.

    Raises: NotFound `organisation.unknown`.
    """
    one = get_organisation(slug)
    return OrganisationPage(
        organisation=one,
        is_designated=is_designated(one.pk, now),
        found=search(Question(organisation=one.slug, limit=SHOWN), now, viewer),
    )
