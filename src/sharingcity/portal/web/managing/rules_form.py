"""Rules of booking as a form: who, when, how long, how often, approval, money back."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sharingcity.booking.rules.wish import PURPOSES
from sharingcity.booking.wording import PURPOSE_WORDS, days_before_words
from sharingcity.kernel.wording import length_words
from sharingcity.portal.web.managing.reach import DatedForm

if TYPE_CHECKING:
    from sharingcity.booking.models import PolicyVersion

RUNGS = 5
HOUR = 60
GRIDS = (10, 15, 20, 30, 60, 90, 120, 180, 240, 360, 720, 1440)
ELIGIBILITY = [
    ("anyone", gettext_lazy("Anybody with an account")),
    ("resident", gettext_lazy("People who live, work or study here")),
    ("group", gettext_lazy("Groups and organisations")),
    ("designated", gettext_lazy("Designated organisations")),
]
# Fields that stand for a rule of the same name, as they are.
PLAIN = (
    "opens_days_before", "closes_days_before", "closes_in_working_days", "grid_minutes", "min_minutes", "max_minutes",
    "uses_per_day", "person_uses_per_month", "group_uses_per_month", "max_holds", "eligibility", "needs_approval",
    "approval_days", "payment_days", "series_max_dates", "series_max_months", "release_minutes",
    "cancellations_noted_from", "no_shows_until_restriction", "restriction_days", "refused_purposes",
)  # fmt: skip
# Typed in hours, kept in minutes.
IN_HOURS = ("person_minutes_per_month", "group_minutes_per_month")


def _number(label: Any, most: int, *, least: int = 0, help_text: Any = "", required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=help_text,
        required=required,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class RulesForm(DatedForm):
    """Everything a policy holds that its manager decides."""

    eligibility = forms.ChoiceField(label=gettext_lazy("Who may book?"), widget=forms.RadioSelect, choices=ELIGIBILITY)
    needs_approval = forms.BooleanField(label=gettext_lazy("Somebody looks at each request first"), required=False)
    approval_days = _number(gettext_lazy("Days until the answer"), 60, least=1)
    payment_days = _number(gettext_lazy("Days until a fee must be paid"), 60, least=1)

    opens_days_before = _number(gettext_lazy("Bookable from so many days before"), 730)
    closes_days_before = _number(
        gettext_lazy("until so many days before"), 365, help_text=gettext_lazy("0: up to the start")
    )
    closes_in_working_days = forms.BooleanField(
        label=gettext_lazy("The last days are counted as working days"), required=False
    )

    grid_minutes = forms.TypedChoiceField(label=gettext_lazy("Times begin every"), coerce=int)
    min_minutes = forms.TypedChoiceField(label=gettext_lazy("Shortest use"), coerce=int)
    max_minutes = forms.TypedChoiceField(label=gettext_lazy("Longest use"), coerce=int)

    uses_per_day = _number(gettext_lazy("Uses a person may have on one day"), 100, least=1, required=False)
    person_uses_per_month = _number(gettext_lazy("Uses a person may have in a month"), 1000, least=1, required=False)
    person_minutes_per_month = _number(gettext_lazy("Hours a person may have in a month"), 744, least=1, required=False)
    group_uses_per_month = _number(gettext_lazy("Uses a group may have in a month"), 1000, least=1, required=False)
    group_minutes_per_month = _number(gettext_lazy("Hours a group may have in a month"), 744, least=1, required=False)
    max_holds = _number(gettext_lazy("Times somebody may hold at once"), 50, least=1)
    series_max_dates = _number(gettext_lazy("Dates a series may have"), 100, least=1)
    series_max_months = _number(gettext_lazy("Months a series may last"), 24, least=1)

    refused_purposes = forms.MultipleChoiceField(
        label=gettext_lazy("Not for"),
        help_text=gettext_lazy("Party politics, religious services and sales are never allowed."),
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, PURPOSE_WORDS[code]) for code in PURPOSES if code != "other"],
        required=False,
    )
    interest_percent = forms.DecimalField(
        label=gettext_lazy("Interest when you cancel, per cent a year"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
    )
    release_minutes = _number(
        gettext_lazy("Minutes after which an empty room is free again"),
        480,
        least=5,
        required=False,
        help_text=gettext_lazy("When nobody has come. Empty: never by itself."),
    )
    no_shows_until_restriction = _number(
        gettext_lazy("So often nobody came, then no booking for a while"), 50, least=1, required=False
    )
    restriction_days = _number(gettext_lazy("How many days then"), 365, least=1)
    cancellations_noted_from = _number(
        gettext_lazy("Cancelling so often in 30 days is noted"), 100, least=1, required=False
    )

    def __init__(self, *args: Any, held: "PolicyVersion", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        for name in ("grid_minutes", "min_minutes", "max_minutes"):
            lengths = sorted({*GRIDS, getattr(held, name)})
            self.fields[name].choices = [(minutes, length_words(minutes)) for minutes in lengths]  # type: ignore[attr-defined]  # a ChoiceField, declared above
        for number in range(1, RUNGS + 1):
            self.fields[f"rung_days_{number}"] = _number(
                _("Step %(number)s: days before") % {"number": number}, 365, required=False
            )
            self.fields[f"rung_percent_{number}"] = _number(
                _("Step %(number)s: per cent back") % {"number": number}, 100, required=False
            )

    def rungs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"rung_days_{n}"], self[f"rung_percent_{n}"]) for n in range(1, RUNGS + 1)]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if _both(found, "opens_days_before", "closes_days_before") and (
            found["closes_days_before"] > found["opens_days_before"]
        ):
            self.add_error("closes_days_before", _("Booking would end before it begins."))
        if _both(found, "min_minutes", "max_minutes") and found["min_minutes"] > found["max_minutes"]:
            self.add_error("max_minutes", _("The longest use is shorter than the shortest."))
        if _both(found, "grid_minutes", "max_minutes") and found["max_minutes"] < found["grid_minutes"]:
            self.add_error("grid_minutes", _("The steps are longer than the longest use."))
        self.ladder = list(self._ladder(found))
        if not self.ladder and "rung_days_1" not in self.errors:
            self.add_error("rung_days_1", _("Say at least what comes back on the day itself."))
        return found

    def _ladder(self, found: dict[str, Any]) -> Iterator[list[int]]:
        before: list[int] | None = None
        for number in range(1, RUNGS + 1):
            days, percent = found.get(f"rung_days_{number}"), found.get(f"rung_percent_{number}")
            if days is None and percent is None:
                continue
            if days is None or percent is None:
                name = f"rung_{'days' if days is None else 'percent'}_{number}"
                if name not in self.errors:
                    self.add_error(name, _("Give both: days before, and per cent back."))
                continue
            if before and (days >= before[0] or percent > before[1]):
                self.add_error(f"rung_days_{number}", _("Each step lies nearer to the day and gives back less."))
            before = [days, percent]
            yield before

    def rules(self) -> dict[str, Any]:
        """Every rule the form speaks of."""
        found = {name: self.cleaned_data[name] for name in PLAIN}
        for name in IN_HOURS:
            hours = self.cleaned_data[name]
            found[name] = hours * HOUR if hours else None
        found["interest_basis_points"] = round(self.cleaned_data["interest_percent"] * 100)
        found["refund_ladder"] = self.ladder
        return found

    def changed_rules(self) -> dict[str, Any]:
        """Only what is to be different from the rules that hold."""
        return {name: value for name, value in self.rules().items() if getattr(self.held, name) != value}


def _both(found: dict[str, Any], *names: str) -> bool:
    return all(found.get(name) is not None for name in names)


def initial_rules(held: "PolicyVersion") -> dict[str, Any]:
    """The rules that hold, as the form shows them."""
    shown = {name: getattr(held, name) for name in PLAIN}
    for name in IN_HOURS:
        minutes = getattr(held, name)
        shown[name] = minutes // HOUR if minutes else None
    for number, (days, percent) in enumerate(held.refund_ladder[:RUNGS], start=1):
        shown[f"rung_days_{number}"], shown[f"rung_percent_{number}"] = days, percent
    return shown | {"interest_percent": held.interest_basis_points / 100}


def rule_words(name: str, value: Any) -> str:
    """A rule's value as the preview shows it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "eligibility":
        return str(dict(ELIGIBILITY)[value])
    if name == "refund_ladder":
        return ", ".join(f"{days_before_words(days)}: {percent} %" for days, percent in value)
    if name == "refused_purposes":
        return ", ".join(str(PURPOSE_WORDS[code]) for code in value) or _("nothing more")
    if value is None:
        return _("no limit")
    if name == "interest_basis_points":
        return _("%(percent)s %%") % {"percent": f"{value / 100:g}"}
    if name.endswith("_minutes") or name in IN_HOURS:
        return length_words(value)
    return _days(value) if name.endswith(("_days", "_days_before")) else str(value)


def _days(count: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": count}
