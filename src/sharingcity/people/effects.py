"""Work that follows an operation."""

from datetime import datetime

from sharingcity.kernel.tasks import enqueue

DELIVER_NOTICE = "sharingcity.people.tasks.deliver_notice"


def enqueue_delivery(notice_id: int, *, not_before: datetime | None = None) -> None:
    """In the caller's transaction: the task's row is written or lost together with the notice."""
    enqueue(DELIVER_NOTICE, notice_id, not_before=not_before)
