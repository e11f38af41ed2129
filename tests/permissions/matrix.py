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
from sharingcity.kernel.intervals import Interval
from sharingcity.people.models import Person
from sharingcity.people.operations import issue_token
from tests.booking.acts import book, grant
from tests.factories import NOW, make_manager, make_member, make_person, make_policy, make_room

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
# Addresses whose `<code>` is not the one that their first part suggests.
SPECIAL = {"book/<str:code>": "held", "book/<str:code>/instead": "held", "book/<str:code>/wait": "held"}
# What an address needs before it asks who is there.
BODIES: dict[str, dict[str, Any]] = {
    "api/v1/listings/<code>/closures": {
        "starts_at": "2026-12-10T10:00:00+09:00",
        "ends_at": "2026-12-10T12:00:00+09:00",
        "reason": {"en": "Lamps"},
    }
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
        people: dict[str, Person | None] = {
            "anonymous": None,
            "resident": make_person("Resident"),
            "booker": booker,
            "member": make_member(room.organisation),
            "manager": manager,
            "other manager": make_manager(make_room("Other", place=None)),
            "steward": grant(make_person(), "steward", *building),
            "counter": grant(make_person(), "counter", *building),
            "officer": grant(make_person(), "officer"),
            "administrator": grant(make_person(), "administrator"),
        }
        made = {state: book(room, booker, day=12 + n) for n, state in enumerate(("requested", "confirmed"))}
        confirm_reservation(reservation=made["confirmed"], by=manager, now=NOW)
        made["held"] = book(room, booker, day=14, hold=True)
        for number, state in enumerate(("checked_in", "done", "no_show")):
            made[state] = book(room, booker, day=15 + number)
            Reservation.objects.filter(pk=made[state].pk).update(state=state)
        window = Interval(NOW + timedelta(days=20), NOW + timedelta(days=21))
        closure = close_listing(listing=room, window=window, kind="repair", reason={"en": "x"}, by=manager, now=NOW)
        codes = {state: reservation.code for state, reservation in made.items()}
        codes |= {"listing": room.code, "place": room.place.code, "closure": closure.code}
        codes |= {"organisation": room.organisation.slug}
        return cls(people, codes)

    def address(self, route: str) -> str:
        """The route with what exists in its places; what we have nothing for becomes a code nobody has."""
        if route in SPECIAL:
            code = self.codes[SPECIAL[route]]
        else:
            kinds = {
                "reservations/": "confirmed",
                "r/<": "confirmed",
                "listing": "listing",
                "city/book/": "listing",
                "closures/": "closure",
                "buildings/": "place",
            }
            code = next((self.codes[kind] for part, kind in kinds.items() if part in route), "NOSUCHCODE")
        places = {"code": code, "slug": self.codes["organisation"], "event": "confirm", "moment_name": "before"}
        if route.startswith("gallery"):
            places["slug"] = "forms"

        def fill(found: re.Match[str]) -> str:
            return "1" if found[1] == "int:" else places.get(found[2], "nosuchthing")

        query = f"?place={self.codes['place']}&day=2026-11-12" if route == "host/day-sheet.pdf" else ""
        return "/" + re.sub(r"<(\w+:)?(\w+)>", fill, route) + query

    def ask(self, role: str, method: str, address: str, body: dict[str, Any] | None = None) -> str:
        """What the role is answered; nothing of it stays."""
        person, headers = self.people[role], {}
        client = Client(raise_request_exception=True)
        with transaction.atomic():
            if person is not None and address.startswith("/api/v1/"):
                headers["Authorization"] = f"Bearer {issue_token(person=person, name='x', by=person, now=NOW)}"
            elif person is not None:
                client.force_login(person)
            if method == "POST":
                given: Any = {"data": body or {}}
                if address.startswith("/api/"):
                    given["content_type"] = "application/json"
                answer = client.post(address, headers=headers, **given)
            else:
                answer = client.get(address, headers=headers)
            transaction.set_rollback(True)
        return word(answer)


def word(answer: Any) -> str:
    """`yes` it is let in (what it then says about the input is another matter), or why not."""
    if answer.status_code in (301, 302, 303) and "/accounts/" in answer.headers["Location"]:
        return "login"
    return {401: "login", 403: "no", 404: "hidden", 405: "–", 409: "not now"}.get(answer.status_code, "yes")


Row = tuple[str, ...]


def names() -> list[str]:
    """The first column of every address."""
    return [f"{method} {route or '/'}" for route in routes() for method in METHODS]


def measure(city: City, name: str) -> Row:
    """The words for every role."""
    method, _, route = name.partition(" ")
    route = "" if route == "/" else route
    return tuple(city.ask(role, method, city.address(route), BODIES.get(route)) for role in ROLES)


def measure_event(city: City, event: str, state: str) -> Row:
    address = f"/api/v1/reservations/{city.codes[state]}/{event}"
    times = {"starts_at": "2026-11-20T10:00:00+09:00", "ends_at": "2026-11-20T12:00:00+09:00"}
    return tuple(city.ask(role, "POST", address, {"reason": "Because.", **times}) for role in ROLES)


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
