"""Background work of the directory."""

from datetime import time, timedelta

from sharingcity.directory import operations
from sharingcity.kernel import clock
from sharingcity.kernel.tasks import periodic, task


@task(max_attempts=6)
def send_letter(event: str, row_id: int) -> None:
    """Sends a letter to an address without an account."""
    operations.send_letter(event=event, row_id=row_id)


@periodic("directory.still_true", at=time(9, 10))
@task()
def ask_still_true() -> None:
    """Reminds and fades what was asked, then asks anew."""
    operations.remind_and_fade(now=clock.now())
    operations.ask_owners(now=clock.now())
    operations.ask_contacts(now=clock.now())


@periodic("directory.lapse", every=timedelta(minutes=15))
@task()
def lapse() -> None:
    """Codes and invitations that nobody used in time."""
    operations.lapse_claims(now=clock.now())
    operations.lapse_invitations(now=clock.now())


@periodic("directory.likenesses", at=time(3, 20))
@task()
def find_likenesses() -> None:
    """Entries that may be the same."""
    operations.find_likenesses(now=clock.now())


@periodic("directory.forget_reporters", at=time(3, 50))
@task()
def forget_reporters() -> None:
    """Who reported an error or suggested something is not known for ever."""
    operations.forget_reporters(now=clock.now())
    operations.forget_suggesters(now=clock.now())
