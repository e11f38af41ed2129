"""An organisation with what it runs, shares and tells."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sharingcity.directory.queries import get_organisation, is_claimable, is_designated, services_of
from sharingcity.finding.queries import Page, Question, search
from sharingcity.kernel.errors import NotFound
from sharingcity.partners.queries.news import news_of

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation, Service
    from sharingcity.partners.models import NewsItem
    from sharingcity.people.models import Person

SHOWN = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage:
    organisation: "Organisation"
    is_designated: bool
    is_claimable: bool
    services: "list[Service]"
    found: Page
    news: "list[NewsItem]"


def read_organisation_page(slug: str, viewer: "Person | None", now: datetime) -> OrganisationPage:
    """A fixed number of queries.

    Raises: NotFound `organisation.unknown`; a drafted one is unknown, too.
    """
    one = get_organisation(slug)
    if one.state == "draft":
        raise NotFound("organisation.unknown", "There is no such organisation.")
    return OrganisationPage(
        organisation=one,
        is_designated=is_designated(one.pk, now),
        is_claimable=is_claimable(one, now),
        services=services_of([one.pk]).get(one.pk, []),
        found=search(Question(organisation=one.slug, limit=SHOWN), now, viewer),
        news=news_of(one.pk, now),
    )
