"""Forms: fields, errors, what is described by what."""

from collections.abc import Iterator

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override

from sharingcity.ui.forms import CityForm


class Booking(CityForm):
    purpose = forms.CharField(label="What for?", help_text="One line.")
    email = forms.EmailField(label="E-mail", required=False)
    people = forms.IntegerField(label="People", max_value=30)
    who = forms.ChoiceField(label="Who?", widget=forms.RadioSelect, choices=[("me", "I"), ("us", "We")])
    rules = forms.BooleanField(label="I agree")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


def drawn(form: forms.BaseForm) -> str:
    return Template("{{ form }}").render(Context({"form": form}))


def test_form_describes_its_fields_by_hint_and_error() -> None:
    page = drawn(Booking({"people": "42", "who": "me", "rules": "on"}))

    assert 'aria-describedby="id_purpose_helptext id_purpose_error"' in page
    assert 'id="id_purpose_helptext">One line.' in page
    assert 'id="id_purpose_error"' in page
    assert 'aria-invalid="true"' in page


def test_form_with_errors_starts_with_links_to_them() -> None:
    page = drawn(Booking({"people": "42"}))

    assert "4 things need your attention" in page
    assert page.index("data-error-summary") < page.index("field-label")
    for anchor in ("#id_purpose", "#id_people", "#id_who_0", "#id_rules"):
        assert f'href="{anchor}"' in page
        assert f'id="{anchor[1:]}"' in page


def test_form_without_errors_has_no_summary() -> None:
    assert "data-error-summary" not in drawn(Booking())


def test_form_keeps_what_was_typed_and_escapes_it() -> None:
    page = drawn(Booking({"purpose": "<script>", "people": "42"}))

    assert 'value="&lt;script&gt;"' in page
    assert "<script>" not in page


def test_form_says_what_is_optional_and_what_a_browser_may_fill_in() -> None:
    page = drawn(Booking())

    assert page.count("(optional)") == 1
    assert 'autocomplete="email"' in page
    assert " required" not in page


def test_group_of_choices_is_a_fieldset_with_its_legend() -> None:
    page = drawn(Booking())

    assert '<legend class="field-label">Who?' in page
    assert page.count('type="radio"') == 2


def test_label_of_one_box_stands_beside_it() -> None:
    page = drawn(Booking())

    assert '<label class="choice" for="id_rules">' in page
