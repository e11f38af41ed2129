"""Questions about imports that pages and other rooms ask."""

from sharingcity.partners.queries.city import import_city
from sharingcity.partners.queries.claiming import is_claimable
from sharingcity.partners.queries.feeds import feeds, feeds_waiting, freshness_of, get_feed, problem_words, runs_of
from sharingcity.partners.queries.news import latest_news, news_of
from sharingcity.partners.queries.queues import open_differences, retired_with_bookings, waiting_counts
from sharingcity.partners.queries.reports import report_of, report_path, reports_folder
from sharingcity.partners.queries.runs import get_run, recent_runs

__all__ = [
    "feeds",
    "feeds_waiting",
    "freshness_of",
    "get_feed",
    "get_run",
    "import_city",
    "is_claimable",
    "latest_news",
    "news_of",
    "open_differences",
    "problem_words",
    "recent_runs",
    "report_of",
    "report_path",
    "reports_folder",
    "retired_with_bookings",
    "runs_of",
    "waiting_counts",
]
