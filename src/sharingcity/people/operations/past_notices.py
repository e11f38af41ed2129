"""Notices of a past that never was: the demo city's."""

from datetime import datetime

from django.db.models import F

from sharingcity.kernel.states import SystemActor
from sharingcity.people.effects import withdraw_deliveries
from sharingcity.people.models import Notice


def settle_past_notices(*, by: SystemActor, now: datetime) -> int:
    """What the demo city's people were told before `now` counts as delivered when it was written; nobody is mailed.

    Touches only people who exist in a demo city. Returns how many.
    """
    rows = Notice.objects.filter(person__is_demo=True, state="queued", created_at__lte=now)
    told = list(rows.values_list("pk", flat=True))
    rows.update(state="sent", sent_at=F("created_at"))
    withdraw_deliveries(told)
    return len(told)
