"""The shape of what is typed on the people room's pages."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.intervals import instant
from sharingcity.people.channels import CHANNELS
from sharingcity.people.permissions import CITY, Scope
from sharingcity.people.queries.within import scopes_within
from sharingcity.people.roles import ROLES
from sharingcity.people.slots import SCOPES
from sharingcity.people.verifications import KINDS, METHODS
from sharingcity.ui.forms import CityForm, DayField

CHANNEL_TITLES = {"email": _("E-mail"), "sms": _("Text message"), "kakao": _("KakaoTalk")}


def refuse(form: forms.BaseForm, refusal: Refusal) -> None:
    """A refusal of an operation beside the field it is about, else above the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal.sentence))


def start_of(day: date | None) -> datetime | None:
    """The first instant of a day in the city."""
    return instant(day, time.min, ZoneInfo(settings.CITY_ZONE)) if day else None


def end_of(day: date | None) -> datetime | None:
    """The end of a day that is meant to be included."""
    return start_of(day + timedelta(days=1)) if day else None


class ProfileForm(CityForm):
    """Name, language, phone, and how to be told."""

    name = forms.CharField(label=_("Name"), max_length=80)
    language = forms.ChoiceField(label=_("Language of our notices"), choices=settings.LANGUAGES)
    phone = forms.CharField(
        label=_("Phone"),
        help_text=_("Only for messages about your bookings."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    notify_by = forms.ChoiceField(label=_("How we tell you"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(name, CHANNEL_TITLES.get(name, name)) for name, _channel in CHANNELS.items()]
        field = self.fields["notify_by"]
        field.choices = offered  # type: ignore[attr-defined]  # a ChoiceField, declared above
        if len(offered) == 1:
            field.widget = forms.HiddenInput()
            field.initial = offered[0][0]


class TokenForm(CityForm):
    """A key for a program."""

    name = forms.CharField(label=_("What is the key for?"), max_length=60)
    expires_on = DayField(label=_("Valid until"), required=False)


class DeleteForm(CityForm):
    """Leaving for good."""

    is_sure = forms.BooleanField(label=_("I have taken along what I need. Delete my account."))


class AppealForm(CityForm):
    """Why a restriction should not hold."""

    restriction = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Why should the restriction not hold?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class GuardianForm(CityForm):
    """A guardian's answer."""

    guardian_name = forms.CharField(label=_("Your name"), max_length=80, required=False)


class RoleForm(CityForm):
    """A role for a person in a scope, between two days."""

    email = forms.EmailField(
        label=_("E-mail address of the person"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    scope = forms.ChoiceField(label=_("Where"))
    valid_from = DayField(label=_("From"), required=False, help_text=_("Empty: from now on."))
    valid_until = DayField(label=_("Until and including"), required=False, help_text=_("Empty: until you take it."))

    def __init__(self, *args: Any, reach: Collection[Scope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]  # a ChoiceField, declared above
            (role.code, f"{role.title} – {role.sentence}") for role in ROLES.values()
        ]
        self.fields["scope"].choices = scope_choices(reach)  # type: ignore[attr-defined]  # likewise

    def clean_scope(self) -> Scope:
        kind, _colon, number = self.cleaned_data["scope"].partition(":")
        return Scope(kind, int(number or 0))


SCOPE_TITLES = {
    "city": _("The whole city"),
    "district": _("District"),
    "organisation": _("Organisation"),
    "building": _("Building"),
}


def scope_choices(reach: Collection[Scope]) -> list[Any]:
    """The city, then the rows of each kind of scope that a room above has registered, under the kind's name.

    Only what lies in `reach`: whoever gives roles in a district is not asked about others.
    """
    groups: list[Any] = [("city:0", SCOPE_TITLES["city"])] if CITY in reach else []
    for kind, rows in SCOPES.items():
        offered = rows.choices()
        inside = set(scopes_within([Scope(kind, number) for number, _title in offered], reach))
        choices = [(f"{kind}:{number}", title) for number, title in offered if Scope(kind, number) in inside]
        if choices:
            groups.append((SCOPE_TITLES.get(kind, kind), choices))
    return groups


class DeputyForm(CityForm):
    """Who stands in, and how long."""

    email = forms.EmailField(
        label=_("E-mail address of the deputy"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    valid_from = DayField(label=_("From"), required=False, help_text=_("Empty: from now on."))
    valid_until = DayField(label=_("Until and including"), help_text=_("At most 92 days."))


class FindPersonForm(CityForm):
    """Whose account."""

    email = forms.EmailField(
        label=_("E-mail address of the person"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )


class ClaimForm(CityForm):
    """What was verified about a person: the result, never the document."""

    kind = forms.ChoiceField(label=_("What holds"), choices=list(KINDS.items()), widget=forms.RadioSelect)
    method = forms.ChoiceField(label=_("How it was checked"), choices=list(METHODS.items()), widget=forms.RadioSelect)
    valid_until = DayField(label=_("Until and including"), help_text=_("At most two years. Then it is checked again."))


class RestrictForm(CityForm):
    """What a person may not do, why, until when."""

    email = forms.EmailField(
        label=_("E-mail address of the person"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    ends_on = DayField(label=_("Until and including"))
    words = forms.CharField(
        label=_("Reason"),
        help_text=_("The person reads this and can appeal."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecideForm(CityForm):
    """The decision on an appeal, with its reason."""

    event = forms.ChoiceField(choices=[("uphold", ""), ("grant", ""), ("lift", "")], widget=forms.HiddenInput)
    words = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
