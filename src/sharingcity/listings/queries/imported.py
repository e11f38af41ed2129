"""What imports find when they come again: the listings of a connector, and what people have corrected in them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from sharingcity.listings.models import FieldDifference, FieldSource, Listing

STATE = "state"
"""The field whose origin tells who took a listing off, or who wants it kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRow:
    """A listing that a connector brought, and whether an import may take it off or show it again."""

    listing_id: int
    content_hash: str
    place_id: int
    is_shown: bool
    may_retire: bool
    may_return: bool


def imported_rows(connector: str) -> dict[str, ImportedRow]:
    """All listings of a connector, retired ones too, by their key there; two queries.

    What a person retired stays retired, what a person keeps is kept, whatever the file says.
    """
    by_person = dict(
        FieldSource.objects.filter(listing__connector=connector, field=STATE).values_list(
            "listing_id", "is_from_person"
        )
    )
    rows = Listing.objects.filter(connector=connector).values_list(
        "external_key", "id", "content_hash", "state", "place_id"
    )
    return {
        key: ImportedRow(
            listing_id=listing_id,
            content_hash=content_hash,
            place_id=place_id,
            is_shown=state == Listing.State.PUBLISHED,
            may_retire=state == Listing.State.PUBLISHED and by_person.get(listing_id) is not True,
            may_return=state == Listing.State.RETIRED and by_person.get(listing_id) is False,
        )
        for key, listing_id, content_hash, state, place_id in rows
    }


def shown_ids_by_key(connector: str) -> dict[str, int]:
    """The listings of a connector that are shown, by their key there; one light query."""
    rows = Listing.objects.filter(connector=connector, state=Listing.State.PUBLISHED)
    return dict(rows.values_list("external_key", "id"))


def corrected_fields(connector: str) -> dict[int, frozenset[str]]:
    """Which fields of a connector's listings a person has set, per listing; one query."""
    found: dict[int, set[str]] = {}
    rows = FieldSource.objects.filter(listing__connector=connector, is_from_person=True)
    for listing_id, field in rows.values_list("listing_id", "field"):
        found.setdefault(listing_id, set()).add(field)
    return {listing_id: frozenset(fields) for listing_id, fields in found.items()}


def decided_differences(connector: str) -> set[tuple[int, str, str]]:
    """What people have turned down: listing, field and what the source said, as text; two queries.

    Where the source's word was taken the field is the source's again, and nothing is turned down.
    """
    kept = corrected_fields(connector)
    rows = FieldDifference.objects.filter(listing__connector=connector, decided_at__isnull=False)
    return {
        (listing_id, field, repr(theirs))
        for listing_id, field, theirs in rows.values_list("listing_id", "field", "theirs")
        if field in kept.get(listing_id, ())
    }


def open_differences() -> "QuerySet[FieldDifference]":
    """Where a source says otherwise than a person, oldest first."""
    rows = FieldDifference.objects.filter(decided_at=None).select_related("listing__place", "listing__category")
    return rows.order_by("seen_at", "id")


def retired_imports() -> "QuerySet[Listing]":
    """Listings that an import took off, with their building and organisation."""
    taken_off = FieldSource.objects.filter(field=STATE, is_from_person=False).values("listing_id")
    rows = Listing.objects.filter(state=Listing.State.RETIRED, id__in=taken_off)
    return rows.select_related("place", "organisation").order_by("retired_at", "id")
