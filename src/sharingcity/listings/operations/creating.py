"""New listings, one from a form or thousands from an import, with their units and hours."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.queries import categories
from sharingcity.kernel.db import lock, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.states import Actor
from sharingcity.listings.drafts import ListingDraft, Source, UnitDraft
from sharingcity.listings.models import HoursVersion, Listing, ListingUnit, Place, Unit
from sharingcity.listings.operations.changing import check_dates
from sharingcity.listings.operations.hours import hours_rows
from sharingcity.listings.operations.recording import keep_sources, record_batch
from sharingcity.listings.permissions import check_may_manage
from sharingcity.listings.slots import announce_change

# What a draft states and what therefore has an origin of its own.
STATED = (
    "titles", "descriptions", "category", "booking", "floor", "capacity", "spots", "area_m2", "access", "opening_note",
    "fee_note", "hour_fee_minor", "first_date", "last_date", "how_to_book", "phone", "url", "hours",
)  # fmt: skip


def create_listing(*, draft: ListingDraft, by: Actor, now: datetime) -> Listing:
    """One listing, entered by staff or its owner.

    Raises: as `create_listings`.
    """
    return create_listings(drafts=[draft], by=by, now=now)[0]


def create_listings(
    *, drafts: Sequence[ListingDraft], by: Actor, now: datetime, source: Source | None = None
) -> list[Listing]:
    """Many at once in few queries, in the order of the drafts; one journal entry for each organisation.

    Raises: NotAllowed `people.not_allowed`; Refusal `listing.title_missing`, `listing.category_unknown`,
    `listing.choice_unknown`, `listing.dates_reversed`, `hours.invalid`, `hours.group_unknown`.
    """
    known = {category.slug: category.pk for category in categories()}
    for draft in drafts:
        _check(draft, known)
    with write():
        _check_places(drafts, by, now)
        rules = hours_rows(draft.hours for draft in drafts if draft.hours)
        made = Listing.objects.bulk_create((_row(draft, known, now) for draft in drafts), batch_size=500)
        pairs = list(zip(made, drafts, strict=True))
        _add_units(pairs)
        HoursVersion.objects.bulk_create(
            (
                HoursVersion(listing=listing, hours=rules[draft.hours], valid_from=draft.hours_from)
                for listing, draft in pairs
                if draft.hours
            ),
            batch_size=500,
        )
        keep_sources(_stated(pairs), by=by, now=now, source=source)
        announce_change([listing.pk for listing in made])
        record_batch(made, "create", by, now, source)
    return made


def _check(draft: ListingDraft, known: dict[str, int]) -> None:
    if not any(draft.titles.values()):
        raise Refusal("listing.title_missing", _("Give it a title."), field="titles")
    if draft.category and draft.category not in known:
        raise Refusal("listing.category_unknown", _("Choose one of the categories."), field="category")
    for name, choices in (("kind", Listing.Kind), ("booking", Listing.Booking), ("books", Listing.Books)):
        if getattr(draft, name) not in choices.values:
            raise Refusal("listing.choice_unknown", _("Choose one of the values offered."), field=name)
    check_dates(draft.first_date, draft.last_date)


def _check_places(drafts: Sequence[ListingDraft], by: Actor, now: datetime) -> None:
    places = Place.objects.in_bulk({draft.place_id for draft in drafts})
    for place_id, organisation_id in {(draft.place_id, draft.organisation_id) for draft in drafts}:
        check_may_manage(by, places[place_id], organisation_id, now)
    lock(f"place:{place_id}" for place_id in places)


def _row(draft: ListingDraft, known: dict[str, int], now: datetime) -> Listing:
    return Listing(
        kind=draft.kind,
        state=draft.state,
        booking=draft.booking,
        books=draft.books,
        titles=dict(draft.titles),
        descriptions=dict(draft.descriptions),
        category_id=known.get(draft.category),
        organisation_id=draft.organisation_id,
        place_id=draft.place_id,
        floor=draft.floor,
        capacity=draft.capacity,
        spots=draft.spots,
        area_m2=draft.area_m2,
        access=int(draft.access),
        opening_note=draft.opening_note,
        fee_note=draft.fee_note,
        hour_fee_minor=draft.hour_fee_minor,
        first_date=draft.first_date,
        last_date=draft.last_date,
        how_to_book=dict(draft.how_to_book),
        phone=draft.phone,
        url=draft.url,
        is_extra=draft.is_extra,
        quality=draft.quality,
        connector=draft.connector,
        external_key=draft.external_key,
        content_hash=draft.content_hash,
        created_at=now,
        changed_at=now,
        retired_at=now if draft.state == Listing.State.RETIRED else None,
    )


def _add_units(pairs: Sequence[tuple[Listing, ListingDraft]]) -> None:
    """Makes the new units, each shared one once, and hangs them on their listings."""
    shared: dict[tuple[int, str], Unit] = {}
    new: list[Unit] = []
    links: list[tuple[Listing, Unit | int]] = []
    for listing, draft in pairs:
        for part in draft.units:
            if isinstance(part, int):
                links.append((listing, part))
                continue
            key = (draft.place_id, part.shared_key)
            unit = shared.get(key) if part.shared_key else None
            if unit is None:
                unit = _unit(part, draft.place_id)
                new.append(unit)
            if part.shared_key:
                shared[key] = unit
            links.append((listing, unit))
    Unit.objects.bulk_create(new, batch_size=500)
    ListingUnit.objects.bulk_create(
        (ListingUnit(listing=listing, unit_id=unit if isinstance(unit, int) else unit.pk) for listing, unit in links),
        batch_size=500,
    )


def _unit(part: UnitDraft, place_id: int) -> Unit:
    return Unit(place_id=place_id, name=part.name[:120], turnaround_minutes=part.turnaround_minutes)


def _stated(pairs: Sequence[tuple[Listing, ListingDraft]]) -> Iterable[tuple[int, str, int | None]]:
    """The fields that the drafts really state; what was left out has no origin."""
    for listing, draft in pairs:
        for name in STATED:
            if getattr(draft, name) not in ("", None, {}):
                yield listing.pk, name, draft.row
