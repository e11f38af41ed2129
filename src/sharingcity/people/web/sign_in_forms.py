"""allauth's forms as we show them; apart from the questions of `sign_up`, because they derive from them."""

from typing import Any, cast

from allauth.account import forms as allauth_forms
from allauth.socialaccount import forms as outside_forms
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.db import write
from sharingcity.people.models import Person
from sharingcity.ui.forms import StyledForm

PASSWORD_HINT = _("At least 10 characters. Three or four words that only you would put together are easy to remember.")


def _quiet(form: forms.BaseForm) -> None:
    """No words inside the fields (they vanish while one types), one hint for a new password."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    if "password1" in form.fields:
        form.fields["password1"].help_text = PASSWORD_HINT


class SignUpForm(allauth_forms.SignupForm):  # type: ignore[misc]  # allauth is not typed
    """E-mail and password, with the questions; the person and what follows are one transaction."""

    field_order = ["name", "email", "password1", "language", "age", "guardian_email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _quiet(self)

    def save(self, request: HttpRequest) -> Person:
        with write():
            return cast("Person", super().save(request))


class OutsideSignUpForm(outside_forms.SignupForm):  # type: ignore[misc]  # allauth is not typed
    """The questions for people who come with an outside account."""

    field_order = ["name", "email", "language", "age", "guardian_email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _quiet(self)
        if name := getattr(self.sociallogin.user, "name", ""):
            self.fields["name"].initial = name

    def save(self, request: HttpRequest) -> Person:
        with write():
            return cast("Person", super().save(request))


def _in_our_look(form: type) -> type:
    """One of allauth's smaller forms, drawn like ours."""

    def start(self: Any, *args: Any, **kwargs: Any) -> None:
        form.__init__(self, *args, **kwargs)  # type: ignore[misc]  # the class is known only when it is given
        _quiet(self)

    return type(form.__name__, (StyledForm, form), {"__init__": start, "__doc__": form.__doc__})


LoginForm = _in_our_look(allauth_forms.LoginForm)
AddEmailForm = _in_our_look(allauth_forms.AddEmailForm)
ChangePasswordForm = _in_our_look(allauth_forms.ChangePasswordForm)
SetPasswordForm = _in_our_look(allauth_forms.SetPasswordForm)
ForgottenPasswordForm = _in_our_look(allauth_forms.ResetPasswordForm)
NewPasswordForm = _in_our_look(allauth_forms.ResetPasswordKeyForm)
ReauthenticateForm = _in_our_look(allauth_forms.ReauthenticateForm)
RequestLoginCodeForm = _in_our_look(allauth_forms.RequestLoginCodeForm)
ConfirmLoginCodeForm = _in_our_look(allauth_forms.ConfirmLoginCodeForm)
ConfirmEmailForm = _in_our_look(allauth_forms.ConfirmEmailVerificationCodeForm)
ConfirmResetForm = _in_our_look(allauth_forms.ConfirmPasswordResetCodeForm)
