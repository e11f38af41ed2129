"""What is open about an entry that is no longer shown comes to its end."""

from datetime import datetime

from sharingcity.directory.models import Confirmation, EntryClaim, EntryVersion, Invitation, Organisation
from sharingcity.directory.states import CLAIM, CONFIRMATION, INVITATION, VERSION
from sharingcity.kernel.states import SYSTEM


def close_what_is_open(organisation: Organisation, now: datetime) -> None:
    """Questions, claims, invitations and changes of an entry that goes."""
    for question in Confirmation.objects.filter(organisation=organisation, state__in=["asked", "faded", "doubted"]):
        CONFIRMATION.transition(question, "close", by=SYSTEM, now=now)
    for claim in EntryClaim.objects.filter(organisation=organisation, state__in=["sent", "waiting"]):
        CLAIM.transition(claim, "lapse", by=SYSTEM, now=now)
    for invitation in Invitation.objects.filter(organisation=organisation, state="invited"):
        INVITATION.transition(invitation, "withdraw", by=SYSTEM, now=now)
    for version in EntryVersion.objects.filter(organisation=organisation, service=None, state="proposed"):
        VERSION.transition(version, "withdraw", by=SYSTEM, now=now)
