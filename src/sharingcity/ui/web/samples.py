"""Sample values for the gallery."""

from django import forms

from sharingcity.ui.forms import CityForm


class SampleForm(CityForm):
    """One field of each sort."""

    purpose = forms.CharField(label="What for?", help_text="The steward reads this. One line is enough.")
    people = forms.IntegerField(label="How many people?", min_value=1, max_value=30)
    who = forms.ChoiceField(
        label="Who books?",
        widget=forms.RadioSelect,
        choices=[("me", "I book for myself"), ("org", "My organisation books")],
    )
    email = forms.EmailField(label="E-mail", required=False)
    note = forms.CharField(label="A note", widget=forms.Textarea, required=False)
    start = forms.ChoiceField(label="From", choices=[("19", "19:00"), ("20", "20:00")])
    rules = forms.BooleanField(label="I have read the rules in plain words")


def gallery() -> dict[str, object]:
    """Context of the gallery page."""
    return {
        "form": SampleForm({"people": "42", "purpose": "Monthly reading circle"}),
        "empty_form": SampleForm(),
    }
