"""What the listings' operations write beside the listing: where its fields came from, and the journal."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from sharingcity.kernel import journal
from sharingcity.kernel.db import load_rows
from sharingcity.kernel.states import Actor, SystemActor
from sharingcity.listings.drafts import Source
from sharingcity.listings.models import FieldSource, Listing

FIELD = ("listing_id", "field")
ORIGIN = ("is_from_person", "actor", "source", "row", "licence", "at")


def keep_sources(
    fields: Iterable[tuple[int, str, int | None]],
    *,
    by: Actor,
    now: datetime,
    source: Source | None = None,
    are_first: bool = False,
) -> None:
    """Writes the origin of each (listing id, field, row in the source). `are_first`: of listings made just now."""
    is_from_person = source is None and not isinstance(by, SystemActor)
    origin = (source.name, source.licence) if source else ("", "")
    at = connection.ops.adapt_datetimefield_value(now)
    load_rows(
        FieldSource,
        (*FIELD, *ORIGIN),
        (
            (listing_id, field, is_from_person, by.pseudonym, origin[0], row, origin[1], at)
            for listing_id, field, row in fields
        ),
        over=() if are_first else FIELD,
    )


def record_change(listing: Listing, event: str, by: Actor, now: datetime, **data: object) -> None:
    """One entry in the stream of the listing's organisation."""
    journal.append(
        journal.Change(
            stream=f"organisation:{listing.organisation_id}",
            event=f"listing.{event}",
            actor=by.pseudonym,
            at=now,
            object_type="listings.listing",
            object_id=str(listing.pk),
            data=data,
        )
    )


def record_batch(listings: Sequence[Listing], event: str, by: Actor, now: datetime, source: Source | None) -> None:
    """One entry for each organisation's stream, with the ids of the batch."""
    by_organisation: dict[int, list[int]] = {}
    for listing in listings:
        by_organisation.setdefault(listing.organisation_id, []).append(listing.pk)
    journal.append(
        *(
            journal.Change(
                stream=f"organisation:{organisation_id}",
                event=f"listing.{event}",
                actor=by.pseudonym,
                at=now,
                object_type="listings.listing",
                object_id=str(ids[0]) if len(ids) == 1 else "many",
                data={"listings": ids, **({"source": source.name} if source else {})},
            )
            for organisation_id, ids in sorted(by_organisation.items())
        )
    )
