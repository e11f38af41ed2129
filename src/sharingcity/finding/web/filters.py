"""The filters of the page: what can be chosen, and what is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sharingcity.finding.queries.asked import Asked
from sharingcity.finding.rules.question import Sort
from sharingcity.finding.rules.times import ANY, CHOSEN_DAY, DAY_PART_WORDS, WHEN_WORDS
from sharingcity.finding.web.addresses import Address
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import length_words
from sharingcity.listings.access import WORDS, Access, code_of
from sharingcity.ui.components import KindCount, Option
from sharingcity.ui.kinds import ENTRIES, KINDS

LENGTHS = (60, 120, 180, 240)
SHOWN_BELOW = ("date", "part", "from", "until", "minutes", "people", "free", "designated", "access", "sort", "booking")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Everything that the two forms of the page show; labels of set filters say what is set."""

    values: Mapping[str, str]
    when_options: list[Option]
    parts: list[Option]
    lengths: list[Option]
    needs: list[Option]
    sorts: list[Option]
    kinds: list[KindCount]
    carried_by_search: list[tuple[str, str]]
    carried_by_filters: list[tuple[str, str]]
    day_label: str
    people_label: str
    needs_label: str

    @property
    def has_needs(self) -> bool:
        return any(need.is_chosen for need in self.needs)

    @property
    def sort_label(self) -> str:
        """The order that is on, by name."""
        return next((sort.label for sort in self.sorts if sort.is_chosen), self.sorts[0].label)


def filters_of(asked: Asked, address: Address, day_words: str) -> Filters:
    """`day_words` says the day and hours that were chosen; empty when none were."""
    values = asked.values
    return Filters(
        values=values,
        when_options=_when_options(values, day_words),
        parts=_options(DAY_PART_WORDS, values.get("part", "")),
        lengths=_options({"": _("Any length")} | {str(m): length_words(m) for m in LENGTHS}, values.get("minutes", "")),
        needs=[
            Option(value=code_of(need), label=str(WORDS[need]), is_chosen=code_of(need) in asked.access)
            for need in Access
        ],
        sorts=_options(_sort_words(is_near="near" in values), values.get("sort", "")),
        kinds=_kinds(values.get("kind", ""), address),
        carried_by_search=address.hidden("q", "where", "when", "district"),
        carried_by_filters=_under_another_name(address.hidden(*SHOWN_BELOW)),
        day_label=day_words or _("Day and hours"),
        people_label=_people(values.get("people", "")),
        needs_label=_needs(asked.access),
    )


def _under_another_name(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The bar's choice of a time is carried so that a day chosen in the filters beats it."""
    return [("then" if name == "when" else name, text) for name, text in pairs]


def _options(words: Mapping[str, object], chosen: str) -> list[Option]:
    return [Option(value=value, label=str(text), is_chosen=value == chosen) for value, text in words.items()]


def _when_options(values: Mapping[str, str], day_words: str) -> list[Option]:
    """A day and hours chosen below stand here as one more choice."""
    named = values.get("when", "")
    found = _options(WHEN_WORDS, named or (CHOSEN_DAY if day_words else ANY))
    return found if named or not day_words else [*found, Option(value=CHOSEN_DAY, label=day_words, is_chosen=True)]


def _sort_words(*, is_near: bool) -> dict[str, str]:
    found = {"": _("Best match"), Sort.SOONEST: _("Soonest free"), Sort.PRICE: _("Lowest price")}
    return found | ({Sort.DISTANCE: _("Nearest")} if is_near else {})


def _kinds(chosen: str, address: Address) -> list[KindCount]:
    every = KindCount(kind="", url=address.with_(kind="", category=""), is_current=not chosen)
    kinds = (*KINDS, *ENTRIES)
    return [
        every,
        *(KindCount(kind=kind, url=address.with_(kind=kind, category=""), is_current=kind == chosen) for kind in kinds),
    ]


def _people(text: str) -> str:
    if not text.isdecimal():
        return pgettext("filter", "People")
    return ngettext("%(count)s person", "%(count)s people", int(text)) % {"count": text}


def _needs(access: Sequence[str]) -> str:
    known = [str(WORDS[need]) for need in Access if code_of(need) in access]
    return ", ".join(known) or _("Access")


def place_words(asked: Asked) -> str:
    """Where the search looks, as its field shows it."""
    if asked.values.get("where"):
        return asked.values["where"]
    return localised(asked.district.names) if asked.district else ""
