"""The shape of a feed as staff type it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sharingcity.kernel.errors import NotFound
from sharingcity.listings.queries import get_listing
from sharingcity.partners.operations import FeedDraft
from sharingcity.partners.registry import CONNECTORS, Brings
from sharingcity.partners.web.feed_words import PACES, pace_words
from sharingcity.partners.web.organisation_asked import Asked, organisation_asked
from sharingcity.ui.forms import CityForm

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.listings.models import Listing
    from sharingcity.partners.models import Feed


class FeedForm(CityForm):
    """What is fetched, whose it is, how often."""

    connector = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        help_text=gettext_lazy("GBFS: shared cars and bicycles. iCalendar: when a room is taken. Atom / RSS: news."),
    )
    location = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=800,
        help_text=gettext_lazy("Begins with https://. For GBFS the address of gbfs.json."),
        widget=forms.URLInput(attrs={"inputmode": "url", "dir": "ltr", "autocomplete": "off"}),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Whose is it?"),
        max_length=200,
        help_text=gettext_lazy("Its name in the directory, or a part of it: then you choose."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(label=gettext_lazy("What do you call it?"), max_length=120, required=False)
    listing = forms.CharField(
        label=gettext_lazy("Which room?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only for a calendar: the address of the room's page here, or its number."),
    )
    every_minutes = forms.ChoiceField(label=pgettext_lazy("feed", "How often?"))
    language = forms.CharField(
        label=gettext_lazy("Language"),
        max_length=10,
        required=False,
        help_text=gettext_lazy("Only where the source has several, such as ko or en."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    is_anywhere = forms.BooleanField(
        label=gettext_lazy("Keep places far from the city where they are"),
        help_text=gettext_lazy("Otherwise they are listed without a place on the map."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = [entry for entry in CONNECTORS.values() if entry.every_minutes]
        self.fields["connector"].choices = [(entry.name, entry.title) for entry in entries]  # type: ignore[attr-defined]  # a ChoiceField, declared above
        paces = [("", _("As usual for it")), *((str(minutes), pace_words(minutes)) for minutes in PACES)]
        self.fields["every_minutes"].choices = paces  # type: ignore[attr-defined]  # likewise
        self.fields["every_minutes"].required = False
        self.asked = Asked(meant=None, offers=[])

    def clean_organisation(self) -> "Organisation":
        """The one that is meant; else those that come near stand below as buttons."""
        self.asked = organisation_asked(self.cleaned_data["organisation"])
        if self.asked.meant is not None:
            return self.asked.meant
        if self.asked.offers:
            raise forms.ValidationError(_("Choose which one you mean."))
        raise forms.ValidationError(_("No organisation has this name. Write it as in the directory."))

    def clean_listing(self) -> "Listing | None":
        typed = self.cleaned_data["listing"].strip()
        if not typed:
            return None
        parts = [part for part in typed.split("/") if part]
        code = parts[parts.index("listings") + 1] if "listings" in parts[:-1] else typed
        try:
            return get_listing(code)
        except NotFound as refusal:
            raise forms.ValidationError(str(refusal.sentence)) from refusal

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        entry = CONNECTORS.get(found.get("connector", ""))
        if entry and entry.brings is Brings.BUSY and not found.get("listing") and "listing" not in self.errors:
            self.add_error("listing", _("Say which room the calendar is about."))
        return found

    def draft(self) -> FeedDraft:
        """Of a valid form."""
        found = self.cleaned_data
        return FeedDraft(
            connector=found["connector"],
            location=found["location"],
            organisation=found["organisation"],
            name=found["name"],
            listing=found["listing"],
            language=found["language"],
            is_anywhere=found["is_anywhere"],
            every_minutes=int(found["every_minutes"]) if found["every_minutes"] else None,
        )


class FeedChangeForm(CityForm):
    """What may be changed of a feed that is there."""

    name = forms.CharField(label=gettext_lazy("What do you call it?"), max_length=120)
    location = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=800,
        widget=forms.URLInput(attrs={"inputmode": "url", "dir": "ltr", "autocomplete": "off"}),
    )
    every_minutes = forms.TypedChoiceField(label=pgettext_lazy("feed", "How often?"), coerce=int)
    stale_periods = forms.IntegerField(
        label=gettext_lazy("After how many periods of silence are you told?"), min_value=1, max_value=100
    )

    def __init__(self, *args: Any, feed: "Feed", **kwargs: Any) -> None:
        names = ("name", "location", "every_minutes", "stale_periods")
        super().__init__(*args, **{"initial": {name: getattr(feed, name) for name in names}, **kwargs})
        paces = sorted({*PACES, feed.every_minutes})
        self.fields["every_minutes"].choices = [(minutes, pace_words(minutes)) for minutes in paces]  # type: ignore[attr-defined]  # a ChoiceField, declared above
