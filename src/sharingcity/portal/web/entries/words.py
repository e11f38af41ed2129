"""Entries of the directory as plain values: marks, cards, facts, dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from sharingcity.directory import vocabulary
from sharingcity.directory.access import WORDS as ACCESS_WORDS
from sharingcity.directory.access import needs_in
from sharingcity.finding.web.entry_cards import shortened
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words
from sharingcity.portal.web.map_apps import map_links
from sharingcity.ui.components import Fact, Link, Mark, Pair

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from sharingcity.directory.models import Organisation, Service

# A row shows two lines of it.
IN_A_ROW = 240
FIELD_ICONS = {
    "space": "door-open",
    "thing": "hammer",
    "vehicle": "car-front",
    "home": "house-heart",
    "event": "presentation",
    "skill": "hand-helping",
    "knowledge": "book-open",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """An organisation or a service in a list."""

    title: str
    url: str
    text: str
    facts: list[Fact]
    mark: Mark | None = None
    faded: str = ""


def words_of(codes: Iterable[str], words: "vocabulary.Vocabulary") -> list[str]:
    """The words of the codes; unknown ones are left out."""
    return [str(words[code]) for code in codes if code in words]


def mark_of(one: "Organisation", *, is_designated: bool) -> Mark | None:
    """Designated, or a public body."""
    if is_designated:
        return Mark(words=_("Designated by the city"), status="valid")
    return Mark(words=_("Public body")) if one.legal_form == "public_body" else None


def fact(icon: str, value: "str | Promise", note: str = "") -> Fact | None:
    return Fact(icon=icon, value=str(value), note=note) if value else None


def _given(facts: "Iterable[Fact | None]") -> list[Fact]:
    return [one for one in facts if one]


def organisation_row(one: "Organisation", *, is_designated: bool) -> EntryRow:
    return EntryRow(
        title=localised(one.names),
        url=reverse("portal-organisation", args=[one.slug]),
        text=shortened(localised(one.descriptions), IN_A_ROW),
        facts=_given(
            (
                *(fact(FIELD_ICONS[code], vocabulary.FIELDS[code]) for code in one.fields if code in FIELD_ICONS),
                fact("map-pin", localised(one.district.names) if one.district else ""),
            )
        ),
        mark=mark_of(one, is_designated=is_designated),
        faded=faded_words(one),
    )


def service_row(one: "Service") -> EntryRow:
    return EntryRow(
        title=localised(one.names),
        url=reverse("portal-service", args=[one.slug]),
        text=shortened(localised(one.summaries), IN_A_ROW),
        facts=_given(
            (
                *(fact(FIELD_ICONS[code], vocabulary.FIELDS[code]) for code in one.kinds if code in FIELD_ICONS),
                fact("wallet", vocabulary.PRICE_LEVELS[one.price_level]),
                fact("map-pin", area_words(one)),
            )
        ),
        faded=faded_words(one),
    )


def area_words(one: "Service") -> str:
    """Where it is offered."""
    if one.is_citywide:
        return _("The whole city")
    return _join(localised(district.names) for district in one.districts.all())


def _join(words: Iterable[str]) -> str:
    return _(", ").join(words)


def service_facts(one: "Service") -> list[Fact]:
    """Price, area, who may use it, when, in which languages, what a visitor may rely on."""
    access = [str(ACCESS_WORDS[need]) for need in needs_in(one.access)]
    return _given(
        (
            fact("wallet", vocabulary.PRICE_LEVELS[one.price_level], localised(one.price_words)),
            fact("users", _("Who may use it"), localised(one.audience)) if one.audience else None,
            fact("map-pin", area_words(one)),
            fact("clock", _("Opening hours"), localised(one.opening)) if one.opening else None,
            fact("languages", _join(words_of(one.languages, vocabulary.LANGUAGES))),
            fact("accessibility", access[0] if access else "", _join(access[1:])),
        )
    )


def organisation_pairs(one: "Organisation") -> list[Pair]:
    """What is known of an organisation; only the contacts that it shows."""
    shown = one.shown_contacts
    told = (
        (_("What they share"), _join(words_of(one.fields, vocabulary.FIELDS))),
        (_("What they work on"), _join(_short(words_of(one.problems, vocabulary.PROBLEMS)))),
        (_("Legal form"), str(vocabulary.LEGAL_FORMS.get(one.legal_form, ""))),
        (_("Registration number"), one.registration_number),
        (_("District"), localised(one.district.names) if one.district else ""),
        (_("Address"), one.address if "address" in shown else ""),
        (_("Telephone"), one.phone if "phone" in shown else ""),
        (_("E-mail"), one.email if "email" in shown else ""),
        (_("Languages"), _join(words_of(one.languages, vocabulary.LANGUAGES))),
    )
    return [Pair(term=term, value=value) for term, value in told if value]


def _short(problems: Iterable[str]) -> list[str]:
    """The problem itself, without its examples."""
    return [words.partition(":")[0] for words in problems]


def maps_of(one: "Organisation") -> list[Link]:
    """Maps that know the way to an office that may be shown."""
    if "address" not in one.shown_contacts:
        return []
    return map_links(one.names, one.address, one.lat, one.lng)


def faded_words(one: "Organisation | Service") -> str:
    """Since when nobody has confirmed it, where that is so."""
    if one.faded_at is None:
        return ""
    since = day_words(one.confirmed_at or one.created_at, with_year=True)
    return _("Not confirmed since %(day)s") % {"day": since}


def confirmed_words(one: "Organisation | Service") -> str:
    """When its own people last said that it is true."""
    if one.confirmed_at is None or one.faded_at is not None:
        return ""
    return _("Confirmed by themselves on %(day)s") % {"day": day_words(one.confirmed_at, with_year=True)}
