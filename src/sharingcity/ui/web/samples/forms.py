"""A form with one field of each sort, once with errors."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sharingcity.ui.forms import CityForm


class SampleForm(CityForm):
    """One field of each sort."""

    purpose = forms.CharField(label=_("What for?"), help_text=_("The steward reads this. One line is enough."))
    people = forms.IntegerField(
        label=_("How many people?"),
        min_value=1,
        max_value=30,
        error_messages={"max_value": _("The room holds 30. Enter 30 or fewer.")},
    )
    who = forms.ChoiceField(
        label=_("Who books?"),
        widget=forms.RadioSelect,
        choices=[("me", _("I book for myself")), ("organisation", _("My organisation books"))],
    )
    start = forms.ChoiceField(label=_("From"), choices=[("19", "19:00"), ("20", "20:00")])
    note = forms.CharField(label=_("A note"), widget=forms.Textarea, required=False)
    rules = forms.BooleanField(label=_("I have read the rules in plain words"))


def sample_form(prefix: str) -> SampleForm:
    """The form with two errors; the prefix keeps the ids of several frames apart."""
    values = {"purpose": str(_("Monthly reading circle")), "people": "42", "who": "me", "start": "19"}
    return SampleForm({f"{prefix}-{name}": value for name, value in values.items()}, prefix=prefix)
