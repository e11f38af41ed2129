"""Opening hours as a form: a week with up to three times a day and public holidays, or the notation itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import Any

from babel.dates import get_day_names
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sharingcity.kernel.calendar import Holidays, HoursInvalid, Week, rule_of_week, validate_hours, week_of_rule
from sharingcity.kernel.wording import babel_locale
from sharingcity.listings.drafts import HoursDraft
from sharingcity.portal.web.desk_forms import TimeField
from sharingcity.ui.forms import CityForm, DayField

MOST_TIMES = 3
DAY_MINUTES = 24 * 60
WEEKDAYS = 5
HOLIDAY = "ph"
GROUPS = [
    ("seollal", gettext_lazy("Seollal with the days around it")),
    ("seollal_day", gettext_lazy("Seollal, the day itself")),
    ("chuseok", gettext_lazy("Chuseok with the days around it")),
    ("chuseok_day", gettext_lazy("Chuseok, the day itself")),
    ("buddha", gettext_lazy("Buddha’s birthday")),
    ("election", gettext_lazy("Election days")),
    ("substitute", gettext_lazy("Substitute holidays")),
    ("temporary", gettext_lazy("Holidays declared once")),
]


@dataclass(frozen=True, slots=True)
class TimePair:
    """From and until."""

    starts: forms.BoundField
    ends: forms.BoundField

    @property
    def is_filled(self) -> bool:
        return bool(self.starts.value() or self.ends.value() or self.starts.errors or self.ends.errors)


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of the form: its first time stands open, the others behind a word unless they are filled."""

    key: str
    name: str
    first: TimePair
    others: list[TimePair]

    @property
    def has_more(self) -> bool:
        return any(pair.is_filled for pair in self.others)


class HoursForm(CityForm):
    """From which day on, and when."""

    valid_from = DayField(label=gettext_lazy("From which day on?"))
    how = forms.ChoiceField(
        label=gettext_lazy("How do you want to say it?"),
        widget=forms.RadioSelect,
        choices=[
            ("week", gettext_lazy("As a week")),
            ("text", gettext_lazy("As a rule, for what a week cannot say")),
        ],
    )
    same = forms.BooleanField(label=gettext_lazy("Tuesday to Friday as on Monday"), required=False)
    holidays = forms.ChoiceField(
        label=gettext_lazy("On public holidays"),
        widget=forms.RadioSelect,
        choices=[
            (Holidays.CLOSED.value, pgettext_lazy("hours", "Closed")),
            (Holidays.AS_USUAL.value, gettext_lazy("As on any other day")),
            (Holidays.OWN.value, gettext_lazy("Hours of their own")),
        ],
        required=False,
    )
    rule = forms.CharField(
        label=gettext_lazy("Opening hours as OpenStreetMap writes them"),
        help_text=gettext_lazy("For example: Mo-Fr 18:00-21:00; Sa[2,4] 09:00-18:00; Dec 31 off; PH off"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"dir": "ltr", "spellcheck": "false", "rows": 3}),
    )
    closed_groups = forms.MultipleChoiceField(
        label=gettext_lazy("Closed besides on"), choices=GROUPS, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = get_day_names("wide", locale=babel_locale())
        self.names = {str(number): names[number] for number in range(7)} | {HOLIDAY: _("Public holidays")}
        for key, name in self.names.items():
            for number in range(1, MOST_TIMES + 1):
                for end, words in (("from", _("%(day)s, from")), ("until", _("%(day)s, until"))):
                    self.fields[f"{end}_{key}_{number}"] = TimeField(label=words % {"day": name}, required=False)

    def rows(self) -> list[DayRow]:
        """Monday to Sunday."""
        return [self._row(str(number)) for number in range(7)]

    def holiday_row(self) -> DayRow:
        return self._row(HOLIDAY)

    def _row(self, key: str) -> DayRow:
        pairs = [TimePair(self[f"from_{key}_{n}"], self[f"until_{key}_{n}"]) for n in range(1, MOST_TIMES + 1)]
        return DayRow(key, self.names[key], pairs[0], pairs[1:])

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("how") == "text":
            self._clean_text(found.get("rule", ""))
        else:
            self._clean_week(found)
        return found

    def _clean_text(self, rule: str) -> None:
        self.rule_text = rule.strip()
        try:
            validate_hours(self.rule_text)
        except HoursInvalid as problem:
            self.add_error("rule", problem.sentence)

    def _clean_week(self, found: dict[str, Any]) -> None:
        same = bool(found.get("same"))
        days = [self._spans("0" if same and number < WEEKDAYS else str(number)) for number in range(7)]
        holidays = Holidays(found.get("holidays") or Holidays.AS_USUAL.value)
        own = self._spans(HOLIDAY) if holidays is Holidays.OWN else ()
        if self.errors:
            return
        if holidays is Holidays.OWN and not own:
            self.add_error(f"from_{HOLIDAY}_1", _("Say from when until when, or choose “Closed”."))
            return
        try:
            self.rule_text = rule_of_week(Week(tuple(days), holidays, own))
        except HoursInvalid:
            self.add_error("from_0_1", _("Give at least one day its hours."))

    def _spans(self, key: str) -> tuple[tuple[int, int], ...]:
        """The times of a day in order; what is wrong with them stands beside the field, once."""
        found = [span for number in range(1, MOST_TIMES + 1) if (span := self._span(key, number))]
        found.sort()
        if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
            self._blame(f"from_{key}_1", _("Two times of this day overlap."))
        return tuple(found)

    def _span(self, key: str, number: int) -> tuple[int, int] | None:
        names = f"from_{key}_{number}", f"until_{key}_{number}"
        starts, ends = (self.cleaned_data.get(name) for name in names)
        if starts is None and ends is None:
            return None
        if starts is None or ends is None:
            self._blame(names[1] if ends is None else names[0], _("Give both: from when, and until when."))
            return None
        first, last = _minutes(starts), _minutes(ends)
        if first == last:
            self._blame(names[1], _("This begins and ends at the same time. For the whole day write 00:00 to 23:59."))
            return None
        return first, last if last > first else last + DAY_MINUTES

    def _blame(self, name: str, sentence: str) -> None:
        if name not in self.errors:
            self.add_error(name, sentence)

    def draft(self) -> HoursDraft:
        return HoursDraft(rule=self.rule_text, closed_groups=tuple(self.cleaned_data["closed_groups"]))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def initial_hours(rule: str, closed_groups: Collection[str], today: date) -> dict[str, Any]:
    """What the form shows at first: the rule as a week where a week can say it, else as it is."""
    shown: dict[str, Any] = {"how": "text", "rule": rule, "closed_groups": list(closed_groups)}
    week = week_of_rule(rule, today) if rule else None
    if week is None or any(len(spans) > MOST_TIMES for spans in (*week.days, week.holiday_spans)):
        return shown if rule else {"how": "week", "holidays": Holidays.CLOSED.value, "same": True}
    for key, spans in [*((str(n), spans) for n, spans in enumerate(week.days)), (HOLIDAY, week.holiday_spans)]:
        for number, (starts, ends) in enumerate(spans, start=1):
            shown[f"from_{key}_{number}"] = _time(starts)
            shown[f"until_{key}_{number}"] = _time(ends)
    return shown | {"how": "week", "holidays": week.holidays.value, "same": len(set(week.days[:WEEKDAYS])) == 1}


def _time(minutes: int) -> time:
    hours, rest = divmod(minutes % DAY_MINUTES, 60)
    return time(hours, rest)
