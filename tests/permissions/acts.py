"""What is done on pages, each act with everything it needs, to a thing in the state in which it can be done."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.messages import ERROR

from tests.permissions.matrix import ROLES, City, Row, word

RESERVATION = "/city/reservations/"
OWN = "/me/reservations/"


@dataclass(frozen=True)
class Act:
    """`{words}` in address and body are the codes of `City`."""

    name: str
    address: str
    body: dict[str, str] = field(default_factory=dict)
    method: str = "POST"


_GUEST = {"email": "guest@people.example", "role": "editor"}
ACTS = (
    Act("take a shift that nobody has", "/host/rota/{gap}", {"do": "take"}),
    Act("assign a shift that nobody has", "/host/rota/{gap}", {"do": "assign", "steward": "{steward}"}),
    Act("give up the steward's shift", "/host/rota/{shift}", {"do": "give_up"}),
    Act("hand over the steward's shift", "/host/rota/{shift}", {"do": "hand_over", "steward": "{second_steward}"}),
    Act(
        "go through the check-list an hour before",
        "/host/reservations/{soon}/checks/in",
        {"item-{check_item}": "fine"},
    ),
    Act("deal with a reported incident", "/host/incidents/{incident}", {"do": "take", "reason": "Because."}),
    Act("settle a reported incident", "/host/incidents/{incident}", {"do": "settle", "reason": "Because."}),
    Act("reopen a settled incident", "/host/incidents/{settled_incident}", {"do": "reopen", "reason": "Because."}),
    Act("report an incident of a booking", OWN + "{done}/report", {"kind": "damage", "words": "A lamp."}),
    Act("lift a closure", "/host/closures/{closure}/lift"),
    Act("approve a request", "/city/requests", {"event": "confirm", "code": "{requested}"}),
    Act("decline a request", "/city/requests", {"event": "decline", "code": "{requested}", "reason": "Because."}),
    Act("approve a request on its page", RESERVATION + "{requested}", {"do": "confirm"}),
    Act("withdraw a booking on its page", RESERVATION + "{soon}", {"do": "withdraw", "reason": "Because."}),
    Act("cancel a booking on its page", RESERVATION + "{soon}", {"do": "cancel"}),
    Act("check in on the page of the booking", RESERVATION + "{soon}", {"do": "check_in"}),
    Act("check out on the page of the booking", RESERVATION + "{checked_in}", {"do": "check_out"}),
    Act("excuse an absence on its page", RESERVATION + "{no_show}", {"do": "excuse", "reason": "Because."}),
    Act("write down a payment", RESERVATION + "{owing}", {"do": "pay", "amount_minor": "20000", "method": "transfer"}),
    Act("waive what is owed", RESERVATION + "{owing}", {"do": "waive", "ground": "Flood"}),
    Act(
        "give back more than the rules do",
        RESERVATION + "{cancelled}",
        {"do": "refund", "refund-amount_minor": "2000", "refund-ground": "Ill", "refund-method": "none"},
    ),
    Act("send a refund that is due", "/city/refunds/{refund}"),
    Act(
        "dismiss a clash",
        RESERVATION + "{clashing}",
        {"do": "dismiss", "clash": "{clash}", "clash-reason": "An old entry"},
    ),
    Act("cancel a confirmed booking of one's own", OWN + "{confirmed}/cancel"),
    Act("cancel a request of one's own", OWN + "{requested}/cancel"),
    Act("object to an absence", OWN + "{no_show}/appeal", {"reason": "I was there."}),
    Act(
        "move a booking of one's own",
        OWN + "{soon}/move",
        {"day": "2026-11-13", "from": "10:00", "until": "12:00"},
    ),
    Act("leave a waiting list", "/me/waiting/{waiting}/leave"),
    Act("revoke a token", "/me/tokens/{api_token}/revoke"),
    Act("appeal a restriction", "/me/restrictions", {"restriction": "{restriction}", "words": "It was not me."}),
    Act("answer as the guardian", "/guardian/{guardian}", {"answer": "yes", "guardian_name": "Lee Soo"}),
    Act(
        "note what was checked about a person",
        "/city/people/claims?email={email}",
        {"kind": "of_age"} | {"method": "counter", "valid_until": "2027-06-01"},
    ),
    Act("end what was checked about a person", "/city/people/claims/{claim}/end"),
    Act("give a role", "/city/people/roles", {"email": "{email}", "role": "counter", "scope": "city:0"}),
    Act("end a role", "/city/people/roles/{grant}/end", {"reason": "Because."}),
    Act(
        "name a deputy",
        "/city/people/roles/{grant}/deputy",
        {"email": "{email}", "valid_from": "2026-11-03", "valid_until": "2026-11-20"},
    ),
    Act("note that somebody was told", "/city/notices/{notice}/settle", {"event": "told"}),
    Act(
        "impose a restriction",
        "/city/restrictions",
        {"email": "{email}", "words": "Noise.", "ends_on": "2026-12-01"},
    ),
    Act("lift a restriction", "/city/restrictions/{restriction}/decide", {"event": "lift", "words": "Because."}),
    Act("decide an appeal", "/city/restrictions/{appealed}/decide", {"event": "uphold", "words": "Because."}),
    Act("decide a difference", "/city/imports/differences/{difference}/decide", {"take": "theirs"}),
    Act("keep a retired listing", "/city/imports/retired/{retired}/keep"),
    Act("read a feed now", "/city/connectors/{feed}", {"do": "run"}),
    Act("pause a feed", "/city/connectors/{feed}", {"do": "pause"}),
    Act("resume a feed", "/city/connectors/{paused_feed}", {"do": "resume"}),
    Act("accept what a feed takes away", "/city/connectors/{held_feed}", {"do": "accept", "vanished": "3"}),
    Act(
        "change a feed",
        "/city/connectors/{feed}/change",
        {"name": "Cars", "location": "https://a.example.org/b.json", "every_minutes": "15", "stale_periods": "3"},
    ),
    Act("give up a feed", "/city/connectors/{feed}/retire"),
    Act("give up a table brought by hand", "/city/connectors/{hand_feed}/retire"),
    Act("approve a change of an entry", "/city/entries/versions/{version}", {"do": "approve"}),
    Act("return a change of an entry", "/city/entries/versions/{version}", {"do": "return", "reason": "More."}),
    Act("withdraw a change of an entry", "/host/entry/{organisation}", {"do": "withdraw"}),
    Act("confirm an entry", "/host/entry/{organisation}", {"do": "confirm"}),
    Act("grant a claim of an entry", "/city/entries/claims/{entry_claim}", {"do": "grant"}),
    Act("refuse a claim of an entry", "/city/entries/claims/{entry_claim}", {"do": "refuse", "reason": "No."}),
    Act("answer a reported error", "/city/entries/reports/{error_report}", {"do": "answer", "reason": "Mended."}),
    Act("say that two entries are two", "/city/entries/pairs/{likeness}"),
    Act("merge two entries", "/city/entries/{organisation}/merge", {"into": "{unclaimed}"}),
    Act("take an organisation off", "/city/entries/{unclaimed}/retire", {"do": "retire", "reason": "Over."}),
    Act("bring an organisation back", "/city/entries/{gone}/retire", {"do": "restore"}),
    Act("retire a service", "/host/entry/{organisation}/services/{code}", {"do": "retire", "reason": "Over."}),
    Act("invite somebody to an entry", "/host/entry/{organisation}/members", {"do": "invite"} | _GUEST),
    Act("end a membership", "/host/entry/{organisation}/members", {"do": "end", "id": "{membership}"}),
    Act("claim an entry", "/organisations/{unclaimed}/claim", {"do": "ask", "proof": "It is mine."}),
    Act("accept an invitation to an entry", "/invitations/{invitation}"),
    Act("say that an entry is still true", "/still-true/{still_true}", {"answer": "yes"}),
    Act("stop the letters about an entry", "/still-true/{asked_contact}/stop"),
    Act("make a draft of a suggestion", "/city/entries/suggestions/{suggestion}", {"do": "draft"}),
    Act("decline a suggestion", "/city/entries/suggestions/{suggestion}", {"do": "decline", "reason": "No."}),
    Act(
        "suggest what is missing",
        "/suggest",
        {"kind": "organisation", "name": "Seed bank", "shared": "Seeds", "different": "on"},
    ),
    Act("report an error", "/report/service/{code}", {"topic": "hours", "words": "Closed on Mondays"}),
)

PAGES = (
    "r/{}",
    "me/reservations/{}",
    "me/reservations/{}/cancel",
    "me/reservations/{}/move",
    "me/reservations/{}/extend",
    "me/reservations/{}/appeal",
    "me/reservations/{}/report",
    "me/reservations/{}/permit.pdf",
    "me/reservations/{}/receipt.pdf",
    "city/reservations/{}",
    "city/reservations/{}/move",
    "host/reservations/{}/checks/in",
)
STATES = ("requested", "done", "no_show", "cancelled")
SHOWN = {f"{page.format('…')} while {state}": (page, state) for page in PAGES for state in STATES}


def measure_page(city: City, name: str) -> Row:
    """The page of a reservation in this state, looked at."""
    page, state = SHOWN[name]
    return tuple(outcome(city.ask(role, "GET", "/" + page.format(city.codes[state]))) for role in ROLES)


def measure_act(city: City, act: Act) -> Row:
    address = act.address.format_map(city.codes)
    body = {key.format_map(city.codes): value.format_map(city.codes) for key, value in act.body.items()}
    return tuple(outcome(city.ask(role, act.method, address, body)) for role in ROLES)


def outcome(answer: Any) -> str:
    """As `word`, but an act that was not done for a reason said on a page is not called `yes`."""
    said = getattr(answer.wsgi_request, "_messages", None)
    levels = [message.level for message in getattr(said, "_queued_messages", ())]
    if word(answer) == "yes" and (answer.status_code == 422 or ERROR in levels):
        return "turned away"
    return word(answer)
