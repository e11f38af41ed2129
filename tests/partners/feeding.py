"""Feeds for tests: added as staff add them, run as a worker runs them."""

from datetime import datetime, timedelta
from typing import Any

from django_tasks_db.models import DBTaskResult
from tests.factories import make_organisation, make_person
from tests.partners.importing import NOW

from sharingcity.kernel.city import local_date
from sharingcity.listings.models import Listing
from sharingcity.partners.models import Feed
from sharingcity.partners.operations import FeedDraft, add_feed
from sharingcity.partners.operations.feed_runs import run_feed
from sharingcity.people.models import Person

__all__ = ["NOW", "make_feed", "officer", "run", "shown"]


def officer(name: str = "Officer Yoon") -> Person:
    person = make_person(name, email=f"{name.rsplit(maxsplit=1)[-1].lower()}@example.org")
    person.grants.create(role="officer", scope="city", scope_id=0, valid_from=NOW - timedelta(days=30))
    return person


def make_feed(location: str, *, connector: str = "gbfs", by: Person | None = None, **more: Any) -> Feed:
    draft = FeedDraft(
        connector=connector,
        location=location,
        organisation=more.pop("organisation", None) or make_organisation("Mapo Cars"),
        **more,
    )
    feed = add_feed(draft=draft, by=by or officer(), now=NOW)
    DBTaskResult.objects.all().delete()
    return feed


def run(feed: Feed, at: datetime | None = None) -> str:
    """A run at `at`, or as soon as it is due."""
    feed.refresh_from_db()
    now = at or max(feed.next_due_at, NOW)
    outcome = run_feed(feed_id=feed.pk, now=now, today=local_date(now))
    feed.refresh_from_db()
    return outcome


def shown(feed: Feed) -> int:
    return Listing.objects.filter(connector=feed.scope, state="published").count() if feed.scope else 0
