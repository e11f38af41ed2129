"""Counting who went on to partners: a row for each click, folded by night, forgotten after a good year."""

import logging
from datetime import date, datetime, timedelta
from typing import Final

from django.db import OperationalError
from django.db.models import Count, Max, Sum

from sharingcity.kernel.city import local_date
from sharingcity.kernel.db import insert, lock, write
from sharingcity.partners.models import ClickOut
from sharingcity.partners.queries.going import Target

log = logging.getLogger(__name__)
KEPT: Final = timedelta(days=400)


def count_click(target: Target, now: datetime) -> bool:
    """One more today. Whether it could be written: nobody is kept from going on because the city is busy."""
    click = ClickOut(
        organisation_id=target.organisation_id, kind=target.kind, entry=target.entry, day=local_date(now), count=1
    )
    try:
        with write():
            insert(click)
    except OperationalError as problem:
        log.warning("A click could not be counted: %s", problem)
        return False
    return True


def fold_clicks(today: date) -> int:
    """Every day before today has one row an entry, and what is too old goes; returns how many rows that saved."""
    ClickOut.objects.filter(day__lt=today - KEPT).delete()
    parts = ("organisation_id", "kind", "entry", "day")
    crowded = ClickOut.objects.filter(day__lt=today).values(*parts).annotate(rows=Count("id")).filter(rows__gt=1)
    return sum(_fold({name: found[name] for name in parts}) for found in list(crowded.order_by("day")))


def _fold(part: dict[str, object]) -> int:
    with write():
        lock(["click-outs"])
        rows = ClickOut.objects.filter(**part)
        found = rows.aggregate(rows=Count("id"), clicks=Sum("count"), last=Max("id"))
        if found["rows"] < 2:
            return 0
        rows.filter(id__lte=found["last"]).delete()
        ClickOut.objects.create(**part, count=found["clicks"])
    return int(found["rows"]) - 1
