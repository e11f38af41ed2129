"""What was found at the door, in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import moment_words
from sharingcity.ui.components import Pair

if TYPE_CHECKING:
    from sharingcity.spaces.models import CheckRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """A list that somebody went through: who, when, and what each item was like."""

    moment: str
    who: str
    when: str
    words: str
    summary: str
    is_fine: bool
    pairs: list[Pair]


def record_row(record: "CheckRecord") -> RecordRow:
    """Asks nothing of the database when the answers were fetched with it."""
    answers = sorted(record.answers.all(), key=lambda answer: answer.item.position)
    amiss = [answer for answer in answers if not answer.is_in_order]
    return RecordRow(
        moment=record.moment,
        who=record.recorded_by.name if record.recorded_by else _("somebody who has left"),
        when=moment_words(record.recorded_at),
        words=record.words,
        summary=ngettext("%(n)s thing not in order", "%(n)s things not in order", len(amiss)) % {"n": len(amiss)}
        if amiss
        else _("All in order"),
        is_fine=not amiss,
        pairs=[
            Pair(
                term=localised(answer.item.names),
                value=_("In order") if answer.is_in_order else _("Not in order"),
                note=answer.words,
            )
            for answer in answers
        ],
    )
