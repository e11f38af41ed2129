"""Forms in the look of the city: fields through the field component, an error summary on top."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sharingcity.kernel.dates import is_near


class StyledForm(forms.BaseForm):
    """Mix in before `forms.Form` or `forms.ModelForm`; `{{ form }}` then draws summary and fields.

    The browser's own required-check stays off: our sentences speak the page's language and stay in sight.
    """

    template_name = "ui/form.html"
    use_required_attribute = False


class CityForm(StyledForm, forms.Form):
    """A plain form in the look of the city."""


class DayField(forms.DateField):
    """A day of the city's calendar; one so far away that arithmetic with it leaves the calendar is no day."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        found = super().to_python(value)
        if found is not None and not is_near(found):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found
