"""What a dropped table would do, in words: figures, the rows that need a mend, and the names of what changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from sharingcity.kernel.i18n import localised
from sharingcity.listings.queries import listings_by_id
from sharingcity.partners.frame.problems import MENDS, RowProblem, Severity
from sharingcity.ui.components import Pair

if TYPE_CHECKING:
    from sharingcity.kernel.errors import Refusal
    from sharingcity.partners.frame.report import ImportReport
    from sharingcity.partners.operations.judging import Judged

MOST_LINES: Final = 100
MOST_TITLES: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    row: int
    field: str
    value: str
    reason: str
    mend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The first of them, and how many there are besides."""

    title: str
    lines: list[Line]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """What becomes of some listings, by name."""

    title: str
    count: int
    titles: list[str]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    figures: list[Pair]
    lines: list[Lines]
    titles: list[Titles]
    vanished: int
    shown: int
    does_something: bool
    is_held_back: bool


def preview_of(judged: "Judged") -> Preview:
    plan = judged.plan
    by_outcome = {
        outcome: [localised(item.fields["titles"]) for found, item in judged.outcomes if found == outcome]
        for outcome in ("created", "changed")
    }
    return Preview(
        figures=[Pair(term=term, value=str(count)) for term, count in _figures(judged)],
        lines=[
            found
            for found in (
                _lines(_("Rejected: put these right"), judged.problems, Severity.REJECTED),
                _lines(_("Taken, with a note"), judged.problems, Severity.WARNING),
                _lines(_("Passed over"), judged.problems, Severity.SKIPPED),
            )
            if found.lines
        ],
        titles=[
            found
            for found in (
                _titles(_("Would be created"), by_outcome["created"]),
                _titles(_("Would be changed"), by_outcome["changed"]),
                _gone(judged),
            )
            if found.count
        ],
        vanished=len(plan.vanished),
        shown=plan.shown,
        does_something=bool(plan.created or plan.changed or plan.vanished),
        is_held_back=judged.is_held_back,
    )


def _figures(judged: "Judged") -> Iterable[tuple[str, int]]:
    plan = judged.plan
    return (
        (_("Rows read"), judged.rows),
        (_("Would be created"), len(plan.created)),
        (_("Would be changed"), len(plan.changed)),
        (_("Stay as they are"), len(plan.unchanged)),
        (_("Would be taken off"), len(plan.vanished)),
        (_("Rejected"), judged.rejected),
        (_("Passed over"), judged.skipped),
    )


def _lines(title: str, problems: Iterable[RowProblem], severity: Severity) -> Lines:
    found = [one for one in problems if one.severity is severity]
    shown = [
        Line(
            row=one.row,
            field=one.field,
            value=one.value,
            reason=one.reason,
            mend=str(MENDS.get(one.reason_code, "")),
        )
        for one in found[:MOST_LINES]
    ]
    return Lines(title=title, lines=shown, more=len(found) - len(shown))


def _titles(title: str, titles: list[str]) -> Titles:
    return Titles(title=title, count=len(titles), titles=titles[:MOST_TITLES], more=max(0, len(titles) - MOST_TITLES))


def _gone(judged: "Judged") -> Titles:
    ids = sorted(row.listing_id for row in judged.plan.vanished)
    found = listings_by_id(ids[:MOST_TITLES]) if ids else {}
    titles = [localised(found[number].titles) for number in ids[:MOST_TITLES] if number in found]
    return Titles(title=_("Would be taken off"), count=len(ids), titles=titles, more=max(0, len(ids) - MOST_TITLES))


def done_words(report: "ImportReport") -> str:
    """What bringing it in came to."""
    if not (report.created or report.updated or report.retired):
        return _("Nothing has changed: everything in it stood here already.")
    told = {
        "created": report.created,
        "changed": report.updated,
        "retired": report.retired,
        "rejected": report.rejected,
    }
    return (
        _("Brought in. New: %(created)d, changed: %(changed)d, taken off: %(retired)d, rejected: %(rejected)d.") % told
    )


def refusal_words(refusal: "Refusal") -> str:
    """For people at a page: the command line's words speak of its options."""
    if refusal.code == "import.too_many_retired":
        return _("So much would be taken off that nothing was changed. Is the table whole?")
    return str(refusal.sentence)
