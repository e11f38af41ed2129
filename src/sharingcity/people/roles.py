"""Roles as code: each with a sentence that says what it may do, and where it can be given."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """`scopes`: where it may be given. `abilities`: what it allows there, in the words of `permissions`."""

    code: str
    title: str | Promise
    sentence: str | Promise
    scopes: frozenset[str]
    abilities: frozenset[str]


def _role(code: str, title: "Promise | str", sentence: "Promise | str", scopes: str, abilities: str) -> Role:
    return Role(
        code=code,
        title=title,
        sentence=sentence,
        scopes=frozenset(scopes.split()),
        abilities=frozenset(abilities.split()),
    )


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role(
            "manager",
            _("Manager"),
            _(
                "Decides on requests, opens and closes rooms, sees who comes, and confirms who lives, works or studies"
                " here."
            ),
            "building organisation district city",
            "manage_listings decide_requests close_units see_bookers check_in book_for_others record_payment"
            " check_identity",
        ),
        _role(
            "steward",
            _("Key-holder"),
            _("Opens and closes the rooms at booked times and writes down what was found."),
            "building organisation",
            "check_in see_bookers report_incident",
        ),
        _role(
            "counter",
            _("Counter and phone"),
            _("Books on behalf of people who call or come by, and confirms who lives, works or studies here."),
            "city district organisation building",
            "book_for_others see_bookers record_payment check_identity",
        ),
        _role(
            "officer",
            _("Programme officer"),
            _(
                "Runs the city's programme: organisations, imports, rules, restrictions; confirms who lives, works or"
                " studies here."
            ),
            "city district",
            "manage_listings decide_requests close_units see_bookers check_in book_for_others record_payment"
            " manage_organisations run_imports restrict_people see_notices check_identity",
        ),
        _role(
            "administrator",
            _("Administrator"),
            _("Gives and takes roles, in the city or in a district, and sees that the software runs."),
            "city district",
            "grant_roles run_imports see_notices manage_organisations restrict_people manage_calendar",
        ),
    )
}
