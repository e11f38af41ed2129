"""What an import has to say about a row, and the sentences it says it with."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Severity(StrEnum):
    """What became of the row."""

    REJECTED = "rejected"
    SKIPPED = "skipped"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One line of an import's report.

    `row` counts as a spreadsheet does: the header is row 1. In a file without a header the first entry is 1.
    `details` fill the sentence of `reason_code`, so that it can be said in another language; `entry` begins as the
    rejected row does, so that it is found where rows have no numbers.
    """

    row: int
    field: str
    value: str
    reason_code: str
    reason: str
    severity: Severity
    details: tuple[tuple[str, object], ...] = ()
    entry: str = ""


REASONS: Final[dict[str, Promise]] = {
    "bytes_broken": _("Broken characters; each is shown as “�”."),
    "quote_unbalanced": _("A quotation mark is opened and never closed; the row was read without it."),
    "field_count": _("The row has %(found)d fields, the header %(expected)d."),
    "entry_not_object": _("The entry is not an object with named fields."),
    "name_missing": _("Neither the facility nor the place has a name."),
    "id_missing": _("The entry has no identifier."),
    "other_provider": _("Published by another provider than %(city)s."),
    "key_repeated": _("Same key as row %(first)d; kept as a listing of its own, number %(ordinal)d."),
    "coordinates_missing": _("There are no coordinates; the listing is not on the map."),
    "coordinates_unreadable": _("The coordinates cannot be read and were left out."),
    "coordinates_swapped": _("Latitude and longitude were swapped; they were put right."),
    "coordinates_outside": _("The place lies outside the city."),
    "coordinates_far": _("The place would lie %(km)d km from the city: a typing error; the coordinates were left out."),
    "hours_zero": _("00:00–00:00 means closed on %(days)s."),
    "hours_missing": _("There are no opening hours for %(days)s."),
    "hours_unreadable": _("The opening hours for %(days)s cannot be read."),
    "hours_midnight": _("Ends at 00:00; read as midnight, the end of the day."),
    "hours_hedged": _("The hours are qualified elsewhere in the row; they are shown with a note."),
    "never_opens": _("By its own hours and closing days the facility never opens."),
    "suspended": _("The facility is closed for the time being."),
    "closing_missing": _("The closing days are not stated; the hours are shown with a note."),
    "closing_hedged": _("The closing days are qualified (“%(part)s”); the hours are shown with a note."),
    "closing_typo": _("Read as “%(read)s”."),
    "closing_not_understood": _("“%(part)s” cannot be read as closing days; the text is shown and people must ask."),
    "fee_sentence": _("The fee is a sentence; it is shown as it stands."),
    "fee_contradicts": _("Marked as free, but a fee is given; the fee is shown."),
    "number_unreadable": _("This is not a usable number; it was left out."),
    "flag_unreadable": _("Neither Y nor N."),
    "url_unreadable": _("This is not a web address; it was left out."),
    "link_missing": _("There is no usable link; people are told to ask."),
    "time_unreadable": _("This is not a point in time; it was left out."),
    "linked": _("Points to another system: listed as a link, never bookable here."),
    "part_of_row": _("Belongs to the same place as row %(first)d and is listed with it."),
    "part_differs": _("Says otherwise than row %(first)d, of which it is a part; the first row was taken."),
    "operator_missing": _("The operator is not named."),
    "phone_unreadable": _("This is not a telephone number; it was left out."),
    "dates_reversed": _("The last day lies before the first; the two were changed round."),
    "date_unreadable": _("This is not a day; it was left out."),
    "days_without_hours": _("00:00–00:00 is published for %(days)s: shown as not open, with a note."),
    "coordinates_abroad": _("The place lies %(km)d km from the city: listed without its coordinates."),
    "rule_unreadable": _("These opening hours cannot be read; they are shown as a note."),
    "id_unknown": _("Nothing in this feed has this identifier."),
    "status_missing": _("Nothing is said about what is free at this station."),
    "count_impossible": _("There cannot be so many; it is shown as unknown."),
    "nowhere": _("A vehicle stands neither at a station nor at a place; it is not counted."),
    "event_broken": _("The event cannot be read."),
    "start_missing": _("The event does not say when it begins."),
    "series_too_dense": _("The event comes again too often to be a use of a room."),
    "event_transparent": _("The event leaves the room free."),
    "event_without_length": _("The event ends when it begins, or lasts for years."),
    "zone_unknown": _("This time zone is not known; the city's is taken."),
    "xml_broken": _("The file is not clean XML; it was read as far as it goes."),
    "news_old": _("Older than 90 days."),
    "date_missing": _("There is no usable date; the day of reading is taken."),
    "needed": _("This must be filled in."),
    "too_long": _("This is too long: at most %(most)d letters."),
    "organisation_unknown": _(
        "The directory has no organisation of this name. Write the name as it stands there, or enter it there first."
    ),
    "organisation_ambiguous": _(
        "Several organisations have this name. Write the last part of the address of its page instead."
    ),
    "organisation_other": _("This row is of another organisation. What an organisation sends brings its own only."),
    "organisation_retired": _(
        "The city has taken this organisation out of the directory. Bring it back there, and import again."
    ),
    "kind_unknown": _("Write space, thing, vehicle, home or event."),
    "category_unknown": _(
        "The city has no such category. Leave it empty or choose one of those on the page of the template."
    ),
    "way_unknown": _("Write online, app, phone, visit, e-mail or no booking, with commas between them."),
    "number_unclear": _("Write a number only, such as 30."),
    "day_unclear": _("Write the day as 2026-11-26."),
    "last_before_first": _("The last day lies before the first. Exchange them."),
    "hours_unclear": _("Write the hours like this: Mon-Fri 09:00-18:00, Sat 10:00-13:00, Sun closed."),
    "url_unclear": _("Write a web address that begins with https://."),
    "column_unknown": _("No heading of the template; the column was not read."),
    "comment_row": _("Begins with #: an explanation or an example, not read."),
    "formula_like": _("Looks like a formula; taken as plain text, without its sign."),
    "geometry_invalid": _("The outline cannot be used: %(why)s."),
}

# What to do about what a sentence only names; the others say it themselves.
MENDS: Final[dict[str, Promise]] = {
    "field_count": _("Put texts that hold commas or line breaks in quotation marks, or take out the field too many."),
    "entry_not_object": _("Write each entry as an object with named fields."),
    "name_missing": _("Give the entry a name."),
    "id_missing": _("Give the entry an identifier of its own that stays the same."),
    "operator_missing": _("Write who runs it."),
    "too_long": _("Shorten it, or put the rest in the description."),
    "geometry_invalid": _("Draw the outline anew, so that it does not cross itself."),
    "event_broken": _("Save the event in your calendar anew and export it again."),
    "start_missing": _("Give the event a beginning."),
    "series_too_dense": _("Give the series an end, or let it come less often."),
    "event_without_length": _("Let the event end after it begins, within a year."),
}


def problem(
    severity: Severity, reason_code: str, row: int, field: str = "", value: object = "", **words: object
) -> RowProblem:
    """A line for the report; `words` fill the sentence of `reason_code`."""
    sentence = str(REASONS[reason_code])
    text = "" if value is None else str(value)
    told = sentence % words if words else sentence
    return RowProblem(row, field, text, reason_code, told, severity, tuple(words.items()))


def warning(reason_code: str, row: int, field: str = "", value: object = "", **words: object) -> RowProblem:
    """The row is taken, and this has to be known about it."""
    return problem(Severity.WARNING, reason_code, row, field, value, **words)
