"""Check-lists: set by the manager, gone through at the door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Conflict, Refusal
from sharingcity.kernel.i18n import Words
from sharingcity.kernel.states import Actor
from sharingcity.listings.permissions import scopes_of_place
from sharingcity.people.permissions import require_ability
from sharingcity.spaces.models import CheckAnswer, ChecklistItem, CheckRecord
from sharingcity.spaces.models.checklist import Moment
from sharingcity.spaces.operations.recording import record
from sharingcity.spaces.queries.checks import checklist_of, is_checkable

if TYPE_CHECKING:
    from sharingcity.booking.models import Reservation
    from sharingcity.listings.models import Place
    from sharingcity.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDraft:
    """One thing to look at, coming (`in`) or leaving (`out`)."""

    moment: str
    names: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found at an item; what is not in order is said in words."""

    is_in_order: bool
    words: str = ""


def set_checklist(*, place: "Place", items: Sequence[ItemDraft], by: Actor, now: datetime) -> list[ChecklistItem]:
    """Replaces a building's list; items that records answer stay with them, off the list. Locks the place.

    Raises: NotAllowed `people.not_allowed`; Refusal `checklist.name_missing`, `checklist.moment_unknown`.
    """
    require_ability(by, "manage_listings", scopes_of_place(place), now)
    for item in items:
        if not any(name.strip() for name in item.names.values()):
            raise Refusal("checklist.name_missing", _("Say what is to be looked at."), field="names")
        if item.moment not in Moment.values:
            raise Refusal("checklist.moment_unknown", _("An item is for coming or for leaving."), field="moment")
    with write():
        lock([f"place:{place.pk}"])
        ChecklistItem.objects.filter(place=place, is_active=True).update(is_active=False)
        made = ChecklistItem.objects.bulk_create(
            ChecklistItem(place=place, moment=item.moment, names=dict(item.names), position=position)
            for position, item in enumerate(items)
        )
        record("checklist.set", place, place, by=by, now=now, items=[item.pk for item in made])
    return made


def record_check(
    *,
    reservation: "Reservation",
    moment: str,
    answers: Mapping[int, Answer],
    by: "Person",
    now: datetime,
    words: str = "",
) -> CheckRecord:
    """Somebody went through the whole list with a group; `answers` by item id. Locks the reservation's checks.

    Raises: NotAllowed `people.not_allowed`; Conflict `checklist.recorded`, `checklist.not_now`; Refusal
    `checklist.answer_missing`, `checklist.words_missing`.
    """
    place = reservation.listing.place
    require_ability(by, "check_in", scopes_of_place(place), now)
    if not is_checkable(reservation, moment, now):
        raise Conflict("checklist.not_now", _("The list is gone through when the group comes or leaves."))
    items = checklist_of(place.pk, moment)
    _refuse_incomplete(items, answers)
    with write():
        lock([f"checks:{reservation.pk}"])
        if CheckRecord.objects.filter(reservation=reservation, moment=moment).exists():
            raise Conflict("checklist.recorded", _("Somebody has gone through this list already."))
        made = CheckRecord.objects.create(
            reservation=reservation, moment=moment, recorded_by=by, recorded_at=now, words=words.strip()
        )
        CheckAnswer.objects.bulk_create(
            CheckAnswer(
                record=made,
                item=item,
                is_in_order=answers[item.pk].is_in_order,
                words=answers[item.pk].words.strip(),
            )
            for item in items
        )
        amiss = [item.pk for item in items if not answers[item.pk].is_in_order]
        record("check.record", made, place, by=by, now=now, moment=moment, amiss=amiss)
    return made


def _refuse_incomplete(items: Sequence[ChecklistItem], answers: Mapping[int, Answer]) -> None:
    for item in items:
        answer = answers.get(item.pk)
        if answer is None:
            raise Refusal("checklist.answer_missing", _("Answer every item of the list."), field=f"item-{item.pk}")
        if not answer.is_in_order and not answer.words.strip():
            raise Refusal(
                "checklist.words_missing", _("Say what is not in order, in a few words."), field=f"item-{item.pk}"
            )
