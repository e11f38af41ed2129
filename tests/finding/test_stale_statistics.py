"""PostgreSQL plans by statistics, and in the transaction that fills a table they still say that it is empty."""

import pytest
from django.db import connection

from sharingcity.finding.models import ListingFacts
from sharingcity.finding.operations.index import index_listings
from tests import factories as make

pytestmark = pytest.mark.django_db

FILLED = ("listings_listing", "listings_place", "directory_organisation")
COUNT = 60


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans without counting rows")
def test_no_table_is_read_again_for_each_listing() -> None:
    policy = make.make_policy()
    ids = [make.make_room(f"Room {number}", policy=policy).pk for number in range(COUNT)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_class SET reltuples = 0, relpages = 500 WHERE relname = ANY(%s)", [list(FILLED)])
    before = _rows_read()

    index_listings(ids)

    assert ListingFacts.objects.count() == COUNT
    assert _rows_read() - before < COUNT * 10


def _rows_read() -> int:
    """In this transaction, by looking through whole tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT SUM(seq_tup_read) FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)", [list(FILLED)])
        return int(cursor.fetchone()[0])
