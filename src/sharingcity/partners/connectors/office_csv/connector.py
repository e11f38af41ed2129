"""The table that an office fills in a spreadsheet: one row a listing, of organisations that the directory knows."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import ClassVar, Final

from sharingcity.partners.connectors.office_csv.choices import category_slug, kind_of, way_of
from sharingcity.partners.connectors.office_csv.days import read_date
from sharingcity.partners.connectors.office_csv.figures import read_fee, read_figure
from sharingcity.partners.connectors.office_csv.headings import NEEDED, heading_of
from sharingcity.partners.connectors.office_csv.sheet import read_sheet
from sharingcity.partners.frame.city import SEOUL, City
from sharingcity.partners.frame.coordinates import NOWHERE, CoordinateFields, Position, read_position
from sharingcity.partners.frame.plain_text import plain_text
from sharingcity.partners.frame.problems import RowProblem, Severity, problem
from sharingcity.partners.frame.rows import Mapped, RawRow, Rejected, Skipped
from sharingcity.partners.frame.source import Source
from sharingcity.partners.frame.spoken_hours import read_hours
from sharingcity.partners.frame.values import latin_digits, read_url
from sharingcity.partners.mapped import (
    BookingMode,
    HowToBook,
    MappedFee,
    MappedHours,
    MappedListing,
    MappedOrganisation,
)

LONGEST: Final[Mapping[str, int]] = {"id": 80, "title": 200, "place": 200, "address": 300, "phone": 60, "url": 800}
MOST: Final = 10_000_000
_COORDINATES = CoordinateFields("lat", "lng")
_BETWEEN_WAYS = re.compile(r"[,;/·،؛\n]")


@dataclass(frozen=True)
class OfficeCsv:
    """A row that cannot be read whole is rejected with its field and the mend: the office can put it right.

    A file speaks for the organisations that it names, and for no other: what it lacks of theirs is taken off.
    """

    city: City = SEOUL
    name: ClassVar[str] = "csv"
    title: ClassVar[str] = "CSV"
    attribution: ClassVar[str] = ""

    def read(self, source: Source) -> Sequence[RawRow]:
        """Every row that holds anything.

        Raises: `import.header_refused`, `import.empty`.
        """
        return read_sheet(source)

    def map(self, raw: RawRow) -> Mapped[MappedListing] | Rejected | Skipped:
        """The listing, or everything that is wrong with the row at once."""
        return _Reading(raw, self.city).outcome()


@dataclass(slots=True)
class _Reading:
    """One row; what stops it and what is only to be known is gathered on the way."""

    raw: RawRow
    city: City
    wrong: list[RowProblem] = field(default_factory=list)
    found: list[RowProblem] = field(default_factory=list)

    def outcome(self) -> Mapped[MappedListing] | Rejected:
        for name in sorted(NEEDED):
            if not self.text(name):
                self.reject(name, "needed")
        for name, most in LONGEST.items():
            if len(self.text(name)) > most:
                self.reject(name, "too_long", most=most)
        organisation = self.organisation()
        listing = self.listing(organisation) if organisation else None
        if listing is None or self.wrong:
            return Rejected(tuple(self.wrong), listing.key if listing else "")
        return Mapped(listing, tuple(self.found))

    def text(self, name: str) -> str:
        return str(self.raw.values.get(name, ""))

    def reject(self, name: str, reason: str, **words: object) -> None:
        self.wrong.append(
            problem(Severity.REJECTED, reason, self.raw.number, heading_of(name), self.text(name)[:200], **words)
        )

    def organisation(self) -> MappedOrganisation | None:
        name = self.text("organisation")
        known = self.city.organisations(name) if name else ()
        if name and len(known) != 1:
            self.reject("organisation", "organisation_ambiguous" if known else "organisation_unknown")
        return MappedOrganisation(name=name, known_id=known[0]) if len(known) == 1 else None

    def listing(self, organisation: MappedOrganisation) -> MappedListing:
        position, (first, last) = self.position(), self.days()
        how = self.how_to_book()
        title = self.text("title")
        return MappedListing(
            key=f"{organisation.known_id}:{self.key()}",
            row=self.raw.number,
            kind=self.choice("kind", kind_of, "kind_unknown") or "space",
            title=title,
            place_name=self.text("place") or title,
            road_address=self.text("address"),
            district_name=self.text("district"),
            lat=position.lat,
            lng=position.lng,
            capacity=self.whole("capacity"),
            spots=self.whole("spots"),
            area_m2=self.figure("area"),
            category=self.choice("category", category_slug, "category_unknown") or "other",
            description=plain_text(self.text("description")),
            hours=self.hours(),
            first_date=first,
            last_date=last,
            booking=BookingMode.ELSEWHERE if how.url or "walk_in" in how.ways else BookingMode.ASK,
            how_to_book=how,
            fee=self.fee(),
            audience=self.text("audience"),
            organisation=organisation,
        )

    def key(self) -> str:
        """The office's own number; else what people tell it apart by."""
        if self.text("id"):
            return self.text("id")
        said = "\x1f".join(self.text(name) for name in ("title", "kind", "place", "address"))
        return sha256(said.encode()).hexdigest()[:24]

    def choice(self, name: str, read: Callable[[str], str], reason: str) -> str:
        text = self.text(name)
        value = read(text) if text else ""
        if text and not value:
            self.reject(name, reason)
        return value

    def figure(self, name: str) -> float | None:
        text = self.text(name)
        number = read_figure(text) if text else None
        if text and (number is None or number > MOST):
            self.reject(name, "number_unclear")
        return number or None

    def whole(self, name: str) -> int | None:
        number = self.figure(name)
        return None if number is None else int(number)

    def position(self) -> Position:
        texts = (latin_digits(self.text("lat")), latin_digits(self.text("lng")))
        if not any(texts):
            return NOWHERE
        position, found = read_position(texts, self.raw.number, _COORDINATES, self.city)
        self.found += found
        return position

    def days(self) -> tuple[date | None, date | None]:
        first, last = (self.day(name) for name in ("first_date", "last_date"))
        if first and last and last < first:
            self.reject("last_date", "last_before_first")
        return first, last

    def day(self, name: str) -> date | None:
        text = self.text(name)
        day = read_date(text) if text else None
        if text and day is None:
            self.reject(name, "day_unclear")
        return day

    def hours(self) -> MappedHours:
        text = self.text("hours")
        rule = read_hours(text) if text else None
        if text and rule is None:
            self.reject("hours", "hours_unclear")
        return MappedHours(rule=rule, is_exact=rule is not None)

    def fee(self) -> MappedFee:
        return read_fee(self.text("fee"), self.city.currency)

    def how_to_book(self) -> HowToBook:
        published, phone = self.text("url"), latin_digits(self.text("phone"))
        url = read_url(published)
        if published and not url:
            self.reject("url", "url_unclear")
        ways = []
        for word in filter(None, (part.strip() for part in _BETWEEN_WAYS.split(self.text("way")))):
            way = way_of(word)
            if not way:
                self.reject("way", "way_unknown")
            ways.append(way)
        told = ways or [way for way, is_there in (("online", url), ("phone", phone)) if is_there]
        return HowToBook(ways=tuple(dict.fromkeys(told)), url=url, phone=phone)
