"""What moves when two organisations turn out to be one: bookings of the group, rules, fees, closures."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sharingcity.booking.models import Closure, FeeSchedule, Policy, Reservation, WaitingEntry
from sharingcity.directory.slots import ORGANISATION_MERGED, MergePart

_PARTS: "tuple[tuple[str, Any, Any, str], ...]" = (
    ("reservations", _("Bookings as a group"), Reservation, "group_id"),
    ("waiting", _("Places on waiting lists"), WaitingEntry, "group_id"),
    ("policies", _("Rules of booking"), Policy, "organisation_id"),
    ("fees", _("Fees"), FeeSchedule, "organisation_id"),
    ("closures", _("Closures"), Closure, "organisation_id"),
)


def _counter(model: Any, column: str) -> Callable[[int], int]:
    return lambda organisation_id: model.objects.filter(**{column: organisation_id}).count()


def _mover(model: Any, column: str) -> Callable[[int, int, datetime], None]:
    def move(loser: int, winner: int, _now: datetime) -> None:
        model.objects.filter(**{column: loser}).update(**{column: winner})

    return move


def register() -> None:
    for name, title, model, column in _PARTS:
        part = MergePart(title=title, count=_counter(model, column), move=_mover(model, column))
        ORGANISATION_MERGED.register(f"booking.{name}", part)
