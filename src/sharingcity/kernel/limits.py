"""How often somebody may ask: counted across all processes of the city, at hardly any price for those who ask little.

Each process lets everybody ask a tenth of the limit without writing anything down. Beyond that it takes twentieths of
the limit out of one shared count in the database. So the limit holds, plus at most that tenth for each process.
"""

import hashlib
import hmac
import threading
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.db import retried
from sharingcity.kernel.errors import TooMany
from sharingcity.kernel.models import AskedCount

MOST_PURSES = 20_000

_COUNT = (
    "INSERT INTO kernel_askedcount (key, count, ends_at) VALUES (%s, %s, %s)"
    " ON CONFLICT (key) DO UPDATE SET count = kernel_askedcount.count + excluded.count RETURNING count"
)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `amount` times in each window of so many seconds. An amount of 0 is no limit."""

    name: str
    amount: int
    seconds: int = 60


@dataclass(slots=True)
class _Purse:
    """What this process may still let one asker do in a window without looking at the shared count."""

    window: int
    left: int
    is_spent: bool = False


_purses: dict[tuple[str, str], _Purse] = {}
_guard = threading.Lock()


def spend(limit: Limit, who: str, now: datetime) -> None:
    """Counts one more by `who` (an address, kept only as a salted hash). Raises: TooMany `request.too_many`."""
    if not limit.amount:
        return
    window = int(now.timestamp()) // limit.seconds
    with _guard:
        purse = _purse(limit, who, window)
        if purse.left:
            purse.left -= 1
            return
        is_spent = purse.is_spent
    ends_at = (window + 1) * limit.seconds
    if is_spent or not _lease(limit, who, purse, ends_at):
        raise TooMany(
            "request.too_many",
            _("That was very often in a short time. Wait a moment."),
            retry_after_seconds=max(1, ends_at - int(now.timestamp())),
        )


def _purse(limit: Limit, who: str, window: int) -> _Purse:
    found = _purses.get((limit.name, who))
    if found is None or found.window != window:
        if len(_purses) >= MOST_PURSES:
            _purses.clear()
        found = _purses[limit.name, who] = _Purse(window, left=limit.amount // 10)
    return found


def _lease(limit: Limit, who: str, purse: _Purse, ends_at: int) -> bool:
    """Takes a twentieth out of the shared count; whether there was any left."""
    part = max(1, limit.amount // 20)
    counted = _add(f"{limit.name}:{_hidden(who)}:{purse.window}", part, datetime.fromtimestamp(ends_at, UTC))
    with _guard:
        if counted > limit.amount:
            purse.is_spent = True
            return False
        purse.left += part - 1
    return True


@retried
def _add(key: str, part: int, ends_at: datetime) -> int:
    ends = connection.ops.adapt_datetimefield_value(ends_at)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, part, ends])
        return int(cursor.fetchone()[0])


def _hidden(who: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), who.encode(), hashlib.sha256).hexdigest()[:32]


def forget_counts(now: datetime) -> int:
    """Counts of windows that are over go."""
    return AskedCount.objects.filter(ends_at__lte=now).delete()[0]
