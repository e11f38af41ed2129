"""The shape of what is typed about rooms: check-lists, ways in, reports with photos, reasons."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.spaces.models import ChecklistItem
from sharingcity.spaces.operations import Answer, ItemDraft
from sharingcity.spaces.operations.incidents import MOST_PHOTOS
from sharingcity.spaces.rules.photos import MAX_BYTES
from sharingcity.spaces.wording import KIND_WORDS, MOMENT_WORDS
from sharingcity.ui.forms import CityForm

PHOTO_TYPES: Final = "image/jpeg,image/png,image/webp"


def refuse(form: forms.BaseForm, refusal: Refusal) -> None:
    """A refusal of an operation beside the field it is about, else above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))


def language_fields(name: str, label: str, length: int, *, rows: int = 0) -> dict[str, forms.CharField]:
    """One field per language of the city: `words_ko`, `words_en` …; `label` has a `%(language)s`."""
    fields = {}
    for code, language in settings.LANGUAGES:
        attrs = {"lang": code, "dir": "auto"}
        widget = forms.Textarea(attrs=attrs | {"rows": rows}) if rows else forms.TextInput(attrs=attrs)
        fields[f"{name}_{code}"] = forms.CharField(
            label=label % {"language": language}, max_length=length, required=False, widget=widget
        )
    return fields


def words_in(cleaned: dict[str, Any], name: str) -> dict[str, str]:
    """What was typed in each language, the empty ones left out."""
    found = {code: str(cleaned.get(f"{name}_{code}", "")).strip() for code, _language in settings.LANGUAGES}
    return {code: words for code, words in found.items() if words}


class CheckForm(CityForm):
    """A check-list gone through with a group: each item in order, or not and why."""

    def __init__(self, *args: Any, items: Sequence[ChecklistItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            name = localised(item.names)
            self.fields[f"item-{item.pk}"] = forms.ChoiceField(
                label=name,
                choices=[("fine", _("In order")), ("amiss", _("Not in order"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Say whether it is in order.")},
            )
            self.fields[f"words-{item.pk}"] = forms.CharField(
                label=_("What is not in order?"), max_length=300, required=False
            )
        self.fields["words"] = forms.CharField(
            label=_("Anything else?"),
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each item with the field for its words."""
        return [(self[f"item-{item.pk}"], self[f"words-{item.pk}"]) for item in self.items]

    def answers(self) -> dict[int, Answer]:
        found = self.cleaned_data
        return {
            item.pk: Answer(
                is_in_order=found[f"item-{item.pk}"] == "fine",
                words=found[f"words-{item.pk}"] if found[f"item-{item.pk}"] == "amiss" else "",
            )
            for item in self.items
        }

    def is_amiss(self) -> bool:
        return any(not answer.is_in_order for answer in self.answers().values())


class ItemForm(CityForm):
    """One item of a building's check-list; one without words is left out."""

    moment = forms.ChoiceField(label=gettext_lazy("When is it looked at?"), choices=list(MOMENT_WORDS.items()))
    position = forms.IntegerField(
        label=gettext_lazy("Place in the list"), min_value=1, max_value=99, widget=forms.NumberInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= language_fields("names", _("What is looked at, in %(language)s"), 200)

    def names(self) -> list[forms.BoundField]:
        return [self[f"names_{code}"] for code, _language in settings.LANGUAGES]


ItemForms = forms.formset_factory(ItemForm, extra=2, max_num=40, validate_max=True)


def initial_items(items: Iterable[ChecklistItem]) -> list[dict[str, Any]]:
    """What stands in the list, as the forms show it."""
    return [
        {
            "moment": item.moment,
            "position": item.position + 1,
            **{f"names_{code}": item.names.get(code, "") for code, _language in settings.LANGUAGES},
        }
        for item in items
    ]


def item_drafts(formset: "forms.BaseFormSet[ItemForm]") -> list[ItemDraft]:
    """What is to be looked at, coming before leaving, each in its order."""
    found = [form.cleaned_data for form in formset if form.cleaned_data]
    rows = [(data["moment"], data["position"], words) for data in found if (words := words_in(data, "names"))]
    rows.sort(key=lambda row: (row[0], row[1]))
    return [ItemDraft(moment=moment, names=words) for moment, _position, words in rows]


class CaretakingForm(CityForm):
    """When staff are in a building anyway; outside of it somebody with a key has to come."""

    staffed_hours = forms.CharField(
        label=gettext_lazy("Staff are there"),
        help_text=gettext_lazy("As opening hours are written: Mo-Fr 09:00-18:00; PH off. Empty: nobody is there."),
        max_length=600,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false"}),
    )
    margin_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes before the first and after the last booking"),
        min_value=0,
        max_value=240,
        initial=15,
    )


class EntryForm(CityForm):
    """How a group gets in: a code, or words."""

    door_code = forms.CharField(
        label=gettext_lazy("Door code"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= language_fields("words", _("The way in, in %(language)s"), 600, rows=3)


class ReasonForm(CityForm):
    """Why a report is settled or opened again."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReportForm(CityForm):
    """What went wrong, in words and photos; each photo with a sentence for those who cannot see it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it about?"), choices=list(KIND_WORDS.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("Where, what, and how bad it is. Leave out names if you can."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, rooms: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rooms:
            choices = [("", _("The whole building")), *rooms]
            self.fields["room"] = forms.ChoiceField(label=_("Which room?"), choices=choices, required=False)
        for number in range(1, MOST_PHOTOS + 1):
            self.fields[f"photo_{number}"] = forms.FileField(
                label=_("Photo %(number)s") % {"number": number},
                required=False,
                widget=forms.FileInput(attrs={"accept": PHOTO_TYPES}),
            )
            self.fields[f"photo_words_{number}"] = forms.CharField(
                label=_("What photo %(number)s shows") % {"number": number}, max_length=300, required=False
            )

    def photo_pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each photo with the field for its words."""
        return [(self[f"photo_{n}"], self[f"photo_words_{n}"]) for n in range(1, MOST_PHOTOS + 1)]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for number in range(1, MOST_PHOTOS + 1):
            photo = found.get(f"photo_{number}")
            if photo and photo.size > MAX_BYTES:
                self.add_error(f"photo_{number}", _("A photo may have 5 MB at most."))
        return found

    def photos(self) -> tuple[list[bytes], list[str]]:
        """The pictures that were sent, and what they show."""
        found = self.cleaned_data
        sent = [number for number in range(1, MOST_PHOTOS + 1) if found.get(f"photo_{number}")]
        return [found[f"photo_{n}"].read() for n in sent], [found[f"photo_words_{n}"] for n in sent]
