"""What goes when the city takes an organisation off: its feeds pause, so that they bring nothing new."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.slots import ORGANISATION_RETIRED, RetirePart
from sharingcity.kernel.states import SYSTEM, Actor
from sharingcity.partners.models import Feed
from sharingcity.partners.operations.feeds import pause_feed, resume_feed

RUNNING = ("active", "quarantined")


def _count(organisation_id: int, _now: datetime) -> int:
    return Feed.objects.filter(organisation_id=organisation_id, state__in=RUNNING).count()


def _take(organisation_id: int, _by: Actor, now: datetime, _reason: str) -> list[int]:
    """The software's own act: who may take an organisation off need not run feeds."""
    rows = list(Feed.objects.filter(organisation_id=organisation_id, state__in=RUNNING).order_by("pk"))
    return [pause_feed(feed=feed, by=SYSTEM, now=now).pk for feed in rows]


def _give_back(ids: list[int], _by: Actor, now: datetime) -> None:
    for feed in Feed.objects.filter(pk__in=ids, state="paused").order_by("pk"):
        resume_feed(feed=feed, by=SYSTEM, now=now)


def register() -> None:
    part = RetirePart(title=_("Feeds"), count=_count, take=_take, give_back=_give_back)
    ORGANISATION_RETIRED.register("partners", part)
