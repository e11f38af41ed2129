"""What residents fill in: when, who and what for, why."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sharingcity.booking.rules.wish import PURPOSES
from sharingcity.booking.wording import PURPOSE_WORDS
from sharingcity.kernel.city import zone
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import time_words
from sharingcity.ui.forms import CityForm, DayField

if TYPE_CHECKING:
    from sharingcity.booking.queries.choice import Choice
    from sharingcity.booking.queries.order_choices import OrderChoices
    from sharingcity.booking.web.drafts import Draft

MOST_WORDS = 300


class WhenForm(CityForm):
    """Step one. The selects hold real free starts and the ends that each allows."""

    day = forms.DateField(label=_("Date"))
    people = forms.IntegerField(label=_("People"), min_value=1)

    def __init__(self, choice: "Choice", *, with_people: bool = True) -> None:
        super().__init__(initial={"day": choice.day, "people": choice.people}, auto_id="book-%s")
        limits = {"min": choice.first_day.isoformat(), "max": choice.last_day.isoformat()}
        self.fields["day"].widget = forms.DateInput(attrs={"type": "date", **limits}, format="%Y-%m-%d")
        self.fields["from"] = _time_field(_("From"), choice.starts, choice.starts_at)
        self.fields["until"] = _time_field(_("Until"), choice.ends, choice.ends_at, after=choice.starts_at)
        self.fields["shown"] = forms.DateField(widget=forms.HiddenInput(), initial=choice.day.isoformat())
        if with_people and choice.picker.most > 1:
            self.fields["number"] = forms.IntegerField(
                label=_("How many of them?"),
                help_text=_("Up to %(most)s") % {"most": choice.picker.most},
                min_value=1,
                max_value=choice.picker.most,
                initial=choice.number,
            )
        capacity = choice.picker.listing.capacity
        if capacity:
            self.fields["people"].widget.attrs["max"] = capacity
        if not with_people:
            del self.fields["people"]


def _time_field(
    label: Any, times: list[datetime], chosen: datetime | None, after: datetime | None = None
) -> forms.ChoiceField:
    choices = [(time_words(at), _end_words(at, after)) for at in times]
    return forms.ChoiceField(label=label, choices=choices, initial=time_words(chosen) if chosen else None)


def _end_words(at: datetime, after: datetime | None) -> str:
    """Midnight as an end is 24:00."""
    is_midnight = after is not None and not (local := at.astimezone(zone())).hour and not local.minute
    return "24:00" if is_midnight else time_words(at)


class WhoForm(CityForm):
    """Step two: for whom, what for, with what, how often."""

    group = forms.ChoiceField(label=_("Who books?"), required=False, widget=forms.RadioSelect)
    purpose = forms.ChoiceField(label=_("What for?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("The people who look after the room see this, nobody else."),
        required=False,
        max_length=MOST_WORDS,
    )
    reduction = forms.ChoiceField(
        label=_("Reduction"), help_text=_("Bring the proof with you on the day."), required=False
    )
    repeat = forms.ChoiceField(
        label=_("How often?"),
        choices=[("", _("Once")), ("times", _("Every week, so many times")), ("until", _("Every week until a day"))],
        required=False,
        widget=forms.RadioSelect,
    )
    times = forms.IntegerField(label=_("How many times"), min_value=2, required=False)
    until = DayField(label=_("Last day"), required=False)

    def __init__(self, choices: "OrderChoices", data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.choices = choices
        self._offer_groups()
        self._offer_purposes()
        self._offer_reductions()
        self._offer_extras()
        self._offer_repetition()

    def _choices_of(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _offer_groups(self) -> None:
        groups = [(group.code, localised(group.names)) for group in self.choices.groups]
        if groups:
            self._choices_of("group", [("", _("I book for myself")), *groups])
        else:
            del self.fields["group"]

    def _offer_purposes(self) -> None:
        refused = self.choices.version.refused_purposes if self.choices.version else ()
        self._choices_of("purpose", [(one, PURPOSE_WORDS[one]) for one in PURPOSES if one not in refused])

    def _offer_reductions(self) -> None:
        found = [
            (one.code, _("%(name)s: %(percent)s %% less") % {"name": localised(one.names), "percent": one.percent})
            for one in self.choices.reductions
        ]
        if found:
            self._choices_of("reduction", [("", _("None")), *found])
        else:
            del self.fields["reduction"]

    def _offer_extras(self) -> None:
        for extra in self.choices.extras:
            self.fields[f"extra-{extra.listing.code}"] = forms.IntegerField(
                label=localised(extra.listing.titles),
                help_text=_("Up to %(most)s") % {"most": extra.most},
                min_value=0,
                max_value=extra.most,
                required=False,
                initial=0,
            )

    def _offer_repetition(self) -> None:
        version = self.choices.version
        most = version.series_max_dates if version else 1
        if most < 2:
            for name in ("repeat", "times", "until"):
                del self.fields[name]
            return
        times = self.fields["times"]
        if isinstance(times, forms.IntegerField):
            times.max_value = most
            times.widget.attrs["max"] = most
        times.label = _("How many times, up to %(most)s") % {"most": most}

    @property
    def extra_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("extra-")]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        repeat = cleaned.get("repeat", "")
        if repeat == "times" and not cleaned.get("times") and "times" not in self.errors:
            self.add_error("times", _("Say how many times."))
        if repeat == "until" and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", _("Say on which day it ends."))
        return cleaned

    def typed(self) -> dict[str, Any]:
        """What was typed, as the fields of a draft."""
        data = self.cleaned_data
        repeat, until = data.get("repeat", ""), data.get("until")
        extras = {name.removeprefix("extra-"): value for name, value in data.items() if name.startswith("extra-")}
        return {
            "group": data.get("group", ""),
            "purpose": data["purpose"],
            "words": data["words"],
            "reduction": data.get("reduction", ""),
            "extras": {code: quantity for code, quantity in extras.items() if quantity},
            "times": data["times"] if repeat == "times" else 0,
            "until": until.isoformat() if repeat == "until" and isinstance(until, date) else "",
        }


def initial_of(draft: "Draft") -> dict[str, Any]:
    """A draft as step two shows it again."""
    return {
        "group": draft.group,
        "purpose": draft.purpose,
        "words": draft.words,
        "reduction": draft.reduction,
        "repeat": "times" if draft.times else ("until" if draft.until else ""),
        "times": draft.times or None,
        "until": draft.until_date,
        **{f"extra-{code}": quantity for code, quantity in draft.extras.items()},
    }


class ReasonForm(CityForm):
    """Words that go with a cancellation or an appeal."""

    reason = forms.CharField(label=_("In a few words"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: Any = None, *, label: Any = None, required: bool = True) -> None:
        super().__init__(data)
        self.fields["reason"].required = required
        if label:
            self.fields["reason"].label = label
