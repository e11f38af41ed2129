"""What the directory's operations write beside an entry: slugs, the journal, who hears of it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.text import slugify

from sharingcity.kernel import journal
from sharingcity.kernel.i18n import Words
from sharingcity.kernel.states import Actor

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation, Service


def free_slugs(wanted: Sequence[str], taken: Collection[str]) -> list[str]:
    """Each as it is, or with the first number that is free."""
    used, found = set(taken), []
    for slug in wanted:
        free, number = slug, 1
        while free in used:
            number += 1
            free = f"{slug[:75]}-{number}"
        used.add(free)
        found.append(free)
    return found


def slug_of(names: Words, wished: str, otherwise: str) -> str:
    """From the wish, else the English, else the Korean, else any name."""
    name = wished or names.get("en") or names.get("ko") or next(iter(names.values()))
    return slugify(name, allow_unicode=True)[:80] or otherwise


def organisation_change(one: "Organisation", event: str, by: Actor, now: datetime, **data: object) -> journal.Change:
    """A journal row of an organisation, in its own stream."""
    return journal.Change(
        stream=f"organisation:{one.pk}",
        event=f"organisation.{event}",
        actor=by.pseudonym,
        at=now,
        object_type="directory.organisation",
        object_id=str(one.pk),
        data=data,
    )


def service_change(one: "Service", event: str, by: Actor, now: datetime, **data: object) -> journal.Change:
    """A journal row of a service, in its organisation's stream."""
    return journal.Change(
        stream=f"organisation:{one.organisation_id}",
        event=f"service.{event}",
        actor=by.pseudonym,
        at=now,
        object_type="directory.service",
        object_id=str(one.pk),
        data=data,
    )
