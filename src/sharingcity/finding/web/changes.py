"""Single changes of a search that find something, as links."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from sharingcity.finding.queries.ways_out import Change
from sharingcity.finding.queries.ways_out import WayOut as Found
from sharingcity.finding.rules.question import Flexible
from sharingcity.finding.rules.times import FIELDS
from sharingcity.finding.web.addresses import Address
from sharingcity.ui.components import WayOut

_WORDS: Mapping[Change, tuple[str, str | Promise]] = {
    "hours": ("clock", gettext_lazy("Any hour of that day")),
    "days": ("calendar", gettext_lazy("Another day, a week before or after")),
    "needs": ("accessibility", gettext_lazy("Without the access needs")),
    "fee": ("banknote", gettext_lazy("At any price")),
    "people": ("users", gettext_lazy("For any number of people")),
    "place": ("map", gettext_lazy("The whole city")),
    "time": ("calendar", gettext_lazy("At any time")),
    "kind": ("layers", gettext_lazy("Of any kind")),
    "booking": ("landmark", gettext_lazy("From anybody, however it is booked")),
    "words": ("search", gettext_lazy("Without the words")),
}
_DROPPED: Mapping[Change, tuple[str, ...]] = {
    "needs": ("access",),
    "fee": ("free", "max_fee"),
    "people": ("people",),
    "place": ("where", "district", "near", "radius_m", "bbox", "sort"),
    "time": (*FIELDS, "when", "minutes"),
    "kind": ("kind", "category"),
    "booking": ("booking", "designated", "organisation"),
    "words": ("q",),
}


def shown_ways(found: Iterable[Found], address: Address) -> list[WayOut]:
    """Each with the number that it finds."""
    return [
        WayOut(icon=_WORDS[one.change][0], title=str(_WORDS[one.change][1]), url=_url(one, address), found=_count(one))
        for one in found
    ]


def _url(one: Found, address: Address) -> str:
    when = one.question.when
    if one.change not in ("hours", "days") or not isinstance(when, Flexible):
        return address.without(*_DROPPED[one.change])
    times = {
        "date_from": when.date_from.isoformat(),
        "date_to": when.date_to.isoformat(),
        "time_from": f"{when.time_from:%H:%M}",
        "time_to": f"{when.time_to:%H:%M}",
        "minutes": str(when.duration_minutes or ""),
    }
    return address.with_(**{**dict.fromkeys((*FIELDS, "when"), ""), **times})


def _count(one: Found) -> str:
    return ngettext("%(count)s result", "%(count)s results", one.count.value) % {"count": f"{one.count.value:,}"}
