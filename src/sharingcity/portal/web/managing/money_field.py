"""An amount of the city's money, typed in its whole units, kept in its smallest."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sharingcity.kernel.city import currency
from sharingcity.kernel.money import minor_digits


class MoneyField(forms.DecimalField):
    """`to_python` answers minor units; `initial` is given in minor units, too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=1_000_000_000, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        step = str(Decimal(1).scaleb(-minor_digits(currency())))
        return super().widget_attrs(widget) | {"inputmode": "decimal", "step": step, "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return Decimal(value).scaleb(-minor_digits(currency())) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        amount = super().clean(value)
        if amount is None:
            return None
        minor = amount.scaleb(minor_digits(currency()))
        if minor != int(minor):
            raise forms.ValidationError(_("This currency has no such small coin."))
        return int(minor)
