"""What is due is planned as one task a feed, so that one slow server keeps no other waiting."""

from datetime import datetime

from django.db.models import Q

from sharingcity.kernel.db import write
from sharingcity.kernel.tasks import waiting_arguments
from sharingcity.partners.effects import LIVE, RUN, plan_live, plan_run
from sharingcity.partners.models import Feed
from sharingcity.partners.operations.feed_leases import RUNNING


def plan_due_feeds(now: datetime) -> int:
    """Those that wait for a worker already are not planned twice; returns how many are new."""
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    due = Feed.objects.filter(free, state__in=RUNNING, next_due_at__lte=now).order_by("next_due_at")
    return _plan(list(due.values_list("pk", flat=True)), RUN)


def plan_due_figures(now: datetime) -> int:
    """The same for live figures, of feeds that have brought their listings."""
    free = Q(live_leased_until=None) | Q(live_leased_until__lte=now)
    due = Feed.objects.filter(free, state__in=RUNNING, live_due_at__lte=now).exclude(scope="").order_by("live_due_at")
    return _plan(list(due.values_list("pk", flat=True)), LIVE)


def _plan(feed_ids: list[int], task_path: str) -> int:
    if not feed_ids:
        return 0
    plan = plan_run if task_path == RUN else plan_live
    with write():
        waiting = {arguments[0] for arguments in waiting_arguments(task_path)}
        new = [feed_id for feed_id in feed_ids if feed_id not in waiting]
        for feed_id in new:
            plan(feed_id)
    return len(new)
