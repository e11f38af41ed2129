"""Nobody came: recorded, told, and after several times a restriction that can be appealed."""

from datetime import datetime, timedelta

from sharingcity.booking.models import Reservation
from sharingcity.booking.notices import tell
from sharingcity.kernel.states import SYSTEM
from sharingcity.people.operations import impose_restriction
from sharingcity.people.queries import active_restriction, quota_subject, subjects_of

# How far back absences are counted.
LOOK_BACK = timedelta(days=180)


def note_absence(reservation: Reservation, *, now: datetime) -> None:
    """Tells the person; restricts them when it was one time too many. Call it in the absence's transaction."""
    tell(reservation, "absent", now=now)
    limit = reservation.policy_version.no_shows_until_restriction
    if limit is None or reservation.contact_phone:
        return
    subjects = subjects_of(quota_subject(reservation.person))
    rows = Reservation.objects.filter(subject__in=subjects, state="no_show", starts_at__gt=now - LOOK_BACK)
    if rows.count() < limit or active_restriction(reservation.person, "booking", now) is not None:
        return
    impose_restriction(
        person=reservation.person,
        kind="booking",
        reason_code="booking.repeated_absence",
        words=f"{rows.count()}",
        ends_at=now + timedelta(days=reservation.policy_version.restriction_days),
        by=SYSTEM,
        now=now,
    )
