"""Keeping things to find them again, and showing one's list to others."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sharingcity.finding.models import Favourite, SharedFavourites
from sharingcity.finding.queries.favourites import kinds_of, standing
from sharingcity.finding.rules.keeping import MOST_KEPT, Kept
from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.people.operations.locking import lock_person

if TYPE_CHECKING:
    from sharingcity.people.models import Person

SECRET_BYTES = 24
LONGEST_TITLE = 80
KEPT_ORGANISATIONS = "kept-organisations"
"""Locked by who keeps organisations and by a merge: else one kept in between would stay under the name that goes."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a device may forget now: `taken` stand in the account, `gone` nowhere; `left` found no place."""

    taken: list[Kept]
    gone: list[Kept]
    left: list[Kept]


@retried
def keep(*, person: "Person", thing: Kept, now: datetime) -> None:
    """Keeps one thing; keeping it again changes nothing.

    Raises: NotFound `favourites.unknown`; Refusal `favourites.too_many`; NotFound `person.gone`.
    """
    merged = merge_favourites(person=person, things=[thing], now=now)
    if merged.gone:
        raise NotFound("favourites.unknown", _("This is not there any more."))
    if merged.left:
        raise Refusal(
            "favourites.too_many",
            _("You keep %(most)s things already. Let one go first.") % {"most": MOST_KEPT},
            most=MOST_KEPT,
        )


def let_go(*, person: "Person", thing: Kept) -> bool:
    """Whether it was kept until now; a page from before a merge means the entry that stayed."""
    codes = [one.code for one in (thing, standing([thing]).get(thing)) if one]
    return bool(Favourite.objects.filter(person=person, target=thing.target, code__in=codes).delete()[0])


@retried
def merge_favourites(*, person: "Person", things: Sequence[Kept], now: datetime) -> Merged:
    """Adds what a device has kept. Safe to run twice and from two windows at once: the account holds the union.

    What was merged meanwhile is kept as the entry that stayed. Locks the person, then favourites against a merge.
    Raises: NotFound `person.gone`.
    """
    with write():
        lock_person(person)
        if any(one.target == "organisation" for one in things):
            lock([KEPT_ORGANISATIONS])
        known = set(Favourite.objects.filter(person=person).values_list("target", "code"))
        stays = standing(things)
        meant = {one: stays.get(one, one) for one in things}
        kinds = kinds_of(meant.values())
        new = [one for one in dict.fromkeys(meant.values()) if one in kinds and one not in known]
        room = max(0, MOST_KEPT - len(known))
        # The first of a list was kept last: it is written last, so that it stays first.
        Favourite.objects.bulk_create(
            Favourite(person=person, target=one.target, code=one.code, kind=kinds[one], kept_at=now)
            for one in reversed(new[:room])
        )
    over = set(new[room:])
    left = [one for one in things if meant[one] in over]
    gone = [one for one in things if meant[one] not in kinds and meant[one] not in known]
    return Merged([one for one in things if one not in left and one not in gone], gone, left)


@retried
def share_favourites(*, person: "Person", title: str, now: datetime) -> SharedFavourites:
    """Gives the person's list an address that cannot be guessed; a second call only changes its title.

    Raises: NotFound `person.gone`.
    """
    with write():
        lock_person(person)
        shared, _is_new = SharedFavourites.objects.get_or_create(
            person=person, defaults={"secret": secrets.token_urlsafe(SECRET_BYTES), "shared_at": now}
        )
        shared.title = " ".join(title.replace("\x00", "").split())[:LONGEST_TITLE]
        shared.save(update_fields=["title"])
    return shared


def unshare_favourites(*, person: "Person") -> None:
    """The address leads nowhere from now on; sharing again makes another one."""
    SharedFavourites.objects.filter(person=person).delete()


def move_favourites(*, loser: str, winner: str) -> int:
    """Who kept the entry that goes keeps the one that stays, once; returns how many kept it. In the transaction of the
    merge, which holds the locks of both.
    """
    lock([KEPT_ORGANISATIONS])
    rows = Favourite.objects.filter(target=Favourite.Target.ORGANISATION)
    both = rows.filter(code=loser, person_id__in=rows.filter(code=winner).values("person_id"))
    twice = both.delete()[0]
    return twice + rows.filter(code=loser).update(code=winner)
