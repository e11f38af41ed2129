"""Entries and what waits of them, in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sharingcity.directory import vocabulary
from sharingcity.directory.access import WORDS as ACCESS_WORDS
from sharingcity.directory.access import needs_in
from sharingcity.directory.queries import districts
from sharingcity.directory.queries.versions import said_by
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from sharingcity.directory.models import Confirmation, EntryVersion, Organisation, Retirement, Service

ROLE_WORDS: "Mapping[str, str | _StrPromise]" = {
    "owner": pgettext_lazy("role in an organisation", "Owner"),
    "editor": pgettext_lazy("role in an organisation", "Editor"),
    "member": pgettext_lazy("role in an organisation", "Member"),
}
STATE_WORDS: "Mapping[str, tuple[str | _StrPromise, str]]" = {
    "draft": (pgettext_lazy("entry", "Not shown yet"), "warn"),
    "published": (pgettext_lazy("entry", "Shown"), "ok"),
    "retired": (pgettext_lazy("entry", "No longer shown"), ""),
}
FIELD_WORDS: "Mapping[str, str | _StrPromise]" = {
    "names": gettext_lazy("Name"),
    "summaries": gettext_lazy("In one sentence"),
    "descriptions": gettext_lazy("Description"),
    "legal_form": gettext_lazy("Legal form"),
    "registration_number": gettext_lazy("Registration number"),
    "fields": gettext_lazy("What you share"),
    "kinds": gettext_lazy("What is shared"),
    "problems": gettext_lazy("Social problems you work on"),
    "languages": gettext_lazy("Languages in which you answer"),
    "district_id": gettext_lazy("District"),
    "address": gettext_lazy("Address"),
    "lat": gettext_lazy("Latitude"),
    "lng": gettext_lazy("Longitude"),
    "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail"),
    "shown_contacts": gettext_lazy("Shown to everybody"),
    "url": gettext_lazy("Website"),
    "audience": gettext_lazy("Who may use it"),
    "price_level": gettext_lazy("Price"),
    "price_words": gettext_lazy("Price in words"),
    "is_citywide": gettext_lazy("In the whole city"),
    "district_ids": gettext_lazy("Districts"),
    "steps": gettext_lazy("How to start"),
    "app_links": gettext_lazy("Apps"),
    "opening": gettext_lazy("Opening hours"),
    "access": gettext_lazy("What visitors may rely on"),
}
_LISTS: "Mapping[str, vocabulary.Vocabulary]" = {
    "fields": vocabulary.FIELDS,
    "kinds": vocabulary.FIELDS,
    "problems": vocabulary.PROBLEMS,
    "languages": vocabulary.LANGUAGES,
    "shown_contacts": vocabulary.CONTACTS,
}
_CHOICES: "Mapping[str, vocabulary.Vocabulary]" = {
    "legal_form": vocabulary.LEGAL_FORMS,
    "price_level": vocabulary.PRICE_LEVELS,
}


SUGGESTIONS = gettext_lazy("Suggestions")
SUGGESTIONS_NOTE = gettext_lazy("Somebody misses these in the directory: make a draft, or say why not.")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changes: what it is called, what is shown now, what is to be."""

    term: str
    before: list[str]
    after: list[str]


def differences(version: "EntryVersion") -> list[Difference]:
    """What a version changes, held against what is shown now while it waits, else against what was shown then."""
    entry = version.service or version.organisation
    waits = version.state == "proposed"
    is_new = version.service is not None and version.service.state == "draft"
    found = []
    for name in FIELD_WORDS:
        if name not in version.changes:
            continue
        before = None if is_new else said_by(entry, name) if waits else version.before.get(name)
        found += _of_field(name, before, version.changes[name])
    return found


def _of_field(name: str, before: Any, after: Any) -> list[Difference]:
    """One difference, or one for each language of words."""
    term = str(FIELD_WORDS[name])
    if name != "app_links" and isinstance(after, Mapping):
        old = before if isinstance(before, Mapping) else {}
        return [
            Difference(_(", ").join((term, str(language))), _lines(old.get(code, "")), _lines(after.get(code, "")))
            for code, language in settings.LANGUAGES
            if old.get(code, "") != after.get(code, "")
        ]
    was, becomes = value_words(name, before), value_words(name, after)
    return [Difference(term, was, becomes)] if was != becomes else []


def _lines(text: str) -> list[str]:
    return [line for line in str(text).split("\n") if line.strip()]


def value_words(name: str, value: Any) -> list[str]:
    """A field's value as lines."""
    if value in (None, "", [], (), {}):
        return []
    if name in _LISTS:
        return [str(_LISTS[name].get(code, code)) for code in value]
    if name in _CHOICES:
        return [str(_CHOICES[name].get(value, value))]
    if (shown := _SHOWN.get(name)) is not None:
        return shown(value)
    return [str(value)]


def _steps(value: Any) -> list[str]:
    return [f"{number}. {localised(step)}" for number, step in enumerate(value, start=1)]


def _needs(value: Any) -> list[str]:
    return [str(ACCESS_WORDS[need]) for need in needs_in(value)]


def _yes_or_no(value: Any) -> list[str]:
    return [_("yes") if value else _("no")]


def _links(value: Any) -> list[str]:
    return list(value.values())


def _district_names(ids: Iterable[int]) -> list[str]:
    names = {one.pk: localised(one.names) for one in districts()}
    return [names[pk] for pk in ids if pk in names]


_SHOWN: Mapping[str, Callable[[Any], list[str]]] = {
    "district_id": lambda value: _district_names([value]),
    "district_ids": _district_names,
    "steps": _steps,
    "access": _needs,
    "app_links": _links,
    "is_citywide": _yes_or_no,
}


def title_of(entry: "Organisation | Service") -> str:
    return localised(entry.names)


def reason_words(codes: Sequence[str]) -> str:
    """Why two entries may be the same."""
    return _(", ").join(str(vocabulary.LIKENESSES[code]) for code in codes if code in vocabulary.LIKENESSES)


def stale_words(question: "Confirmation") -> str:
    """Why an entry waits at the desk, and what to do."""
    if question.state == "doubted":
        return _("They say that something is wrong.")
    if question.asks == "desk":
        return _("Nobody keeps it, and no address answers for it: look, call, then confirm it or take it off.")
    return _("Nobody has answered.")


def retired_words(retirement: "Retirement | None") -> dict[str, str]:
    """Since when something is not shown, by whose decision, and why; empty where nothing was written down."""
    if retirement is None:
        return {}
    day = day_words(retirement.retired_at, with_year=True)
    since = _("Taken off by the city on %(day)s") if retirement.by_city else _("Taken off on %(day)s")
    return {"since": since % {"day": day}, "reason": retirement.reason}
