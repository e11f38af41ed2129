"""What moves when two organisations turn out to be one: feeds and news."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.slots import ORGANISATION_MERGED, MergePart
from sharingcity.partners.models import Feed, NewsItem


def _count_feeds(organisation_id: int) -> int:
    return Feed.objects.filter(organisation_id=organisation_id).count()


def _move_feeds(loser: int, winner: int, _now: datetime) -> None:
    Feed.objects.filter(organisation_id=loser).update(organisation_id=winner)


def _count_news(organisation_id: int) -> int:
    return NewsItem.objects.filter(organisation_id=organisation_id).count()


def _move_news(loser: int, winner: int, _now: datetime) -> None:
    NewsItem.objects.filter(organisation_id=loser).update(organisation_id=winner)


def register() -> None:
    ORGANISATION_MERGED.register("partners.feeds", MergePart(title=_("Feeds"), count=_count_feeds, move=_move_feeds))
    ORGANISATION_MERGED.register("partners.news", MergePart(title=_("News"), count=_count_news, move=_move_news))
