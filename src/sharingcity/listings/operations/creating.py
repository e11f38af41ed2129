"""New listings, one from a form or thousands from an import, with their units and hours."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from sharingcity.directory.queries import categories, organisations_by_id
from sharingcity.kernel.db import GivenNumbers, Prepared, load_rows, new_row, save_rows, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.ids import new_id
from sharingcity.kernel.states import Actor, SystemActor
from sharingcity.listings.drafts import ListingDraft, Source, UnitDraft
from sharingcity.listings.models import WHOLE_ROW, HoursVersion, Listing, ListingUnit, Place, Unit
from sharingcity.listings.operations.changing import check_dates
from sharingcity.listings.operations.hours import hours_rows
from sharingcity.listings.operations.recording import keep_sources, record_batch
from sharingcity.listings.permissions import check_may_manage
from sharingcity.listings.queries.findable import PLACE_COLUMNS, MadeFindable, NamesAround, findable_row, is_findable
from sharingcity.listings.slots import announce_made
from sharingcity.listings.states import house_retired

# What a draft states and what therefore has an origin of its own.
STATED = (
    "titles", "descriptions", "category", "booking", "floor", "capacity", "spots", "area_m2", "access", "opening_note",
    "fee_note", "hour_fee_minor", "first_date", "last_date", "how_to_book", "phone", "url", "hours",
)  # fmt: skip
NOTHING: tuple[Any, ...] = ("", {})
_statements = attrgetter(*STATED)

CHOICES = tuple(
    (name, frozenset(choices.values))
    for name, choices in (("kind", Listing.Kind), ("booking", Listing.Booking), ("books", Listing.Books))
)

_locked_places: Prepared[tuple[Any, ...]] = Prepared(
    lambda: (
        Place.objects.select_for_update(no_key=True)
        .filter(id__among=GivenNumbers("ids"))
        .order_by("id")
        .values_list("id", *PLACE_COLUMNS)
    )
)


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
    `listing.choice_unknown`, `listing.dates_reversed`, `hours.invalid`, `hours.group_unknown`; Conflict
    `listing.organisation_retired`.
    """
    known = {category.slug: category.pk for category in categories()}
    for draft in drafts:
        _check(draft, known)
    with write():
        places = _locked(drafts, by, now)
        rules = hours_rows(draft.hours for draft in drafts if draft.hours)
        around = NamesAround(draft.organisation_id for draft in drafts)
        made = [_row(draft, known, now) for draft in drafts]
        save_rows(made)
        pairs = list(zip(made, drafts, strict=True))
        units = _add_units(pairs)
        hours = {listing.pk: (rules[draft.hours].pk, draft.hours_from) for listing, draft in pairs if draft.hours}
        load_rows(
            HoursVersion,
            ("listing_id", "hours_id", "valid_from"),
            ((pk, hours_id, first.isoformat()) for pk, (hours_id, first) in hours.items()),
        )
        keep_sources(_rows(pairs) if source else _stated(pairs), by=by, now=now, source=source, are_first=True)
        shown = [findable_row(row, places[row.place_id]) for row in made if is_findable(row)]
        announce_made([MadeFindable(one, around.of(one), hours.get(one.id), units.get(one.id, ())) for one in shown])
        record_batch(made, "create", by, now, source)
    return made


def _check(draft: ListingDraft, known: dict[str, int]) -> None:
    if not any(draft.titles.values()):
        raise Refusal("listing.title_missing", _("Give it a title."), field="titles")
    if draft.category and draft.category not in known:
        raise Refusal("listing.category_unknown", _("Choose one of the categories."), field="category")
    for name, choices in CHOICES:
        if getattr(draft, name) not in choices:
            raise Refusal("listing.choice_unknown", _("Choose one of the values offered."), field=name)
    check_dates(draft.first_date, draft.last_date)


def _locked(drafts: Sequence[ListingDraft], by: Actor, now: datetime) -> dict[int, Sequence[Any]]:
    """PLACE_COLUMNS of their places, in which `by` may list them.

    Whoever changes a place meanwhile waits, and tells the finders of these listings, too. The rows are locked, not
    their names: an import may stand in more places than there is room for names.
    """
    found: dict[int, Sequence[Any]] = {
        pk: values for pk, *values in _locked_places.rows(ids={draft.place_id for draft in drafts})
    }
    if not isinstance(by, SystemActor):
        _check_houses({draft.organisation_id for draft in drafts})
        for place_id, organisation_id in {(draft.place_id, draft.organisation_id) for draft in drafts}:
            place = new_row(Place, {"id": place_id, **dict(zip(PLACE_COLUMNS, found[place_id], strict=True))})
            check_may_manage(by, place, organisation_id, now)
    return found


def _check_houses(ids: set[int]) -> None:
    if any(one.state == "retired" for one in organisations_by_id(ids).values()):
        raise house_retired()


def _row(draft: ListingDraft, known: dict[str, int], now: datetime) -> Listing:
    values = {
        "code": new_id(),
        "kind": draft.kind,
        "state": draft.state,
        "booking": draft.booking,
        "books": draft.books,
        "titles": dict(draft.titles),
        "descriptions": dict(draft.descriptions),
        "category_id": known.get(draft.category),
        "organisation_id": draft.organisation_id,
        "place_id": draft.place_id,
        "floor": draft.floor,
        "capacity": draft.capacity,
        "spots": draft.spots,
        "area_m2": draft.area_m2,
        "access": int(draft.access),
        "opening_note": draft.opening_note,
        "fee_note": draft.fee_note,
        "hour_fee_minor": draft.hour_fee_minor,
        "first_date": draft.first_date,
        "last_date": draft.last_date,
        "how_to_book": dict(draft.how_to_book),
        "phone": draft.phone,
        "url": draft.url,
        "is_extra": draft.is_extra,
        "quality": draft.quality,
        "connector": draft.connector,
        "external_key": draft.external_key,
        "content_hash": draft.content_hash,
        "created_at": now,
        "changed_at": now,
        "retired_at": now if draft.state == Listing.State.RETIRED else None,
    }
    return new_row(Listing, values)


def _add_units(pairs: Sequence[tuple[Listing, ListingDraft]]) -> dict[int, list[int]]:
    """Makes the new units, each shared one once, and hangs them on their listings; the units of each listing."""
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
    save_rows(new)
    found: dict[int, list[int]] = {}
    for listing, one in links:
        found.setdefault(listing.pk, []).append(one if isinstance(one, int) else one.pk)
    load_rows(ListingUnit, ("listing_id", "unit_id"), ((pk, unit_id) for pk, ids in found.items() for unit_id in ids))
    return found


def _unit(part: UnitDraft, place_id: int) -> Unit:
    return Unit(place_id=place_id, name=part.name[:120], turnaround_minutes=part.turnaround_minutes)


def _rows(pairs: Sequence[tuple[Listing, ListingDraft]]) -> Iterable[tuple[int, str, int | None]]:
    """An import states a listing as a whole; fields get origins of their own when one of them changes."""
    return ((listing.pk, WHOLE_ROW, draft.row) for listing, draft in pairs)


def _stated(pairs: Sequence[tuple[Listing, ListingDraft]]) -> Iterable[tuple[int, str, int | None]]:
    """The fields that the drafts really state; what was left out has no origin."""
    for listing, draft in pairs:
        for name, value in zip(STATED, _statements(draft), strict=True):
            if value is not None and value not in NOTHING:
                yield listing.pk, name, draft.row
