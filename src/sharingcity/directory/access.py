"""Access needs: what a visitor may rely on, one bit each in `Listing.access` and `Service.access`."""

from collections.abc import Iterable
from enum import IntFlag

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Access(IntFlag):
    STEP_FREE = 1
    LIFT = 2
    ACCESSIBLE_TOILET = 4
    HEARING_LOOP = 8
    ACCESSIBLE_PARKING = 16


WORDS: dict[Access, str | Promise] = {
    Access.STEP_FREE: _("Step-free"),
    Access.LIFT: pgettext_lazy("in a building", "Lift"),  # a restriction is lifted, too
    Access.ACCESSIBLE_TOILET: _("Accessible toilet"),
    Access.HEARING_LOOP: _("Hearing loop"),
    Access.ACCESSIBLE_PARKING: _("Accessible parking"),
}


def code_of(need: Access) -> str:
    """`step_free`, `lift` …: the word of the API and of addresses."""
    return (need.name or "").lower()


def read_access(codes: Iterable[str]) -> Access:
    """The needs named; unknown codes raise ValueError with the ones we know."""
    known = {code_of(need): need for need in Access}
    found = Access(0)
    for code in codes:
        if code not in known:
            raise ValueError(f"“{code}” is no access need: use {', '.join(known)}")
        found |= known[code]
    return found


def needs_in(value: int) -> list[Access]:
    return [need for need in Access if value & need]
