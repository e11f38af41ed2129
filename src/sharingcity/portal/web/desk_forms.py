"""The shape of what staff type: reasons, payments, closures, a booking for somebody."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sharingcity.booking.rules.wish import PURPOSES
from sharingcity.booking.wording import PURPOSE_WORDS
from sharingcity.kernel.city import zone
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.intervals import instant
from sharingcity.kernel.money import minor_digits
from sharingcity.ui.forms import CityForm, DayField


def refuse(form: forms.BaseForm, refusal: Refusal) -> None:
    """A refusal of an operation beside the field it is about, else above the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal.sentence))


class TimeField(forms.TimeField):
    """A time of the clock on the wall."""

    widget = forms.TimeInput(attrs={"type": "time", "step": "60"}, format="%H:%M")


class ReasonForm(CityForm):
    """Why: the person reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The booker reads it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DismissalForm(CityForm):
    """Why the other calendar is wrong: staff read it in the booking's story."""

    prefix = "clash"
    reason = forms.CharField(
        label=gettext_lazy("How do you know?"),
        help_text=gettext_lazy("For example: the entry there was an old one."),
        max_length=300,
    )


class MoneyForm(CityForm):
    """An amount in the currency's usual spelling, kept in minor units."""

    amount_minor = forms.DecimalField(label=gettext_lazy("Amount"), min_value=0)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.digits = minor_digits(currency)
        amount = self.fields["amount_minor"]
        amount.label = _("Amount in %(currency)s") % {"currency": currency}
        amount.widget.attrs |= {
            "inputmode": "decimal",
            "step": str(Decimal(1).scaleb(-self.digits)),
            "autocomplete": "off",
        }

    def clean_amount_minor(self) -> int:
        amount = self.cleaned_data["amount_minor"].scaleb(self.digits)
        if amount != int(amount):
            raise forms.ValidationError(_("This currency has no such small coin."))
        return int(amount)


class PaymentForm(MoneyForm):
    """What was paid, and how."""

    method = forms.ChoiceField(
        label=gettext_lazy("How was it paid?"),
        widget=forms.RadioSelect,
        choices=[("on_site", gettext_lazy("Paid here")), ("transfer", gettext_lazy("By transfer"))],
        initial="on_site",
    )


class RefundForm(MoneyForm):
    """What is given back beyond the rules, why, and whether the money is out already."""

    prefix = "refund"
    ground = forms.CharField(label=gettext_lazy("Ground"), max_length=40)
    method = forms.ChoiceField(
        label=gettext_lazy("Has it been paid out?"),
        widget=forms.RadioSelect,
        choices=[
            ("none", gettext_lazy("Not yet: it joins the refunds to send")),
            ("on_site", gettext_lazy("Yes, here")),
            ("transfer", gettext_lazy("Yes, by transfer")),
        ],
        initial="none",
    )


class WaiverForm(CityForm):
    """Why nothing more has to be paid."""

    ground = forms.CharField(label=gettext_lazy("Ground"), max_length=40)


CLOSING_KINDS = [
    ("repair", gettext_lazy("Repair")),
    ("official_use", gettext_lazy("Urgent official use")),
    ("busy_elsewhere", gettext_lazy("Taken on another site")),
]


class CloseForm(CityForm):
    """From when until when something is closed, and why: residents read the reason."""

    starts_on = DayField(label=gettext_lazy("From"))
    starts_time = TimeField(label=pgettext_lazy("clock", "At"), initial=time(9))
    ends_on = DayField(label=gettext_lazy("Until"))
    ends_time = TimeField(label=pgettext_lazy("clock", "At"), initial=time(22))
    kind = forms.ChoiceField(label=gettext_lazy("Why is it closed?"), widget=forms.RadioSelect, choices=CLOSING_KINDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[f"reason_{code}"] = forms.CharField(
                label=_("What residents read, in %(language)s") % {"language": name},
                max_length=300,
                required=False,
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
            )

    def reasons(self) -> dict[str, str]:
        """The reason in each language that has one."""
        words = {code: self.cleaned_data.get(f"reason_{code}", "").strip() for code, _name in settings.LANGUAGES}
        return {code: text for code, text in words.items() if text}

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        starts = _at(found.get("starts_on"), found.get("starts_time"))
        ends = _at(found.get("ends_on"), found.get("ends_time"))
        if starts and ends and starts >= ends:
            self.add_error("ends_on", _("The end lies before the start."))
        if not self.reasons():
            self.add_error(f"reason_{settings.LANGUAGE_CODE}", _("Say why, in a sentence."))
        return found | {"starts_at": starts, "ends_at": ends}


def _at(day: date | None, at: time | None) -> datetime | None:
    return instant(day, at, zone()) if day and at is not None else None


class ServeForm(CityForm):
    """For whom staff book, and what for."""

    who = forms.ChoiceField(
        label=gettext_lazy("For whom?"),
        widget=forms.RadioSelect,
        choices=[
            ("account", gettext_lazy("Somebody with an account")),
            ("caller", gettext_lazy("Somebody who calls or comes by, without an account")),
        ],
        initial="account",
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the account"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the caller"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone of the caller"),
        help_text=gettext_lazy("We call or write there, and it counts as one person."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of our notices"), choices=settings.LANGUAGES)
    party_size = forms.IntegerField(label=gettext_lazy("How many people?"), min_value=1, initial=2)
    purpose = forms.ChoiceField(label=gettext_lazy("What for?"))
    purpose_words = forms.CharField(label=gettext_lazy("In a few words"), max_length=300, required=False)
    reduction = forms.ChoiceField(label=gettext_lazy("Reduction"), required=False)

    def __init__(self, *args: Any, reductions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [(code, PURPOSE_WORDS[code]) for code in PURPOSES]  # type: ignore[attr-defined]  # a ChoiceField, declared above
        if reductions:
            choices = [("", _("No reduction")), *reductions]
            self.fields["reduction"].choices = choices  # type: ignore[attr-defined]  # likewise
        else:
            del self.fields["reduction"]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("who") == "account" and not found.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter the address of the account."))
        if found.get("who") == "caller":
            if not found.get("name"):
                self.add_error("name", _("Enter the caller's name."))
            if sum(character.isdigit() for character in found.get("phone", "")) < 7:
                self.add_error("phone", _("Enter a telephone number with at least 7 digits."))
        return found
