"""The questions of sign-up: name, language, age, and every consent on its own, none ticked before."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import clock
from sharingcity.kernel.i18n import language
from sharingcity.people import operations
from sharingcity.people.models import Person
from sharingcity.people.purposes import PURPOSES
from sharingcity.ui.forms import StyledForm


class SignUpQuestions(StyledForm, forms.Form):
    """What we ask beside address and password; allauth puts it into every way of signing up."""

    name = forms.CharField(label=_("Name"), help_text=_("As people at the counter may call you."), max_length=80)
    language = forms.ChoiceField(label=_("Language of our notices"), choices=settings.LANGUAGES)
    age = forms.ChoiceField(
        label=_("Your age"),
        choices=[
            ("14", _("I am 14 or older")),
            ("child", _("I am under 14; a parent or guardian will confirm by e-mail")),
        ],
        widget=forms.RadioSelect,
    )
    guardian_email = forms.EmailField(
        label=_("E-mail address of your parent or guardian"),
        help_text=_("Only if you are under 14. Your account opens when they say yes."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = language()
        for code, purpose in PURPOSES.items():
            self.fields[f"consent_{code}"] = forms.BooleanField(
                label=format_lazy("{} ({})", purpose.title, _("required") if purpose.is_required else _("optional")),
                help_text=purpose.sentence,
                required=purpose.is_required,
                error_messages={"required": _("Without this there can be no account.")},
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        found = self.cleaned_data
        if found.get("age") == "child" and not found.get("guardian_email") and "guardian_email" not in self.errors:
            self.add_error("guardian_email", _("Give the address of your parent or guardian."))
        if (
            found.get("age") == "child"
            and found.get("guardian_email", "").lower() == found.get("email", "").lower() != ""
        ):
            self.add_error("guardian_email", _("This must be another address than your own."))
        return found

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Called by allauth when the row of the person is there."""
        asked = self.cleaned_data
        operations.complete_sign_up(
            person=user,
            purposes=[code for code in PURPOSES if asked.get(f"consent_{code}")],
            guardian_email=asked["guardian_email"] if asked["age"] == "child" else "",
            now=clock.now(),
        )
