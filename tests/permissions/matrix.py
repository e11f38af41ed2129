"""The table of docs/permissions.md: read and measured."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from sharingcity.booking.models import Reservation
from sharingcity.booking.operations import close_listing, confirm_reservation
from sharingcity.directory.queries import get_organisation
from sharingcity.kernel.intervals import Interval
from sharingcity.people.models import Person
from sharingcity.people.operations import issue_sandbox_key, issue_token
from sharingcity.site.api import api
from tests.booking.acts import book, grant
from tests.factories import NOW, make_manager, make_member, make_person, make_policy, make_room
from tests.permissions.things import things

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
ROLES = (
    "anonymous",
    "resident",
    "booker",
    "member",
    "manager",
    "other manager",
    "steward",
    "counter",
    "officer",
    "administrator",
)
# Addresses of the sign-in library and of Django itself: their own tests hold them.
NOT_OURS = ("accounts/", "i18n/")
METHODS = ("GET", "POST")
# What stands in the place of an address, by how the address begins; the longest that fits counts.
PLACES = {
    "api/hsds/": "hsds_list",
    "api/v1/calendar/me/": "calendar",
    "api/v1/calendar/listings/": "listing",
    "api/v1/calendar/organisations/": "organisation",
    "api/v1/listings/": "listing",
    "api/v1/organisations/": "organisation",
    "api/v1/services/": "service",
    "api/v1/reservations/": "confirmed",
    "api/v1/waiting/": "waiting",
    "book/": "held",
    "book/listing/": "listing",
    "city/book/": "listing",
    "city/connectors/": "feed",
    "city/entries/": "organisation",
    "city/entries/claims/": "entry_claim",
    "city/entries/pairs/": "likeness",
    "city/entries/reports/": "error_report",
    "city/entries/suggestions/": "suggestion",
    "city/entries/versions/": "version",
    "city/imports/": "run",
    "city/imports/differences/": "difference",
    "city/imports/retired/": "retired",
    "city/imports/upload/": "city_table",
    "city/notices/": "notice",
    "city/people/claims/": "claim",
    "city/people/roles/": "grant",
    "city/refunds/": "refund",
    "city/reservations/": "confirmed",
    "city/restrictions/": "restriction",
    "go/": "going",
    "guardian/": "guardian",
    "host/buildings/": "place",
    "host/closures/": "closure",
    "host/entry/": "organisation",
    "host/incidents/": "incident",
    "host/listings/": "listing",
    "host/reservations/": "confirmed",
    "host/rota/": "shift",
    "invitations/": "invitation",
    "kept/": "kept_list",
    "listings/": "listing",
    "me/reservations/": "confirmed",
    "me/searches/": "saved_search",
    "me/tokens/": "api_token",
    "me/waiting/": "waiting",
    "open-data/": "collection",
    "open-data/catalogue.": "catalogue",
    "open-data/changes/": "collection",
    "organisations/": "organisation",
    "r/": "confirmed",
    "report/": "report_kind",
    "services/": "service",
    "sitemaps/": "sitemap",
    "still-true/": "asked_contact",
    "searches/stop/": "stop_letters",
}
# What stands in a second place.
SECOND = {"app": "ios", "event": "confirm", "form": "csv", "moment_name": "in", "position": "1", "slug": "some-name"}
# What an address needs before it asks who is there, or what one may do.
BODIES: dict[str, dict[str, Any]] = {
    "city/connectors/<str:code>": {"do": "run"},
    "city/entries/claims/<int:claim_id>": {"do": "grant"},
    "city/entries/reports/<str:code>": {"do": "answer"},
    "city/entries/versions/<int:version_id>": {"do": "approve"},
    "city/imports/upload/<str:table>": {"do": "bring"},
    "city/reservations/<str:code>": {"do": "cancel"},
    "host/entry/<str:slug>/members": {"do": "invite"},
    "host/entry/<str:slug>/upload/<str:table>": {"do": "bring"},
    "host/entry/<str:slug>/webhooks/<str:webhook>": {"do": "pause"},
    "api/v1/listings/<code>/closures": {
        "starts_at": "2026-12-10T10:00:00+09:00",
        "ends_at": "2026-12-10T12:00:00+09:00",
        "reason": {"en": "Lamps"},
    },
}
EVENTS = (
    ("confirm", "requested"),
    ("decline", "requested"),
    ("cancel", "requested"),
    ("cancel", "confirmed"),
    ("cancel", "no_show"),
    ("withdraw", "confirmed"),
    ("reschedule", "confirmed"),
    ("extend", "confirmed"),
    ("extend", "done"),
    ("book", "held"),
    ("check_in", "confirmed"),
    ("check_out", "checked_in"),
    ("mark_absent", "confirmed"),
    ("appeal", "no_show"),
    ("excuse", "no_show"),
)


def routes() -> list[str]:
    """Every address of the resolver once, as it is written there."""
    found = dict.fromkeys(_walk(get_resolver().url_patterns, ""))
    return [route for route in found if not route.startswith(NOT_OURS)]


def _walk(patterns: list[Any], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


@dataclass
class City:
    """One building with a room and bookings in every state, and one person of each role."""

    people: dict[str, Person | None]
    codes: dict[str, str]

    @classmethod
    def found(cls) -> "City":
        room = make_room(policy=make_policy(needs_approval=True, max_holds=9))
        booker, manager = make_person("Booker"), make_manager(room)
        building = ("building", room.place_id)
        steward = grant(make_person(), "steward", *building)
        people: dict[str, Person | None] = {
            "anonymous": None,
            "resident": make_person("Resident"),
            "booker": booker,
            "member": make_member(room.organisation),
            "manager": manager,
            "other manager": make_manager(make_room("Other", place=None)),
            "steward": steward,
            "counter": grant(make_person(), "counter", *building),
            "officer": grant(make_person(), "officer"),
            "administrator": grant(make_person(), "administrator"),
        }
        made = {state: book(room, booker, day=12 + n) for n, state in enumerate(("requested", "confirmed"))}
        confirm_reservation(reservation=made["confirmed"], by=manager, now=NOW)
        made["held"] = book(room, booker, day=14, hold=True)
        for number, state in enumerate(("checked_in", "done", "no_show")):
            a_week_ago = NOW - timedelta(days=7)
            made[state] = book(room, booker, day=1, hour=10 + 3 * number, now=a_week_ago)
            Reservation.objects.filter(pk=made[state].pk).update(state=state)
        window = Interval(NOW + timedelta(days=20), NOW + timedelta(days=21))
        closure = close_listing(listing=room, window=window, kind="repair", reason={"en": "x"}, by=manager, now=NOW)
        codes = {state: reservation.code for state, reservation in made.items()}
        codes |= {"listing": room.code, "place": room.place.code, "closure": closure.code}
        codes |= {"organisation": room.organisation.slug}
        codes |= things(room, booker, manager, steward)
        return cls(people, codes)

    def address(self, route: str) -> str:
        """The route with what exists in its places."""
        if route.startswith("gallery"):
            return "/" + route.replace("<slug:part>", "forms")
        kinds = [kind for start, kind in sorted(PLACES.items()) if route.startswith(start)]
        filled = re.sub(r"<(\w+:)?\w+>", lambda _found: self.codes[kinds[-1]], route, count=1)
        query = f"?place={self.codes['place']}&day=2026-11-12" if route == "host/day-sheet.pdf" else ""
        return (
            "/"
            + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: SECOND.get(found[1]) or self.codes[found[1]], filled)
            + query
        )

    def _key(self, person: Person, address: str) -> str:
        """A key of the person's own; at the sandbox one that they made for the organisation."""
        if "/sandbox/" not in address:
            return issue_token(person=person, name="x", by=person, now=NOW)
        organisation_id = get_organisation(self.codes["organisation"]).pk
        return issue_sandbox_key(person=person, organisation_id=organisation_id, name="x", days=1, now=NOW)

    def ask(self, role: str, method: str, address: str, body: dict[str, Any] | None = None) -> Any:
        """What the role is answered; nothing of it stays."""
        person, headers = self.people[role], {}
        client = Client(raise_request_exception=True)
        with transaction.atomic():
            if person is not None and address.startswith("/api/v1/"):
                headers["Authorization"] = f"Bearer {self._key(person, address)}"
            elif person is not None:
                client.force_login(person)
            given: Any = {} if method == "GET" else {"data": body or {}}
            if method != "GET" and address.startswith("/api/"):
                given["content_type"] = "application/json"
            answer = getattr(client, method.lower())(address, headers=headers, **given)
            transaction.set_rollback(True)
        return answer


def word(answer: Any) -> str:
    """`yes` it is let in (what it then says about the input is another matter), or why not."""
    if answer.status_code in (301, 302, 303) and "/accounts/" in answer.headers["Location"]:
        return "login"
    return {401: "login", 403: "no", 404: "hidden", 405: "–", 409: "not now"}.get(answer.status_code, "yes")


Row = tuple[str, ...]


def names() -> list[str]:
    """The first column of every address."""
    plain = [f"{method} {route or '/'}" for route in routes() for method in METHODS]
    return plain + [f"{method} {route}" for route in routes() for method in _more_methods(route)]


def _more_methods(route: str) -> list[str]:
    """Methods of the API's operations beside those that every address is asked by."""
    described = api.get_openapi_schema()["paths"].get("/" + re.sub(r"<(\w+)>", r"{\1}", route), {})
    return [method.upper() for method in described if method.upper() not in METHODS]


def measure(city: City, name: str) -> Row:
    """The words for every role."""
    method, _, route = name.partition(" ")
    route = "" if route == "/" else route
    return tuple(word(city.ask(role, method, city.address(route), BODIES.get(route))) for role in ROLES)


def measure_event(city: City, event: str, state: str) -> Row:
    address = f"/api/v1/reservations/{city.codes[state]}/{event}"
    times = {"starts_at": "2026-11-20T10:00:00+09:00", "ends_at": "2026-11-20T12:00:00+09:00"}
    return tuple(word(city.ask(role, "POST", address, {"reason": "Because.", **times})) for role in ROLES)


def documented() -> dict[str, Row]:
    """Every row of the document's tables by its first column."""
    found: dict[str, Row] = {}
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == len(ROLES) + 1:
            found[cells[0].strip("`")] = tuple(cells[1:])
    return found


def as_line(name: str, words: Row) -> str:
    return f"| `{name}` | {' | '.join(words)} |"
