"""`/organisations`: everybody who shares, with filters, a page at a time."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sharingcity.directory import vocabulary
from sharingcity.directory.queries import EntryQuestion, districts, organisations_asked
from sharingcity.kernel import clock
from sharingcity.kernel.i18n import localised
from sharingcity.portal.web.entries.words import organisation_row
from sharingcity.ui.components import Option
from sharingcity.ui.desk import address, part_of

if TYPE_CHECKING:
    from sharingcity.directory.models import District

SHOWN = 24
MOST_LETTERS = 80


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    places = districts()
    question = _asked(request, places)
    rows = organisations_asked(question, clock.now())
    part = part_of(request, rows, SHOWN)
    lists = {
        "fields": _options(_words(vocabulary.FIELDS), question.field, _("Whatever they share")),
        "districts": _options([(one.slug, localised(one.names)) for one in places], question.district, _("Anywhere")),
        "forms": _options(_words(vocabulary.LEGAL_FORMS), question.legal_form, _("Any legal form")),
        "languages": _options(_words(vocabulary.LANGUAGES), question.language, _("Any language")),
    }
    context = {
        **lists,
        "chosen": _chosen(lists.values(), question.designated),
        "text": question.text,
        "rows": [organisation_row(one, is_designated=one.is_marked) for one in part.rows],  # type: ignore[attr-defined]  # annotated by the query
        "count": rows.count(),
        "part": part,
        "designated": question.designated,
        "is_narrowed": question != EntryQuestion(),
        "all_url": request.path,
        "first_url": address(request, page=None),
    }
    return render(request, "portal/entries/organisations.html", context)


def _asked(request: HttpRequest, places: "list[District]") -> EntryQuestion:
    """What the address asks for; what is not in the lists does not narrow."""
    asked = request.GET
    return EntryQuestion(
        text=asked.get("q", "").replace("\x00", "").strip()[:MOST_LETTERS],
        field=_known(asked.get("field"), vocabulary.FIELDS),
        district=_known(asked.get("district"), {one.slug for one in places}),
        legal_form=_known(asked.get("form"), vocabulary.LEGAL_FORMS),
        language=_known(asked.get("language"), vocabulary.LANGUAGES),
        designated=asked.get("designated") == "true",
    )


def _known(value: str | None, known: Iterable[str]) -> str:
    return value if value and value in set(known) else ""


def _words(words: vocabulary.Vocabulary) -> list[tuple[str, str]]:
    return [(code, str(word)) for code, word in words.items()]


def _chosen(lists: Iterable[list[Option]], is_designated: bool) -> list[str]:
    """What narrows the list, in words: said where the filters are folded."""
    words = [one.label for options in lists for one in options if one.value and one.is_chosen]
    return [*words, _("Designated by the city only")] if is_designated else words


def _options(choices: list[tuple[str, str]], chosen: str, none: str) -> list[Option]:
    return [Option(value=value, label=label, is_chosen=value == chosen) for value, label in [("", none), *choices]]
