"""Words in every language of the city, one field each."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings


def language_fields(
    name: str, label: str, length: int, *, rows: int = 0, help_text: str = ""
) -> dict[str, forms.Field]:
    """`titles_ko`, `titles_en` …; `label` has a `%(language)s`."""
    fields: dict[str, forms.Field] = {}
    for code, language in settings.LANGUAGES:
        attrs: dict[str, Any] = {"lang": code, "dir": "auto"}
        widget = forms.Textarea(attrs=attrs | {"rows": rows}) if rows else forms.TextInput(attrs=attrs)
        fields[f"{name}_{code}"] = forms.CharField(
            label=label % {"language": language}, max_length=length, required=False, widget=widget, help_text=help_text
        )
    return fields


def initial_words(name: str, words: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}_{code}": words.get(code, "") for code, _language in settings.LANGUAGES}


def words_in(cleaned: Mapping[str, Any], name: str) -> dict[str, str]:
    """What was typed in each language, the empty ones left out."""
    found = {code: str(cleaned.get(f"{name}_{code}", "")).strip() for code, _language in settings.LANGUAGES}
    return {code: words for code, words in found.items() if words}


def fields_of(form: forms.BaseForm, name: str) -> list[forms.BoundField]:
    return [form[f"{name}_{code}"] for code, _language in settings.LANGUAGES]
