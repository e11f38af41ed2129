"""How a form field's control is drawn: our classes, the right autocomplete, described by hint and error."""

from django import forms
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString

AUTOCOMPLETE: dict[str, str] = {
    "email": "email",
    "login": "username",
    "username": "username",
    "name": "name",
    "full_name": "name",
    "phone": "tel",
    "password": "current-password",
    "password1": "new-password",
    "password2": "new-password",
    "address": "street-address",
    "postal_code": "postal-code",
    "organisation": "organization",
    "code": "one-time-code",
    "birth_date": "bday",
}
"""What a browser may fill in, by the field's name (WCAG 1.3.5)."""

_GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def _css(widget: forms.Widget) -> str:
    if isinstance(widget, (*_GROUPS, forms.CheckboxInput)):
        return ""
    if isinstance(widget, forms.Select):
        return "select"
    return "area" if isinstance(widget, forms.Textarea) else "input"


def _attributes(field: BoundField) -> dict[str, str | bool]:
    widget = field.field.widget
    own = str(widget.attrs.get("class", ""))
    attributes = {"class": " ".join(filter(None, (_css(widget), own)))}
    fill = AUTOCOMPLETE.get(field.name.rsplit("-", 1)[-1])
    if fill and "autocomplete" not in widget.attrs:
        attributes["autocomplete"] = fill
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
        attributes["rows"] = "4"
    return {name: value for name, value in attributes.items() if value}


def drawn(field: BoundField) -> SafeString:
    """The control alone; Django itself adds `aria-invalid` and `aria-describedby`."""
    return field.as_widget(attrs=_attributes(field))


def is_single_choice(field: BoundField) -> bool:
    """Whether the field is one box to tick."""
    return isinstance(field.field.widget, forms.CheckboxInput)


def choices_of(field: BoundField) -> list[BoundWidget]:
    """The boxes of a group; nothing for any other control."""
    return list(field.subwidgets) if isinstance(field.field.widget, _GROUPS) else []


def anchor(field: BoundField) -> str:
    """Where a link to the field leads: its control, or the first box of its group."""
    boxes = choices_of(field)
    return str(boxes[0].id_for_label if boxes else field.id_for_label or field.auto_id)
