"""What we verify about people, and how it is checked: as words for pages and notices."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

KINDS: "dict[str, str | Promise]" = {
    "verified_resident": _("Lives in the city"),
    "works_here": _("Works in the city"),
    "studies_here": _("Studies in the city"),
    "of_age": _("Is of age"),
}

METHODS: "dict[str, str | Promise]" = {
    "counter": _("A document was shown at the counter"),
    "employer": _("The employer confirmed it"),
    "school": _("The school confirmed it"),
}

# Who says so, for everything that our own staff record; identity providers bear their own names.
STAFF_SOURCE = "staff"


def kind_words(kind: str) -> "str | Promise":
    return KINDS.get(kind, kind)


def method_words(method: str) -> "str | Promise":
    """A provider's method that we have no words for is shown as it names itself."""
    return METHODS.get(method, method)
