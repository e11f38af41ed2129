"""Saved searches: kept, renamed, paused, and the letters about what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.utils.translation import gettext_lazy as _

from sharingcity.finding.models import SavedSearch
from sharingcity.finding.queries.searches import everything_fitting, new_in, search_of, searches_of
from sharingcity.finding.rules.keeping import MOST_SEARCHES
from sharingcity.kernel.city import local_date
from sharingcity.kernel.db import retried, write
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.kernel.i18n import Words
from sharingcity.people.operations import notify
from sharingcity.people.operations.locking import lock_person
from sharingcity.people.queries import person_by_id

if TYPE_CHECKING:
    from sharingcity.people.models import Person

LONGEST_NAME = 80
LONGEST_ADDRESS = 1500
MOST_KNOWN = 4000
NAMED_IN_LETTER = 3
STOP_SALT = "finding.searches.stop"


@dataclass(frozen=True, slots=True)
class Found:
    """What one look found new, to be told."""

    search: SavedSearch
    names: dict[str, Words]


@retried
def save_search(*, person: "Person", name: str, address: str, often: str, now: datetime) -> SavedSearch:
    """Keeps a search; the same address again is the same search under its new name.

    What fits already is known from the start: only what comes later is new. Raises: Refusal `searches.too_many`,
    `searches.too_long`, `searches.often_unknown`, `searches.name_missing`; NotFound `person.gone`.
    """
    if len(address) > LONGEST_ADDRESS:
        raise Refusal("searches.too_long", _("This search is too long to be kept. Leave some of it out."))
    values = {"name": _name(name), "often": _often(often)}
    fitting = everything_fitting(address, now, person)
    with write():
        lock_person(person)
        own = SavedSearch.objects.filter(person=person)
        if (saved := own.filter(address=address).first()) is not None:
            return _change(saved, **values)
        if own.count() >= MOST_SEARCHES:
            raise Refusal(
                "searches.too_many",
                _("You keep %(most)s searches already. Delete one first.") % {"most": MOST_SEARCHES},
                most=MOST_SEARCHES,
            )
        return SavedSearch.objects.create(
            person=person,
            address=address,
            known=list(fitting.names),
            knows_all=fitting.is_whole,
            looked_at=now,
            saved_at=now,
            **values,
        )


@retried
def change_search(*, person: "Person", code: str, now: datetime, name: str = "", often: str = "") -> SavedSearch:
    """Renames a search, or says how often to tell of news; what happened while it rested is not told later.

    Raises: NotFound `searches.unknown`; Refusal `searches.often_unknown`, `searches.name_missing`.
    """
    values: dict[str, Any] = {}
    values |= {"name": _name(name)} if name else {}
    values |= {"often": _often(often)} if often else {}
    with write():
        lock_person(person)
        saved = search_of(person, code)
        if saved.often == SavedSearch.Often.NEVER and values.get("often", saved.often) != saved.often:
            fitting = everything_fitting(saved.address, now, person)
            values |= {"known": list(fitting.names), "knows_all": fitting.is_whole, "looked_at": now}
        return _change(saved, **values)


def delete_search(*, person: "Person", code: str) -> None:
    """Raises: NotFound `searches.unknown`."""
    search_of(person, code).delete()


def tell_of_news(*, person_id: int, often: str, now: datetime) -> int:
    """Looks at a person's searches of one rhythm and tells what is new: one digest a day, or a letter a search at once.

    Safe to run twice: what is told is known in the same transaction. Returns how much was told.
    """
    person = person_by_id(person_id)
    if person is None:
        return 0
    looked = [Found(saved, new_in(saved, now)) for saved in searches_of(person).filter(often=often)]
    return _tell(person, often, looked, now)


@retried
def _tell(person: "Person", often: str, looked: Sequence[Found], now: datetime) -> int:
    with write():
        try:
            lock_person(person)
        except NotFound:
            return 0
        # Another worker, or the person, may have been at them meanwhile.
        stamps = dict(searches_of(person).filter(often=often).values_list("pk", "looked_at"))
        fresh = [one for one in looked if stamps.get(one.search.pk) == one.search.looked_at]
        news = [one for one in fresh if one.names]
        if often == SavedSearch.Often.DAILY:
            is_told = not news or _digest(person, news, now)
        else:
            letters = [_letter(person, one, now) for one in news]
            is_told = all(letters)
        if not is_told:
            return 0  # told once today: the rest waits for tomorrow
        for one in fresh:
            one.search.known = [*one.search.known, *one.names][-MOST_KNOWN:]
            one.search.looked_at = now
            one.search.save(update_fields=["known", "looked_at"])
        return sum(len(one.names) for one in news)


def _digest(person: "Person", news: Sequence[Found], now: datetime) -> bool:
    key = f"finding.digest:{person.pk}:{local_date(now)}"
    context = {"person": person.pk, "searches": [_as_json(one) for one in news]}
    return notify(person=person, code="finding.digest", context=context, key=key, now=now) is not None


def _letter(person: "Person", one: Found, now: datetime) -> bool:
    key = f"finding.fits:{one.search.code}:{now.isoformat()}"
    context = {"person": person.pk, **_as_json(one)}
    return notify(person=person, code="finding.fits", context=context, key=key, now=now) is not None


def _as_json(one: Found) -> dict[str, Any]:
    named = [dict(words) for words in list(one.names.values())[:NAMED_IN_LETTER]]
    saved = one.search
    return {
        "code": saved.code,
        "name": saved.name,
        "address": saved.address,
        "count": len(one.names),
        "names": named,
    }


def stop_token(person_id: int, code: str = "") -> str:
    """The signed part of the link at the foot of a letter: ends the letters about one search, or about all of them."""
    return signing.dumps([person_id, code], salt=STOP_SALT)


def read_stop_token(token: str) -> tuple[int, str]:
    """Raises: NotFound `searches.link_invalid`."""
    try:
        person_id, code = signing.loads(token, salt=STOP_SALT)
    except (signing.BadSignature, ValueError) as problem:
        raise NotFound("searches.link_invalid", _("This link is not valid.")) from problem
    return int(person_id), str(code)


def stop_letters(*, token: str) -> int:
    """No more letters about the search, or about any; the searches stay. Returns how many were stopped.

    Raises: NotFound `searches.link_invalid`.
    """
    person_id, code = read_stop_token(token)
    rows = SavedSearch.objects.filter(person_id=person_id).exclude(often=SavedSearch.Often.NEVER)
    return (rows.filter(code=code) if code else rows).update(often=SavedSearch.Often.NEVER)


def _change(saved: SavedSearch, **values: Any) -> SavedSearch:
    for field, value in values.items():
        setattr(saved, field, value)
    saved.save(update_fields=list(values))
    return saved


def _name(text: str) -> str:
    name = " ".join(text.replace("\x00", "").split())[:LONGEST_NAME]
    if not name:
        raise Refusal("searches.name_missing", _("Give the search a name."), field="name")
    return name


def _often(text: str) -> str:
    if text not in SavedSearch.Often.values:
        raise Refusal("searches.often_unknown", _("Choose how often we tell you."), field="often")
    return text
