"""What a listing is, as a form: for a new one and for one that changes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sharingcity.directory.queries import categories
from sharingcity.kernel.i18n import localised
from sharingcity.listings.access import WORDS as ACCESS_WORDS
from sharingcity.listings.access import code_of, needs_in, read_access
from sharingcity.portal.web.host_rows import BOOKING_WORDS
from sharingcity.ui.forms import CityForm, DayField
from sharingcity.ui.kinds import KINDS
from sharingcity.ui.language_fields import fields_of, initial_words, language_fields, words_in

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing, Place

WORDED = ("titles", "descriptions", "how_to_book")
DAYS = ("first_date", "last_date")
PLAIN = (
    "booking",
    "category",
    "capacity",
    "spots",
    *DAYS,
    "area_m2",
    "floor",
    "opening_note",
    "fee_note",
    "phone",
    "url",
)


class DetailsForm(CityForm):
    """Words, size, access, how it is booked."""

    booking = forms.ChoiceField(
        label=gettext_lazy("How is it booked?"), widget=forms.RadioSelect, choices=list(BOOKING_WORDS.items())
    )
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("For how many people?"), min_value=1, max_value=100_000, required=False
    )
    spots = forms.IntegerField(
        label=gettext_lazy("Room for how many vehicles?"),
        help_text=gettext_lazy("Bays of a car park, docks of a station."),
        min_value=1,
        max_value=100_000,
        required=False,
    )
    first_date = DayField(label=gettext_lazy("First day"), required=False)
    last_date = DayField(label=gettext_lazy("Last day"), required=False)
    area_m2 = forms.FloatField(label=gettext_lazy("Size in m²"), min_value=0.1, max_value=1_000_000, required=False)
    floor = forms.CharField(label=gettext_lazy("Floor"), max_length=30, required=False)
    access = forms.MultipleChoiceField(
        label=gettext_lazy("What visitors may rely on"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(code_of(need), words) for need, words in ACCESS_WORDS.items()],
        required=False,
    )
    opening_note = forms.CharField(label=gettext_lazy("Beside the opening hours"), max_length=500, required=False)
    fee_note = forms.CharField(label=gettext_lazy("Beside the fee"), max_length=500, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Telephone for questions"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    url = forms.URLField(
        label=gettext_lazy("Page with more about it"), max_length=800, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, kind: str, extras: "Sequence[Listing]" = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one.slug, localised(one.names)) for one in categories(kind)]
        self.fields["category"].choices = [("", _("None of these")), *kinds]  # type: ignore[attr-defined]  # a ChoiceField, declared above
        self.fields |= language_fields("titles", _("Title, in %(language)s"), 120)
        self.fields |= language_fields("descriptions", _("What it is good for, in %(language)s"), 3000, rows=4)
        self.fields |= language_fields("how_to_book", _("How it is booked, in %(language)s"), 1000, rows=2)
        if extras:
            self.fields["extras"] = forms.MultipleChoiceField(
                label=_("Equipment that can be booked with it"),
                widget=forms.CheckboxSelectMultiple,
                choices=[(extra.code, localised(extra.titles)) for extra in extras],
                required=False,
            )

    def titles(self) -> list[forms.BoundField]:
        return fields_of(self, "titles")

    def descriptions(self) -> list[forms.BoundField]:
        return fields_of(self, "descriptions")

    def how_to_book(self) -> list[forms.BoundField]:
        return fields_of(self, "how_to_book")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not words_in(found, "titles"):
            self.add_error(f"titles_{settings.LANGUAGE_CODE}", _("Give it a title."))
        first, last = (found.get(name) for name in DAYS)
        if first and last and last < first:
            self.add_error("last_date", _("The last day lies before the first."))
        return found

    def changes(self) -> dict[str, Any]:
        """The listing's fields as they are to be."""
        found = {name: self.cleaned_data[name] for name in PLAIN}
        found |= {name: words_in(self.cleaned_data, name) for name in WORDED}
        return found | {"access": read_access(self.cleaned_data["access"])}

    @property
    def chosen_extras(self) -> set[str]:
        return set(self.cleaned_data.get("extras", ()))


def initial_details(listing: "Listing", extras: "Sequence[Listing]") -> dict[str, Any]:
    """What the form shows of a listing; `extras` are those offered with it now."""
    shown: dict[str, Any] = {name: getattr(listing, name) for name in PLAIN if name != "category"}
    shown["category"] = listing.category.slug if listing.category else ""
    shown["access"] = [code_of(need) for need in needs_in(listing.access)]
    shown["extras"] = [extra.code for extra in extras]
    for name in WORDED:
        shown |= initial_words(name, _texts(getattr(listing, name)))
    return shown


def _texts(words: Mapping[str, Any]) -> dict[str, str]:
    return {code: text for code, text in words.items() if isinstance(text, str)}


class NewForm(CityForm):
    """What a new listing needs first; everything else is asked for on its own page."""

    place = forms.ChoiceField(label=gettext_lazy("Where is it?"))
    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), widget=forms.RadioSelect, initial="space")
    quantity = forms.IntegerField(
        label=gettext_lazy("How many of the same kind?"),
        help_text=gettext_lazy("More than one: residents book as many as they need."),
        min_value=1,
        max_value=200,
        initial=1,
    )
    turnaround_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes kept free after each use"), min_value=0, max_value=1440, initial=0
    )

    def __init__(self, *args: Any, places: "Sequence[Place]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.code: place for place in places}
        names = [(code, localised(place.names)) for code, place in self.places.items()]
        kinds = [(kind, look.one) for kind, look in KINDS.items()]
        extra = ("extra", gettext_lazy("Equipment that is booked with a room"))
        self.fields["place"].choices = sorted(names, key=lambda one: one[1])  # type: ignore[attr-defined]  # a ChoiceField, declared above
        self.fields["kind"].choices = [*kinds, extra]  # type: ignore[attr-defined]  # likewise
        self.fields |= language_fields("titles", _("Title, in %(language)s"), 120)

    def titles(self) -> list[forms.BoundField]:
        return fields_of(self, "titles")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not words_in(found, "titles"):
            self.add_error(f"titles_{settings.LANGUAGE_CODE}", _("Give it a title."))
        return found
