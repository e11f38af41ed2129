"""An organisation's entry as a form."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sharingcity.directory import vocabulary
from sharingcity.directory.queries import districts
from sharingcity.directory.queries.versions import proposed_words
from sharingcity.directory.rules.likeness import KnownEntry, host_of, name_keys
from sharingcity.directory.web.words import FIELD_WORDS
from sharingcity.kernel.i18n import localised
from sharingcity.ui.forms import CityForm
from sharingcity.ui.language_fields import fields_of, initial_words, language_fields, words_in

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation

WORDED = ("names", "descriptions")
LISTED = ("fields", "problems", "languages", "shown_contacts")
PLAIN = ("legal_form", "registration_number", "address", "lat", "lng", "phone", "email", "url")
MOST_LETTERS = 5000


def ticks(name: str, words: "vocabulary.Vocabulary", help_text: Any = "") -> forms.MultipleChoiceField:
    """Codes of one of the directory's lists."""
    return forms.MultipleChoiceField(
        label=FIELD_WORDS[name],
        widget=forms.CheckboxSelectMultiple,
        choices=list(words.items()),
        required=False,
        help_text=help_text,
    )


def web_address(label: Any, length: int, help_text: Any = "") -> forms.URLField:
    """A page on the web, nothing else."""
    field = forms.URLField(label=label, max_length=length, required=False, assume_scheme="https", help_text=help_text)
    field.validators = [URLValidator(schemes=["http", "https"])]
    return field


def district_choices() -> list[tuple[str, str]]:
    """All districts in the reader's words, behind none; for `choices=`, which asks anew for each form."""
    return [("", "–"), *((one.slug, localised(one.names)) for one in districts())]


class OrganisationForm(CityForm):
    """Who they are, what they share and against what, how they are reached."""

    legal_form = forms.ChoiceField(
        label=FIELD_WORDS["legal_form"], choices=[("", "–"), *vocabulary.LEGAL_FORMS.items()]
    )
    registration_number = forms.CharField(
        label=FIELD_WORDS["registration_number"],
        help_text=gettext_lazy("Of the business or of the association, as on its certificate."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    fields_ = ticks("fields", vocabulary.FIELDS)
    problems = ticks("problems", vocabulary.PROBLEMS, gettext_lazy("The five kinds that the city's ordinance names."))
    languages = ticks("languages", vocabulary.LANGUAGES)
    district = forms.ChoiceField(label=FIELD_WORDS["district_id"], choices=district_choices, required=False)
    address = forms.CharField(label=FIELD_WORDS["address"], max_length=300, required=False)
    lat = forms.FloatField(label=FIELD_WORDS["lat"], min_value=-90, max_value=90, required=False)
    lng = forms.FloatField(label=FIELD_WORDS["lng"], min_value=-180, max_value=180, required=False)
    phone = forms.CharField(
        label=FIELD_WORDS["phone"], max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(
        label=FIELD_WORDS["email"],
        help_text=gettext_lazy("Codes go there. Everybody sees it only if you say so below."),
        required=False,
    )
    shown_contacts = ticks("shown_contacts", vocabulary.CONTACTS)
    url = web_address(FIELD_WORDS["url"], 500)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    different = forms.BooleanField(label=gettext_lazy("It is a different one"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A form keeps its own list under the name `fields`.
        self.places = districts()
        self.fields |= language_fields("names", _("Name, in %(language)s"), 120)
        self.fields |= language_fields("descriptions", _("Who they are, in %(language)s"), MOST_LETTERS, rows=5)

    def names(self) -> list[forms.BoundField]:
        return fields_of(self, "names")

    def descriptions(self) -> list[forms.BoundField]:
        return fields_of(self, "descriptions")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not words_in(found, "names"):
            self.add_error(f"names_{settings.LANGUAGE_CODE}", _("Give the organisation a name."))
        if ("lat" in found and "lng" in found) and (found["lat"] is None) != (found["lng"] is None):
            self.add_error("lng", _("Give both, or none."))
        return found

    def changes(self) -> dict[str, Any]:
        """The entry's fields as they are to be."""
        said = self.cleaned_data
        found: dict[str, Any] = {name: said[name] for name in PLAIN}
        found |= {name: words_in(said, name) for name in WORDED}
        found |= {name: list(said["fields_" if name == "fields" else name]) for name in LISTED}
        district = {one.slug: one.pk for one in self.places}.get(said["district"])
        return found | {"district_id": district}

    def as_known(self, pk: int = 0) -> KnownEntry:
        """What of it is compared with the entries that are there."""
        said = self.changes()
        return KnownEntry(
            id=pk,
            name_keys=name_keys(said["names"]),
            registration_number=said["registration_number"],
            host=host_of(said["url"]),
            lat=said["lat"],
            lng=said["lng"],
        )


def initial_organisation(organisation: "Organisation", seen: int) -> dict[str, Any]:
    """What the form shows: as proposed where a change waits, else as it is."""
    said = proposed_words(organisation, (*WORDED, *LISTED, *PLAIN, "district_id"))
    slugs = {one.pk: one.slug for one in districts()}
    shown = {name: said[name] for name in PLAIN}
    shown |= {"fields_" if name == "fields" else name: said[name] for name in LISTED}
    for name in WORDED:
        shown |= initial_words(name, said[name])
    return shown | {"district": slugs.get(said["district_id"], ""), "seen": seen}
