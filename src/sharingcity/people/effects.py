"""Work that follows an operation."""

from collections.abc import Collection
from datetime import datetime

from sharingcity.kernel.tasks import enqueue, withdraw

DELIVER_NOTICE = "sharingcity.people.tasks.deliver_notice"


def enqueue_delivery(notice_id: int, *, not_before: datetime | None = None) -> None:
    """In the caller's transaction: the task's row is written or lost together with the notice."""
    enqueue(DELIVER_NOTICE, notice_id, not_before=not_before)


def withdraw_deliveries(notice_ids: Collection[int]) -> None:
    """Takes back deliveries that were planned and are not wanted any more."""
    wanted = set(notice_ids)
    withdraw(DELIVER_NOTICE, lambda arguments: bool(arguments) and arguments[0] in wanted)
