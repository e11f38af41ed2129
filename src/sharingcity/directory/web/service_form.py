"""A service as a form."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sharingcity.directory import vocabulary
from sharingcity.directory.access import WORDS as ACCESS_WORDS
from sharingcity.directory.access import code_of, needs_in, read_access
from sharingcity.directory.queries import districts
from sharingcity.directory.queries.versions import proposed_words
from sharingcity.directory.web.organisation_form import MOST_LETTERS, ticks, web_address
from sharingcity.directory.web.words import FIELD_WORDS
from sharingcity.kernel.i18n import localised
from sharingcity.ui.forms import CityForm
from sharingcity.ui.language_fields import fields_of, initial_words, language_fields, words_in

if TYPE_CHECKING:
    from sharingcity.directory.models import Service

WORDED = ("names", "summaries", "descriptions", "audience", "price_words", "opening")
MOST_STEPS = 12


class ServiceForm(CityForm):
    """What it is, for whom, at what price, where, and how to start."""

    kinds = ticks("kinds", vocabulary.FIELDS)
    price_level = forms.ChoiceField(
        label=FIELD_WORDS["price_level"],
        widget=forms.RadioSelect,
        choices=list(vocabulary.PRICE_LEVELS.items()),
        initial="free",
    )
    area = forms.ChoiceField(
        label=gettext_lazy("Where is it offered?"),
        widget=forms.RadioSelect,
        choices=[("city", gettext_lazy("In the whole city")), ("districts", gettext_lazy("In these districts"))],
        initial="city",
    )
    districts = forms.MultipleChoiceField(
        label=FIELD_WORDS["district_ids"], widget=forms.CheckboxSelectMultiple, required=False
    )
    access = forms.MultipleChoiceField(
        label=FIELD_WORDS["access"],
        widget=forms.CheckboxSelectMultiple,
        choices=[(code_of(need), words) for need, words in ACCESS_WORDS.items()],
        required=False,
    )
    languages = ticks("languages", vocabulary.LANGUAGES)
    url = web_address(gettext_lazy("Page where it is used"), 800)
    ios = web_address(gettext_lazy("App for iPhones"), 500)
    android = web_address(gettext_lazy("App for Android"), 500)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = districts()
        names = [(one.slug, localised(one.names)) for one in self.places]
        self.fields["districts"].choices = names  # type: ignore[attr-defined]  # a MultipleChoiceField, declared above
        self.fields |= language_fields("names", _("Name, in %(language)s"), 120)
        self.fields |= language_fields("summaries", _("In one sentence, in %(language)s"), 200)
        self.fields |= language_fields("descriptions", _("What it is, in %(language)s"), MOST_LETTERS, rows=5)
        self.fields |= language_fields("audience", _("Who may use it, in %(language)s"), 300)
        self.fields |= language_fields("price_words", _("Price in words, in %(language)s"), 300)
        self.fields |= language_fields("opening", _("Opening hours, in %(language)s"), 300)
        self.fields |= language_fields(
            "steps", _("How to start, in %(language)s"), 3000, rows=4, help_text=_("One step a line.")
        )

    def worded(self) -> dict[str, list[forms.BoundField]]:
        """The fields of each text, one for each language."""
        return {name: fields_of(self, name) for name in (*WORDED, "steps")}

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not words_in(found, "names"):
            self.add_error(f"names_{settings.LANGUAGE_CODE}", _("Give the service a name."))
        if found.get("area") == "districts" and not found.get("districts") and "districts" not in self.errors:
            self.add_error("districts", _("Choose the districts where it is offered."))
        for code, _language in settings.LANGUAGES:
            if len(_lines(str(found.get(f"steps_{code}", "")))) > MOST_STEPS:
                self.add_error(f"steps_{code}", _("At most %(count)s steps.") % {"count": MOST_STEPS})
        return found

    def changes(self) -> dict[str, Any]:
        """The service's fields as they are to be."""
        said = self.cleaned_data
        in_city = said["area"] == "city"
        chosen = set() if in_city else set(said["districts"])
        found: dict[str, Any] = {name: words_in(said, name) for name in WORDED}
        return found | {
            "kinds": list(said["kinds"]),
            "languages": list(said["languages"]),
            "price_level": said["price_level"],
            "is_citywide": in_city,
            "district_ids": sorted(one.pk for one in self.places if one.slug in chosen),
            "access": int(read_access(said["access"])),
            "url": said["url"],
            "app_links": {name: said[name] for name in ("ios", "android") if said[name]},
            "steps": steps_of({code: _lines(said[f"steps_{code}"]) for code, _language in settings.LANGUAGES}),
        }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def steps_of(lines: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """The n-th line of each language is the n-th step."""
    rows = zip_longest(*lines.values(), fillvalue="")
    return [{code: words for code, words in zip(lines, row, strict=True) if words} for row in rows]


def initial_service(service: "Service", seen: int) -> dict[str, Any]:
    """What the form shows: as proposed where a change waits, else as it is."""
    named = (*WORDED, "kinds", "languages", "price_level", "is_citywide", "district_ids", "access", "url")
    said = proposed_words(service, (*named, "app_links", "steps"))
    slugs = {one.pk: one.slug for one in districts()}
    shown: dict[str, Any] = {name: said[name] for name in ("kinds", "languages", "price_level", "url")}
    for name in WORDED:
        shown |= initial_words(name, said[name])
    for code, _language in settings.LANGUAGES:
        shown[f"steps_{code}"] = "\n".join(step.get(code, "") for step in said["steps"]).strip("\n")
    return shown | {
        "area": "city" if said["is_citywide"] else "districts",
        "districts": [slugs[pk] for pk in said["district_ids"] if pk in slugs],
        "access": [code_of(need) for need in needs_in(said["access"])],
        "ios": said["app_links"].get("ios", ""),
        "android": said["app_links"].get("android", ""),
        "seen": seen,
    }
