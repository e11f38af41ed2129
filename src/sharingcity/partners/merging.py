"""What moves when two organisations turn out to be one: feeds and news."""

from datetime import datetime

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from sharingcity.directory.slots import ORGANISATION_MERGED, MergePart
from sharingcity.kernel import journal
from sharingcity.kernel.states import SYSTEM
from sharingcity.partners.models import ClickOut, Feed, NewsItem, Webhook
from sharingcity.partners.states import WEBHOOK


def _count_feeds(organisation_id: int) -> int:
    return Feed.objects.filter(organisation_id=organisation_id).count()


def _move_feeds(loser: int, winner: int, _now: datetime) -> None:
    Feed.objects.filter(organisation_id=loser).update(organisation_id=winner)


def _count_news(organisation_id: int) -> int:
    return NewsItem.objects.filter(organisation_id=organisation_id).count()


def _move_news(loser: int, winner: int, _now: datetime) -> None:
    NewsItem.objects.filter(organisation_id=loser).update(organisation_id=winner)


def _count_clicks(organisation_id: int) -> int:
    return ClickOut.objects.filter(organisation_id=organisation_id).aggregate(all=Sum("count"))["all"] or 0


def _move_clicks(loser: int, winner: int, _now: datetime) -> None:
    ClickOut.objects.filter(organisation_id=loser).update(organisation_id=winner)


def _count_webhooks(organisation_id: int) -> int:
    return Webhook.objects.filter(organisation_id=organisation_id).exclude(state="deleted").count()


def _move_webhooks(loser: int, winner: int, now: datetime) -> None:
    """They go on with the winner's changes, from now on; an address that the winner tells already is not told twice."""
    stream = f"organisation:{winner}"
    position = journal.head_numbers([stream]).get(stream, 0)
    told = Webhook.objects.filter(organisation_id=winner).exclude(state="deleted")
    addresses = set(told.values_list("address", flat=True))
    for webhook in Webhook.objects.filter(organisation_id=loser):
        if webhook.state != "deleted" and webhook.address in addresses:
            webhook.address = ""
            WEBHOOK.transition(webhook, "delete", by=SYSTEM, now=now, also=("address",))
        webhook.organisation_id, webhook.position = winner, position
        webhook.save(update_fields=["organisation_id", "position"])


def register() -> None:
    ORGANISATION_MERGED.register("partners.feeds", MergePart(title=_("Feeds"), count=_count_feeds, move=_move_feeds))
    ORGANISATION_MERGED.register("partners.news", MergePart(title=_("News"), count=_count_news, move=_move_news))
    ORGANISATION_MERGED.register(
        "partners.clicks", MergePart(title=_("People sent on"), count=_count_clicks, move=_move_clicks)
    )
    ORGANISATION_MERGED.register(
        "partners.webhooks", MergePart(title=_("Webhooks"), count=_count_webhooks, move=_move_webhooks)
    )
