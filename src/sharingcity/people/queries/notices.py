"""What we told people, and what did not arrive."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Count

from sharingcity.people.models import Notice, Person
from sharingcity.people.permissions import CITY, Scope
from sharingcity.people.queries.within import notices_within

SHOWN = 50
NOT_ARRIVED = ("unreachable", "failed", "sending", "queued")
# Of a district's notices so many of the city's are looked through.
MOST_LOOKED_AT = 2000
OVERDUE = timedelta(minutes=10)


def notices_of(person: Person, *, limit: int = SHOWN) -> list[Notice]:
    """What was said to the person, newest first. What went to somebody else's address (a guardian's) stays out."""
    return list(person.notices.filter(address="").order_by("-created_at", "-pk")[:limit])


def unread_count(person: Person) -> int:
    """How many the person has not read, for the menu."""
    return person.notices.filter(address="", read_at=None).count()


def notices_not_arrived(*, limit: int = 200, reach: Collection[Scope] = (CITY,)) -> list[Notice]:
    """The staff's queue: whom we could not reach first, then what is still being tried, the oldest on top.

    Those of bookings in `reach` alone, where that is less than the city; of the oldest thousands then.
    """
    rows = Notice.objects.filter(state__in=NOT_ARRIVED).select_related("person").order_by("created_at", "pk")
    most = limit if CITY in reach else MOST_LOOKED_AT
    first = list(rows.filter(state="unreachable")[:most])
    found = first + list(rows.exclude(state="unreachable")[: most - len(first)])
    return notices_within(found, reach)[:limit]


def notice_counts(since: datetime) -> dict[str, int]:
    """How many notices written since then are in which state."""
    rows = Notice.objects.filter(created_at__gte=since).values_list("state").annotate(number=Count("pk"))
    return {str(state): int(number) for state, number in rows.order_by("state")}


def unreachable_count(reach: Collection[Scope] = (CITY,)) -> int:
    """For the queue counter on the staff's first page."""
    rows = Notice.objects.filter(state="unreachable")
    return rows.count() if CITY in reach else len(notices_within(list(rows[:MOST_LOOKED_AT]), reach))


def overdue_notices(now: datetime) -> list[int]:
    """What should have gone out ten minutes ago and has not."""
    rows = Notice.objects.filter(state__in=["queued", "sending", "failed"], due_at__lte=now - OVERDUE)
    return list(rows.order_by("due_at").values_list("pk", flat=True)[:500])
