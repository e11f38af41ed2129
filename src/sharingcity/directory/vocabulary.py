"""The short lists of codes that entries choose from, each with its word.

What is shared follows Art. 2 of Seoul's ordinance (space, goods, information, talent, experience), with what listings
book told apart; the social problems are the five that the enforcement rule names.
"""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Vocabulary = Mapping[str, str | Promise]

FIELDS: Vocabulary = {
    "space": pgettext_lazy("field of sharing", "Rooms and places"),
    "thing": pgettext_lazy("field of sharing", "Things and tools"),
    "vehicle": pgettext_lazy("field of sharing", "Cars, bikes and parking"),
    "home": pgettext_lazy("field of sharing", "Homes and rooms to stay"),
    "event": pgettext_lazy("field of sharing", "Events and gatherings"),
    "skill": pgettext_lazy("field of sharing", "Skills and time"),
    "knowledge": pgettext_lazy("field of sharing", "Knowledge and experience"),
}
"""Fields of sharing of an organisation, and what a service shares. The first five are the kinds of listings."""

PROBLEMS: Vocabulary = {
    "economy": pgettext_lazy("social problem", "Economy: stagnation, jobs for the young, early retirement"),
    "welfare": pgettext_lazy("social problem", "Welfare: ageing, housing for the young, living alone"),
    "culture": pgettext_lazy("social problem", "Culture: exclusion, too few programmes and places to stay"),
    "environment": pgettext_lazy("social problem", "Environment: waste, energy, too much consumption"),
    "traffic": pgettext_lazy("social problem", "Traffic: congestion, too few parking spaces"),
}

PRICE_LEVELS: Vocabulary = {
    "free": pgettext_lazy("price level", "Free of charge"),
    "donation": pgettext_lazy("price level", "Give what you can"),
    "deposit": pgettext_lazy("price level", "Free, with a deposit"),
    "paid": pgettext_lazy("price level", "Costs money"),
    "mixed": pgettext_lazy("price level", "Partly free"),
}

LEGAL_FORMS: Vocabulary = {
    "public_body": _("Public body"),
    "company": _("Company"),
    "social_enterprise": _("Social enterprise"),
    "cooperative": _("Cooperative"),
    "non_profit": _("Non-profit organisation"),
    "residents_group": _("Residents' group"),
}

LANGUAGES: Vocabulary = {
    "ko": _("Korean"),
    "en": _("English"),
    "ar": _("Arabic"),
    "zh": _("Chinese"),
    "ja": _("Japanese"),
    "vi": _("Vietnamese"),
    "th": _("Thai"),
    "ru": _("Russian"),
    "mn": _("Mongolian"),
    "uz": _("Uzbek"),
    "fr": _("French"),
    "es": _("Spanish"),
    "kvk": _("Korean Sign Language"),
}
"""Languages in which people are answered: ISO 639-1, else 639-3."""

CONTACTS: Vocabulary = {"phone": _("Telephone"), "email": _("E-mail"), "address": _("Address")}
"""Contacts that an organisation may show to everybody."""

REPORT_TOPICS: Vocabulary = {
    "closed": _("It does not exist any more"),
    "contact": _("Telephone, e-mail or link is wrong"),
    "hours": _("The opening hours are wrong"),
    "place": _("It is somewhere else"),
    "price": _("The price is wrong"),
    "other": _("Something else"),
}

LIKENESSES: Vocabulary = {
    "number": _("same registration number"),
    "host": _("same website"),
    "name": _("nearly the same name"),
    "place": _("close to each other"),
}
"""Why two entries may be the same."""


def in_order(codes: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The codes in the list's order, each once. An unknown one raises ValueError."""
    wanted = set(codes)
    if unknown := wanted - set(vocabulary):
        raise ValueError(f"“{min(unknown)}” is none of {', '.join(vocabulary)}")
    return tuple(code for code in vocabulary if code in wanted)
