"""A sandbox key in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sharingcity.directory.permissions import owns_entry
from sharingcity.kernel.wording import moment_words

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.people.models import ApiToken


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """`tone` colours the state, which stands in words, too."""

    id: int
    name: str
    beginning: str
    maker: str
    until: str
    used_at: datetime | None
    state: str
    tone: str


def key_row(key: "ApiToken", organisation: "Organisation", now: datetime) -> KeyRow:
    state, tone = _state(key, organisation, now)
    return KeyRow(
        id=key.pk,
        name=key.name,
        beginning=key.beginning,
        maker=key.person.name,
        until=moment_words(key.expires_at, with_year=True) if key.expires_at else "",
        used_at=key.last_used_at,
        state=state,
        tone=tone,
    )


def _state(key: "ApiToken", organisation: "Organisation", now: datetime) -> tuple[str, str]:
    if key.expires_at and key.expires_at <= now:
        return pgettext("sandbox key", "Run out"), "line"
    if not key.person.is_active or not owns_entry(key.person, organisation, now):
        return _("Does not work: who made it is no longer an owner"), "stop"
    return pgettext("sandbox key", "Works"), "ok"
