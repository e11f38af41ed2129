"""Forms in the look of the city: fields through the field component, an error summary on top."""

from django import forms


class StyledForm(forms.BaseForm):
    """Mix in before `forms.Form` or `forms.ModelForm`; `{{ form }}` then draws summary and fields.

    The browser's own required-check stays off: our sentences speak the page's language and stay in sight.
    """

    template_name = "ui/form.html"
    use_required_attribute = False


class CityForm(StyledForm, forms.Form):
    """A plain form in the look of the city."""
