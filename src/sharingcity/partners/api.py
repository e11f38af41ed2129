"""The sandbox in the API: what a partner's developers may try with a sandbox key."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from sharingcity.directory.permissions import owns_entry
from sharingcity.directory.queries import organisations_by_id
from sharingcity.kernel.city import local_date
from sharingcity.kernel.clock import now as clock_now
from sharingcity.kernel.errors import NotAllowed
from sharingcity.kernel.problems import response_of
from sharingcity.partners import schemas
from sharingcity.partners.connectors.office_csv.headings import HEADINGS
from sharingcity.partners.frame.problems import MENDS, RowProblem
from sharingcity.partners.operations.judging import Judged, judge_table
from sharingcity.partners.operations.sandbox import NAME, replaced_by_index, table_of_json
from sharingcity.partners.operations.webhooks import send_test
from sharingcity.partners.queries.webhooks import webhook_of
from sharingcity.people.api_auth import SandboxBearer

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation
    from sharingcity.people.models import Person

router = Router(tags=["sandbox"])
REFUSED = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), schemas.SandboxProblem)
MOST_TOLD: Final = 1000
_ROW: Final = {
    "type": "object",
    "properties": {heading.name: {"type": ["string", "number", "null"]} for heading in HEADINGS},
}
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["rows"],
                    "properties": {"rows": {"type": "array", "items": _ROW}},
                }
            },
            "text/csv": {"schema": {"type": "string"}},
        },
    }
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who made the key, and for which organisation."""

    person: "Person"
    organisation: "Organisation"


class OwnersKey(SandboxBearer):
    """Lets a sandbox key in while whoever made it owns the organisation's entry: else 403 `sandbox.ended`."""

    def authenticate(self, request: HttpRequest, token: str) -> Holder | None:
        key = super().authenticate(request, token)
        if key is None:
            return None
        organisation = organisations_by_id([key.organisation_id]).get(key.organisation_id)
        if organisation is None or not owns_entry(key.person, organisation, clock_now()):
            raise NotAllowed(
                "sandbox.ended",
                _("Who made this key no longer acts for the organisation. Have an owner make a new one."),
            )
        return Holder(key.person, organisation)


def _holder(request: HttpRequest) -> Holder:
    """Raises: TypeError on an endpoint without `auth=OwnersKey()`, which is a mistake in the program."""
    holder = getattr(request, "auth", None)
    if not isinstance(holder, Holder):
        raise TypeError("this needs an endpoint with auth=OwnersKey()")
    return holder


@router.post(
    "/sandbox/feed",
    response={200: schemas.TrialOut} | REFUSED,
    auth=OwnersKey(),
    summary="Try out a table of listings",
    openapi_extra=_BODY,
)
def post_feed(request: HttpRequest) -> HttpResponse:
    """What a feed of the organisation would make of it, row by row; nothing is written. A table as CSV, or its rows as
    JSON. The reasons are in the language that is asked for.
    """
    organisation = _holder(request).organisation
    is_json = request.content_type == "application/json"
    table = table_of_json(request.body) if is_json else request.body
    now = clock_now()
    judged = judge_table(organisation=organisation, table=table, now=now, today=local_date(now), name=NAME)
    return _marked(response_of(200, _told(organisation, judged, is_json=is_json)))


def _told(organisation: "Organisation", judged: Judged, *, is_json: bool) -> dict[str, Any]:
    problems = replaced_by_index(judged.problems[:MOST_TOLD]) if is_json else judged.problems[:MOST_TOLD]
    plan = judged.plan
    return {
        "organisation": organisation.slug,
        "rows": judged.rows,
        "created": len(plan.created),
        "changed": len(plan.changed),
        "unchanged": len(plan.unchanged),
        "rejected": judged.rejected,
        "skipped": judged.skipped,
        "retired": len(plan.vanished),
        "held_back": judged.is_held_back,
        "items": [
            {
                "row": item.row - is_json,
                "title": next(iter(item.fields["titles"].values()), ""),
                "outcome": outcome,
            }
            for outcome, item in judged.outcomes[:MOST_TOLD]
        ],
        "problems": [_line(found) for found in problems],
    }


def _line(found: RowProblem) -> dict[str, Any]:
    return {
        "row": found.row,
        "severity": found.severity.value,
        "entry": found.entry,
        "field": found.field,
        "value": found.value,
        "code": found.reason_code,
        "reason": str(found.reason),
        "mend": str(MENDS.get(found.reason_code, "")),
    }


@router.post(
    "/sandbox/webhook-test",
    response={202: schemas.HookOut} | REFUSED,
    auth=OwnersKey(),
    summary="Have a webhook called",
)
def post_webhook_test(request: HttpRequest, payload: schemas.HookIn) -> HttpResponse:
    """One call of the type `webhook.test` to a webhook of the organisation, as soon as a worker is free."""
    holder = _holder(request)
    webhook = webhook_of(holder.organisation.pk, payload.webhook.replace("\x00", ""))
    send_test(webhook=webhook, by=holder.person, now=clock_now())
    return _marked(response_of(202, {"webhook": webhook.code, "state": "waiting"}))


def _marked(answer: HttpResponse) -> HttpResponse:
    answer["Sandbox"] = "true"
    answer["Cache-Control"] = "private, no-store"
    return answer
