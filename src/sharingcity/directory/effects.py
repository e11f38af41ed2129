"""Work that follows an operation."""

from sharingcity.kernel.tasks import enqueue

SEND_LETTER = "sharingcity.directory.tasks.send_letter"


def enqueue_letter(event: str, row_id: int) -> None:
    """A letter to an address without an account, in the caller's transaction: planned or lost together with the row."""
    enqueue(SEND_LETTER, event, row_id)
