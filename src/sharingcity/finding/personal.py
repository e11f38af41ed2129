"""What a person keeps: favourites, the list they share, saved searches; handed over or forgotten."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sharingcity.finding.models import Favourite, SavedSearch, SharedFavourites
from sharingcity.people.slots import PERSONAL_DATA, PersonalData

if TYPE_CHECKING:
    from sharingcity.people.models import Person


def _export(person: "Person") -> Any:
    shared = SharedFavourites.objects.filter(person=person).values("title", "shared_at").first()
    return {
        "favourites": _plain(Favourite.objects.filter(person=person).values("target", "code", "kept_at")),
        "shared_list": _plain([shared])[0] if shared else None,
        "saved_searches": _plain(
            SavedSearch.objects.filter(person=person).values("code", "name", "address", "often", "saved_at")
        ),
    }


def _plain(rows: Any) -> list[dict[str, Any]]:
    return [
        {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
        for row in rows
    ]


def _erase(person: "Person", now: datetime) -> None:
    for model in (Favourite, SharedFavourites, SavedSearch):
        model.objects.filter(person=person).delete()


def register() -> None:
    PERSONAL_DATA.register("finding", PersonalData(export=_export, erase=_erase))
