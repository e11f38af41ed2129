"""What sharing came to: counted from reservations that took place, nothing estimated."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from sharingcity.booking.models import Reservation

TOOK_PLACE = Q(state__in=("done", "checked_in"))


@dataclass(frozen=True, slots=True)
class SharedUse:
    """Uses that took place, the rooms they were in, the groups and people who booked them, and who came."""

    uses: int
    places: int
    bookers: int
    people: int

    @property
    def groups_a_place(self) -> int:
        """Different bookers for each place that was used, rounded down."""
        return self.bookers // self.places if self.places else 0

    @property
    def people_a_use(self) -> int:
        return self.people // self.uses if self.uses else 0


def shared_use(since: datetime, until: datetime) -> SharedUse:
    """Of uses that began within the time; one query."""
    rows = Reservation.objects.filter(TOOK_PLACE, starts_at__gte=since, starts_at__lt=until)
    found = rows.aggregate(
        uses=Count("id"),
        places=Count("listing_id", distinct=True),
        bookers=Count("subject", distinct=True),
        people=Sum("party_size"),
    )
    return SharedUse(found["uses"], found["places"], found["bookers"], found["people"] or 0)
