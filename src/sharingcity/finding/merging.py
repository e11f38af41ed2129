"""What moves when two organisations turn out to be one: who keeps them."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.queries import organisations_by_id
from sharingcity.directory.slots import ORGANISATION_MERGED, MergePart
from sharingcity.finding.models import Favourite
from sharingcity.finding.operations.favourites import move_favourites


def _code(organisation_id: int) -> str:
    found = organisations_by_id([organisation_id]).get(organisation_id)
    return found.code if found else ""


def _count(organisation_id: int) -> int:
    return Favourite.objects.filter(target="organisation", code=_code(organisation_id)).count()


def _move(loser: int, winner: int, _now: datetime) -> None:
    move_favourites(loser=_code(loser), winner=_code(winner))


def register() -> None:
    part = MergePart(title=_("People who keep it as a favourite"), count=_count, move=_move)
    ORGANISATION_MERGED.register("finding.favourites", part)
