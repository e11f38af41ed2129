"""Everything the first page shows, in few queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sharingcity.booking.queries.shared import SharedUse, shared_use
from sharingcity.finding.queries import Flexible, Page, Question, Sort, search
from sharingcity.finding.queries.clusters import count_by_kind
from sharingcity.finding.queries.favourites import kept_by
from sharingcity.finding.queries.hosts import leading_hosts
from sharingcity.finding.rules.keeping import Kept
from sharingcity.kernel.city import local_date, zone
from sharingcity.partners.queries import latest_news

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.partners.models import NewsItem
    from sharingcity.people.models import Person

SHOWN = 4
NEWS_SHOWN = 3
EVENING = (time(18), time(23))
# From here on tonight is tomorrow evening.
TOO_LATE = time(20)
COUNTED_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """`is_tonight`: the evening shown is today's. `hosts`: designated organisations, else those that share most, and
    then `designated` is 0.
    """

    counts: Mapping[str, int]
    is_tonight: bool
    evening: Flexible
    free: Page
    hosts: "list[tuple[Organisation, int]]"
    designated: int
    use: SharedUse
    news: "list[NewsItem]"
    kept: frozenset[Kept]


def read_home_page(viewer: "Person | None", now: datetime) -> HomePage:
    """A fixed number of queries."""
    local = now.astimezone(zone())
    is_tonight = local.time() < TOO_LATE
    day = local_date(now) + timedelta(days=0 if is_tonight else 1)
    evening = Flexible(date_from=day, date_to=day, time_from=EVENING[0], time_to=EVENING[1], duration_minutes=120)
    question = Question(when=evening, booking="here", limit=SHOWN, sort=Sort.RELEVANCE)
    leading = leading_hosts(SHOWN, now)
    return HomePage(
        counts=count_by_kind(),
        is_tonight=is_tonight,
        evening=evening,
        free=search(question, now, viewer),
        hosts=leading.hosts,
        designated=leading.designated,
        use=shared_use(now - COUNTED_BACK, now),
        news=latest_news(now, NEWS_SHOWN),
        kept=kept_by(viewer),
    )
