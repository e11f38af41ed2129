"""The shape of what a managing body decides when it takes over an imported listing."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from sharingcity.booking.operations.terms import Fees
from sharingcity.booking.wording import amount_words
from sharingcity.kernel.city import currency
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.money import minor_digits
from sharingcity.ui.forms import CityForm

if TYPE_CHECKING:
    from sharingcity.booking.models import FeeSchedule, FeeVersion, Policy, PolicyVersion

Choice = tuple[str, str]


class ClaimForm(CityForm):
    """Under which rules, for what fee, and whether somebody approves."""

    policy = forms.ChoiceField(label=gettext_lazy("Under which rules?"), widget=forms.RadioSelect)
    fees = forms.ChoiceField(label=gettext_lazy("What does it cost?"), required=False)
    booking = forms.ChoiceField(
        label=gettext_lazy("How is it booked?"),
        widget=forms.RadioSelect,
        choices=[
            ("here", gettext_lazy("Here, as the rules say")),
            ("request", gettext_lazy("Here, but somebody looks at each request")),
        ],
        initial="here",
    )

    def __init__(
        self, *args: Any, policies: "Sequence[PolicyVersion]", fees: "Sequence[FeeVersion]", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.policies = {str(version.policy_id): version.policy for version in policies}
        self.schedules = {str(version.schedule_id): version.schedule for version in fees}
        names: list[Choice] = [(code, localised(policy.names)) for code, policy in self.policies.items()]
        costs: list[Choice] = [(code, localised(schedule.names)) for code, schedule in self.schedules.items()]
        self.fields["policy"].choices = names  # type: ignore[attr-defined]  # a ChoiceField, declared above
        self.fields["fees"].choices = [("", _("Nothing")), *costs]  # type: ignore[attr-defined]  # likewise

    def chosen(self) -> "tuple[Policy, FeeSchedule | None]":
        found = self.cleaned_data
        return self.policies[found["policy"]], self.schedules.get(found["fees"])


class HoursForm(CityForm):
    """When it is open, while no source has said so."""

    hours = forms.CharField(
        label=gettext_lazy("When is it open?"),
        help_text=gettext_lazy("As opening hours are written: Mo-Fr 18:00-22:00; Sa 09:00-18:00; PH off"),
        max_length=600,
        widget=forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false"}),
    )


class FeesForm(CityForm):
    """A new list of fees: the first two hours, and each hour after."""

    base = forms.DecimalField(label=gettext_lazy("First two hours"), min_value=0)
    extra = forms.DecimalField(label=gettext_lazy("Each further hour"), min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.digits = minor_digits(currency())
        for name in ("base", "extra"):
            self.fields[name].help_text = _("In %(currency)s") % {"currency": currency()}
            self.fields[name].widget.attrs |= {
                "inputmode": "decimal",
                "step": str(Decimal(1).scaleb(-self.digits)),
                "autocomplete": "off",
            }

    def _minor(self, name: str) -> int:
        amount = self.cleaned_data[name].scaleb(self.digits)
        if amount != int(amount):
            raise forms.ValidationError(_("This currency has no such small coin."))
        return int(amount)

    def clean_base(self) -> int:
        return self._minor("base")

    def clean_extra(self) -> int:
        return self._minor("extra")

    def names(self) -> dict[str, str]:
        """What the list is called, in every language of the city."""
        found = {}
        for code, _language in settings.LANGUAGES:
            with override(code):
                amount = amount_words(self.cleaned_data["base"], currency())
                found[code] = _("%(amount)s for two hours") % {"amount": amount}
        return found

    def fees(self) -> Fees:
        found = self.cleaned_data
        return Fees(base_minutes=120, base_minor=found["base"], extra_minutes=60, extra_minor=found["extra"])
