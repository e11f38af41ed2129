"""The directory in the API: who shares, and which services they run. Anybody may read."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from sharingcity.directory import queries, schemas
from sharingcity.directory.presenting import (
    present_organisation,
    present_organisation_whole,
    present_service,
    present_service_whole,
)
from sharingcity.directory.queries.entries import services_asked
from sharingcity.kernel.clock import now as clock_now
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.kernel.paging import page_of
from sharingcity.kernel.problems import response_of

router = Router(tags=["directory"])
REFUSED = {404: schemas.EntryProblem, 422: schemas.EntryProblem, 429: schemas.EntryProblem}


@router.get(
    "/organisations", response={200: schemas.OrganisationsOut} | REFUSED, auth=None, summary="Who shares in the city"
)
def get_organisations(request: HttpRequest, asked: Query[schemas.OrganisationsIn]) -> HttpResponse:
    """Organisations that fit, the latest entry first. `/search` ranks them by words."""
    question = queries.EntryQuestion(
        text=asked.q,
        field=asked.field,
        district=_district(asked.district),
        legal_form=asked.legal_form,
        designated=asked.designated,
    )
    found = page_of(queries.organisations_asked(question, clock_now()), asked, "created_at")
    origin = _origin(request)
    results = [
        present_organisation(one, origin, is_designated=one.is_marked)  # type: ignore[attr-defined]  # annotated by the query
        for one in found.rows
    ]
    return _tagged(request, {"results": results, "count": found.count, "next": found.next})


@router.get(
    "/organisations/{slug}",
    response={200: schemas.OrganisationDetailOut} | REFUSED,
    auth=None,
    summary="One organisation with its services",
)
def get_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """By slug or id; of an entry that was merged the one that stayed. A retired one too, whose state says so."""
    one = queries.standing_organisation(slug.replace("\x00", ""))
    if one.state == "draft":
        raise NotFound("organisation.unknown", _("There is no such organisation."))
    services = queries.services_of([one.pk]).get(one.pk, [])
    is_designated = queries.is_designated(one.pk, clock_now())
    return _tagged(request, present_organisation_whole(one, services, _origin(request), is_designated=is_designated))


@router.get("/services", response={200: schemas.ServicesOut} | REFUSED, auth=None, summary="What organisations run")
def get_services(request: HttpRequest, asked: Query[schemas.ServicesIn]) -> HttpResponse:
    """Sharing services that fit, here or on platforms of their own, the latest entry first."""
    owner = queries.standing_organisation(asked.organisation).pk if asked.organisation else None
    rows = services_asked(kind=asked.kind, district=_district(asked.district), organisation_id=owner)
    found = page_of(rows, asked, "created_at")
    origin = _origin(request)
    results = [present_service(one, origin) for one in found.rows]
    return _tagged(request, {"results": results, "count": found.count, "next": found.next})


@router.get("/services/{slug}", response={200: schemas.ServiceDetailOut} | REFUSED, auth=None, summary="One service")
def get_service(request: HttpRequest, slug: str) -> HttpResponse:
    """By slug or id. A retired one too, whose state says so."""
    return _tagged(request, present_service_whole(queries.get_service(slug.replace("\x00", "")), _origin(request)))


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _district(text: str) -> str:
    """Its slug. Raises: `request.invalid` for an unknown one."""
    if not text:
        return ""
    if (found := queries.district_by_slug_or_code(text)) is None:
        raise Refusal("request.invalid", _("There is no such district."), field="district")
    return found.slug


def _tagged(request: HttpRequest, body: Mapping[str, Any]) -> HttpResponse:
    """Whoever has the same answer already is told so in a line."""
    answer = response_of(200, body)
    answer["ETag"] = f'"{blake2b(answer.content, digest_size=12).hexdigest()}"'
    answer["Cache-Control"] = "public, no-cache"
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer
