"""Nothing was found: which single change finds something, nearest to the question first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from sharingcity.finding.queries.answer import Count, search
from sharingcity.finding.rules.question import LONGEST_DAYS, Flexible, Question
from sharingcity.kernel.city import local_date, zone
from sharingcity.kernel.intervals import Interval

if TYPE_CHECKING:
    from sharingcity.people.models import Person

Change = Literal["hours", "days", "needs", "fee", "people", "place", "time", "kind", "booking", "words"]
DAYS_AROUND = 7
_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class WayOut:
    """One change, and how much it finds. `days`: the same hours within a week; `hours`: any hour of those days."""

    change: Change
    question: Question
    count: Count


def ways_out(question: Question, now: datetime, viewer: "Person | None" = None, most: int = 4) -> list[WayOut]:
    """Up to `most` changes that find something; a search for each that is tried."""
    found: list[WayOut] = []
    for change, other in _changes(replace(question, limit=1, cursor=""), now):
        count = search(other, now, viewer).count
        if count.value:
            found.append(WayOut(change, other, count))
        if len(found) == most:
            break
    return found


def _changes(question: Question, now: datetime) -> Iterator[tuple[Change, Question]]:
    when = question.when
    if when is not None:
        flexible = when if isinstance(when, Flexible) else _day_of(when)
        yield "hours", replace(question, when=replace(flexible, time_from=_MIDNIGHT, time_to=_MIDNIGHT))
        today = local_date(now)
        first = max(today, flexible.date_from - timedelta(days=DAYS_AROUND))
        last = max(flexible.date_to, today) + timedelta(days=DAYS_AROUND)
        if (last - first).days < LONGEST_DAYS:
            yield "days", replace(question, when=replace(flexible, date_from=first, date_to=last))
    if question.access:
        yield "needs", replace(question, access=0)
    if question.free_only or question.max_fee_minor is not None:
        yield "fee", replace(question, free_only=False, max_fee_minor=None)
    if question.party_size is not None:
        yield "people", replace(question, party_size=None)
    yield from _wider(question)


def _wider(question: Question) -> Iterator[tuple[Change, Question]]:
    if question.district or question.near or question.bbox:
        sort = None if question.near else question.sort
        yield "place", replace(question, district="", near=None, radius_m=None, bbox=None, sort=sort)
    if question.when is not None:
        yield "time", replace(question, when=None)
    if question.kind or question.category:
        yield "kind", replace(question, kind="", category="")
    if question.booking or question.designated or question.organisation:
        yield "booking", replace(question, booking="", designated=False, organisation="")
    if question.q:
        yield "words", replace(question, q="")


def _day_of(wish: Interval) -> Flexible:
    """A fixed time as a flexible one of the same day, hours and length."""
    starts, ends = (at.astimezone(zone()) for at in (wish.starts_at, wish.ends_at))
    minutes = int(wish.duration / timedelta(minutes=1))
    return Flexible(
        date_from=starts.date(),
        date_to=starts.date(),
        time_from=starts.time(),
        time_to=ends.time(),
        duration_minutes=max(1, min(minutes, 7 * 24 * 60)),
    )
