"""Marks of organisations: taken over from whoever decided on them."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.models import Organisation, Recognition
from sharingcity.kernel import journal
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.states import Actor
from sharingcity.people.permissions import CITY, require_ability


def record_recognition(
    *,
    organisation: Organisation,
    source: str,
    valid_from: datetime,
    valid_until: datetime | None,
    by: Actor,
    now: datetime,
) -> Recognition:
    """Writes down that the organisation is designated for a term. `source` says whose decision it was.

    Raises: NotAllowed `people.not_allowed`; Refusal `recognition.ends_before_start`.
    """
    require_ability(by, "run_imports", [CITY], now)
    if valid_until is not None and valid_until <= valid_from:
        raise Refusal("recognition.ends_before_start", _("The end must come after the start."), field="valid_until")
    with write():
        lock([f"organisation:{organisation.pk}"])
        made = Recognition.objects.create(
            organisation=organisation, source=source, status="valid", valid_from=valid_from, valid_until=valid_until
        )
        journal.append(
            journal.Change(
                stream=f"organisation:{organisation.pk}",
                event="organisation.recognised",
                actor=by.pseudonym,
                at=now,
                object_type=organisation._meta.label_lower,
                object_id=str(organisation.pk),
                data={"source": source, "until": valid_until.isoformat() if valid_until else None},
            )
        )
    return made
