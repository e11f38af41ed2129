"""Whether a change of shared rules or fees is for this listing alone or for all that share them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sharingcity.ui.forms import CityForm, DayField


class DatedForm(CityForm):
    """From which day on; and for how many, where others share it and the reader may change them all."""

    valid_from = DayField(label=gettext_lazy("From which day on?"))

    def __init__(self, *args: Any, shared_by: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if shared_by:
            all_words = ngettext(
                "For this and %(n)s other listing that shares it",
                "For this and %(n)s other listings that share it",
                shared_by,
            )
            self.fields["reach"] = forms.ChoiceField(
                label=_("For how many?"),
                widget=forms.RadioSelect,
                choices=[("one", _("For this listing alone")), ("all", all_words % {"n": shared_by})],
                initial="one",
            )

    @property
    def is_for_all(self) -> bool:
        return self.cleaned_data.get("reach") == "all"
