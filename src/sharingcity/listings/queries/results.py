"""Listings as lists show them: few columns in one statement written by hand, equal places and hosts made once."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Model

from sharingcity.kernel.db import among_numbers, read_rows
from sharingcity.listings.models import Listing, Place


class _Part:
    """Some columns of a table, and the models made of them; what is not read loads itself when it is asked for."""

    def __init__(self, model: type[Model], wanted: str) -> None:
        names = set(wanted.split())
        fields = [field for field in model._meta.concrete_fields if field.attname in names]
        table = model._meta.db_table
        self.model = model
        self.names = [field.attname for field in fields]
        self.columns = [f"{table}.{field.column}" for field in fields]
        self.words = [place for place, field in enumerate(fields) if field.get_internal_type() == "JSONField"]

    def make(self, row: tuple[Any, ...]) -> Any:
        values = list(row)
        for place in self.words:
            values[place] = json.loads(values[place])
        return self.model.from_db(connection.alias, self.names, values)


def _to(model: type[Model], name: str) -> type[Any]:
    """The model that a foreign key leads to: other rooms' tables are theirs."""
    return model._meta.get_field(name).related_model  # type: ignore[return-value]  # never "self" here


_PARTS = (
    _Part(
        Listing,
        "id code kind state booking books titles category_id organisation_id place_id capacity access "
        "hour_fee_minor is_extra quality",
    ),
    _Part(Place, "id code names address district_id organisation_id lat lng"),
    _Part(_to(Place, "district"), "id code slug names"),
    _Part(_to(Listing, "organisation"), "id code slug names legal_form"),
    _Part(_to(Listing, "category"), "id slug kind names"),
)
_ENDS = [sum(len(part.names) for part in _PARTS[: number + 1]) for number in range(len(_PARTS))]
_STATEMENT = f"""
    SELECT {", ".join(column for part in _PARTS for column in part.columns)}
    FROM listings_listing JOIN listings_place ON listings_place.id = listings_listing.place_id
    LEFT JOIN directory_district ON directory_district.id = listings_place.district_id
    JOIN directory_organisation ON directory_organisation.id = listings_listing.organisation_id
    LEFT JOIN directory_category ON directory_category.id = listings_listing.category_id
"""  # noqa: S608 - our own columns


def listings_as_results(ids: Iterable[int]) -> dict[int, Listing]:
    """As `listings_by_id`, without the long texts; one query."""
    listed = among_numbers("listings_listing.id", ids)
    made: dict[tuple[Any, ...], Any] = {}
    found: dict[int, Listing] = {}
    for row in read_rows(f"{_STATEMENT} WHERE {listed.text}", listed.parameters):
        listing, place, district, organisation, category = _models_of(row, made)
        place.district = district
        listing.place, listing.organisation, listing.category = place, organisation, category
        found[listing.pk] = listing
    return found


def _models_of(row: tuple[Any, ...], made: dict[tuple[Any, ...], Any]) -> list[Any]:
    """One model for each part, None where the join found nothing."""
    found = []
    for part, starts, ends in zip(_PARTS, [0, *_ENDS], _ENDS, strict=False):
        values = row[starts:ends]
        if (part.model, values) not in made:
            made[part.model, values] = part.make(values) if values[0] is not None else None
        found.append(made[part.model, values])
    return found
