"""Nobody came: recorded, told, and after several times a restriction that can be appealed."""

from datetime import datetime, timedelta

from sharingcity.booking.models import Reservation
from sharingcity.booking.notices import tell
from sharingcity.booking.operations.loading import subject_today
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.states import SYSTEM
from sharingcity.kernel.tasks import enqueue
from sharingcity.people.operations import impose_restriction
from sharingcity.people.queries import active_restriction, has_left, subjects_of

# How far back absences are counted.
LOOK_BACK = timedelta(days=180)
JUDGE_ABSENCES = "sharingcity.booking.tasks.judge_absences"


def note_absence(reservation: Reservation, *, now: datetime) -> None:
    """Tells the person, and plans to ask whether it was one time too many. Call it in the absence's transaction.

    Planned, not done: the caller holds units, and the locks of persons come before those of units.
    """
    tell(reservation, "absent", now=now)
    if reservation.policy_version.no_shows_until_restriction is not None:
        enqueue(JUDGE_ABSENCES, reservation.pk, now.isoformat())


@retried
def restrict_if_absent_too_often(*, reservation_id: int, now: datetime) -> bool:
    """Restricts whoever missed this reservation when it was one time too many at `now`. Locks the person.

    Somebody served without an account is counted by their number, and restricted as the caller of that number.
    Twice does the same as once: whoever is restricted already is left alone.
    """
    with write():
        reservation = Reservation.objects.select_related("person", "policy_version").get(pk=reservation_id)
        person, rules = reservation.person, reservation.policy_version
        lock([f"person:{person.pk}"])
        if has_left(person) or active_restriction(person, "booking", now) is not None:
            return False
        subjects = subjects_of(subject_today(reservation))
        rows = Reservation.objects.filter(subject__in=subjects, state="no_show", starts_at__gt=now - LOOK_BACK)
        limit, count = rules.no_shows_until_restriction, rows.count()
        if limit is None or count < limit:
            return False
        impose_restriction(
            person=person,
            kind="booking",
            reason_code="booking.repeated_absence",
            words=f"{count}",
            ends_at=now + timedelta(days=rules.restriction_days),
            by=SYSTEM,
            now=now,
        )
    return True
