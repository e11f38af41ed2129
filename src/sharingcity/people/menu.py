"""The signed-in person's menu, and the links beside their own pages."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from sharingcity.people.models import Person
from sharingcity.people.permissions import has_ability, scopes_with
from sharingcity.people.slots import ME_MENU
from sharingcity.ui.components import Link, MenuEntry, PersonMenu
from sharingcity.ui.desk import moment


def may(ability: str, request: HttpRequest) -> bool:
    """Whether the reader has the ability city-wide."""
    return has_ability(request.user, ability, (), moment(request))


def may_somewhere(ability: str, request: HttpRequest) -> bool:
    """Whether the reader has the ability in the city or any part of it."""
    person = request.user
    return isinstance(person, Person) and person.is_active and bool(scopes_with(person, ability, moment(request)))


OWN_PAGES = (
    MenuEntry(title=_("Notices"), url_name="people-notices", order=200),
    MenuEntry(title=_("Account and sign-in"), url_name="people-account", order=210),
    MenuEntry(title=_("What I agreed to"), url_name="people-consents", order=220),
    MenuEntry(title=_("Restrictions"), url_name="people-restrictions", order=230),
    MenuEntry(title=_("Keys for programs"), url_name="people-tokens", order=240),
    MenuEntry(title=_("My data"), url_name="people-data", order=250),
)


def _link(entry: MenuEntry, request: HttpRequest) -> Link | None:
    try:
        url = reverse(entry.url_name) if entry.url_name else entry.url
    except NoReverseMatch:
        return None
    return Link(title=str(entry.title), url=url, is_current=request.path == url) if entry.is_for(request) else None


def links_of(entries: "tuple[MenuEntry, ...]", request: HttpRequest) -> list[Link]:
    """The entries this person may follow, by order."""
    found = (_link(entry, request) for entry in sorted(entries, key=lambda entry: entry.order))
    return [link for link in found if link]


def person_menu(request: HttpRequest) -> PersonMenu | None:
    """What the frame shows of the signed-in person."""
    person = request.user
    if not isinstance(person, Person):
        return None
    return PersonMenu(
        name=person.name,
        links=links_of(tuple(ME_MENU), request),
        sign_out_url=reverse("account_logout"),
    )
