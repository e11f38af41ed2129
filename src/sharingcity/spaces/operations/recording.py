"""The journal of what is no workflow of its own."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from sharingcity.kernel import journal
from sharingcity.kernel.states import Actor

if TYPE_CHECKING:
    from sharingcity.listings.models import Place


def record(event: str, subject: Model, place: "Place", *, by: Actor, now: datetime, **data: Any) -> None:
    """One entry in the stream of the organisation that runs the building."""
    journal.append(
        journal.Change(
            stream=f"organisation:{place.organisation_id}",
            event=event,
            actor=by.pseudonym,
            at=now,
            object_type=subject._meta.label_lower,
            object_id=str(subject.pk),
            data=data,
        )
    )
