"""Partners' work in the background: a sweep each minute plans what is due, each feed is a task of its own."""

from datetime import time, timedelta

from sharingcity.kernel.city import local_date
from sharingcity.kernel.clock import now
from sharingcity.kernel.tasks import periodic, task
from sharingcity.partners.operations import feed_alarms, feed_runs, live
from sharingcity.partners.operations.apply_busy import forget_past_times
from sharingcity.partners.operations.apply_news import forget_old_news
from sharingcity.partners.operations.clicks import fold_clicks
from sharingcity.partners.operations.dispatching import plan_due_feeds, plan_due_figures
from sharingcity.partners.operations.feed_records import forget_old_runs
from sharingcity.partners.operations.kept_tables import forget_old_tables
from sharingcity.partners.operations.webhook_delivery import deliver
from sharingcity.partners.operations.webhook_gathering import gather_changes


@periodic("partners.fetch_due_feeds", every=timedelta(minutes=1))
@task()
def fetch_due_feeds() -> int:
    """Every minute: feeds that are due are planned, those that have been silent for too long are told of."""
    planned = plan_due_feeds(now())
    feed_alarms.raise_stale_alarms(now())
    return planned


@task(max_attempts=1)
def run_feed(feed_id: int) -> str:
    """One run. Tried again by the sweep, not by the queue: a failed source has its own pace."""
    at = now()
    return feed_runs.run_feed(feed_id=feed_id, now=at, today=local_date(at))


@periodic("partners.refresh_due_figures", every=timedelta(minutes=1))
@task()
def refresh_due_figures() -> int:
    """Every minute: what is free at partners' stations is planned to be asked for."""
    return plan_due_figures(now())


@task(max_attempts=1, priority=-10)
def refresh_live(feed_id: int) -> int | None:
    """Live figures of one feed. Whatever residents wait for goes first."""
    return live.refresh_live(feed_id=feed_id, now=now())


@periodic("partners.forget", at=time(3, 20))
@task()
def forget_what_is_old() -> int:
    """Every night: news of a season ago, times that are over, figures of yesterday, reports of last month."""
    at = now()
    return forget_old_news(at) + forget_past_times(at) + live.forget_old_figures(at) + forget_old_runs(at)


@periodic("partners.forget_tables", every=timedelta(hours=1))
@task()
def forget_tables() -> int:
    """Every hour: tables that were dropped on a page and never confirmed."""
    return forget_old_tables(now())


@periodic("partners.fold_clicks", at=time(3, 40))
@task()
def fold_what_was_clicked() -> int:
    """Every night: one row an entry and day is left of yesterday's clicks."""
    return fold_clicks(local_date(now()))


@periodic("partners.gather_changes", every=timedelta(minutes=1))
@task()
def gather_what_changed() -> int:
    """Every minute: organisations' changes are gathered into calls to their webhooks."""
    return gather_changes(now())


@task(max_attempts=1, priority=-10)
def deliver_changes(webhook_id: int) -> int:
    """Calls of one webhook. Tried again at its own pace, not by the queue."""
    return deliver(webhook_id, now)
