"""Who shares most, on the first page: counted ahead, shown as they are now."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sharingcity.directory.models import Organisation, Recognition
from sharingcity.finding.operations import reindex_all
from sharingcity.finding.operations.hosts import count_hosts_ahead
from sharingcity.finding.queries.hosts import leading_hosts
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def shares(name: str, number: int) -> Organisation:
    one = make.make_organisation(name)
    place, policy = make.make_place(one), make.make_policy(one)
    for n in range(number):
        make.make_room(f"{name} {n}", place=place, policy=policy)
    reindex_all()
    return one


def bears_the_mark(one: Organisation) -> None:
    Recognition.objects.create(
        organisation=one, source="designation", status="valid", valid_from=NOW - timedelta(days=1)
    )


def test_without_a_worker_hosts_are_counted_as_they_are() -> None:
    few, many = shares("Few", 1), shares("Many", 3)

    assert leading_hosts(4, NOW).hosts == [(many, 3), (few, 1)]
    assert leading_hosts(1, NOW).hosts == [(many, 3)]


def test_those_who_bear_the_mark_come_instead_of_those_who_share_more() -> None:
    few, _many = shares("Few", 1), shares("Many", 3)
    bears_the_mark(few)
    elsewhere = make.make_organisation("Shares nothing here")
    bears_the_mark(elsewhere)

    found = leading_hosts(4, NOW)

    assert (found.hosts, found.designated) == ([(few, 1), (elsewhere, 0)], 2)
    assert leading_hosts(1, NOW).hosts == [(few, 1)]


def test_what_was_counted_ahead_is_not_counted_again() -> None:
    shares("Many", 3)
    count_hosts_ahead(now=NOW)

    with CaptureQueriesContext(connection) as queries:
        leading_hosts(4, NOW)

    assert not [one for one in queries if "finding_listingfacts" in one["sql"]]


def test_who_was_retired_since_the_count_is_not_shown() -> None:
    few, many = shares("Few", 1), shares("Many", 3)
    count_hosts_ahead(now=NOW)
    Organisation.objects.filter(pk=many.pk).update(state="retired")

    assert leading_hosts(4, NOW).hosts == [(few, 1)]
