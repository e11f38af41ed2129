"""What key-holders are told about their shifts."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import when_words
from sharingcity.people.notice_kinds import NoticeKind
from sharingcity.people.operations import notify

if TYPE_CHECKING:
    from sharingcity.spaces.models import Shift

SAMPLE = {
    "names": {"ko": "양평동주민복지관 다목적 문화센터", "en": "Yangpyeong-dong Residents’ Welfare and Culture Centre"},
    "code": "8FZK2M9QWT",
    "opens_at": "2026-12-04T09:45:00+00:00",
    "closes_at": "2026-12-04T12:15:00+00:00",
}


def _present(context: Mapping[str, Any]) -> Mapping[str, Any]:
    opens_at, closes_at = (datetime.fromisoformat(context[name]) for name in ("opens_at", "closes_at"))
    return {
        "place": localised(context["names"]),
        "code": context["code"],
        "when": when_words(opens_at, closes_at),
    }


def _kind(event: str, subject: Any, body: Any, short: Any) -> NoticeKind:
    return NoticeKind(
        code=f"spaces.shift_{event}",
        subject=subject,
        body=body,
        short=short,
        link="/host/rota/{code}",
        present=_present,
        sample=SAMPLE,
    )


KINDS = (
    _kind(
        "asked",
        _("Can you open {place}?"),
        _("You have been asked to open and close {place}: {when}. Please say yes, or that you cannot come."),
        _("Can you open {place}? {when}"),
    ),
    _kind(
        "moved",
        _("Other hours: {place}"),
        _("The bookings have changed. Your shift at {place} is now {when}."),
        _("Your shift at {place} is now {when}"),
    ),
    _kind(
        "dropped",
        _("Not needed: {place}"),
        _("There is no booking any more at {place}, {when}. You need not come."),
        _("You need not come to {place}, {when}"),
    ),
)


def tell_steward(shift: "Shift", event: str, *, now: datetime) -> None:
    """Tells whoever has the shift, once per event and instant, in the operation's transaction."""
    if shift.steward is None:
        return
    notify(
        person=shift.steward,
        code=f"spaces.shift_{event}",
        context={
            "names": shift.place.names,
            "code": shift.code,
            "opens_at": shift.opens_at.isoformat(),
            "closes_at": shift.closes_at.isoformat(),
        },
        key=f"spaces.shift_{event}:{shift.pk}:{now.isoformat()}",
        now=now,
    )
