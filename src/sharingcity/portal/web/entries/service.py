"""`/services/SLUG`: what an organisation runs, for whom, at what price, and how to start."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sharingcity.booking.web.pages import viewer, whole_pages
from sharingcity.directory import vocabulary
from sharingcity.directory.queries import get_service, is_designated, services_of
from sharingcity.directory.queries.retiring import retired_on
from sharingcity.finding.queries.favourites import kept_by
from sharingcity.finding.web.hearts import heart_of_service
from sharingcity.kernel import clock
from sharingcity.kernel.i18n import localised
from sharingcity.partners.feeds_out.addresses import origin_of
from sharingcity.partners.feeds_out.schema_org import script_of, service_thing
from sharingcity.partners.queries.going import going_path, host_of
from sharingcity.portal.web.entries import words
from sharingcity.portal.web.listing_words import retired_words
from sharingcity.ui.components import Link

if TYPE_CHECKING:
    from sharingcity.directory.models import Service

APPS = {"ios": "App Store", "android": "Google Play"}


@whole_pages
@require_safe
def service(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_service(slug)
    if found.slug != slug:
        return redirect("portal-service", found.slug)
    shown = _what(found)
    context = (
        shown
        | _whose(found)
        | {
            "json_ld": "" if shown["is_retired"] else script_of([service_thing(found, origin_of(request))]),
            "heart": heart_of_service(found, kept_by(viewer(request))),
            "report_url": reverse("directory-report", args=["service", found.code]),
            "share_url": request.build_absolute_uri(request.path),
            "share_title": localised(found.names),
        }
    )
    return render(request, "portal/entries/service.html", context)


def _what(found: "Service") -> dict[str, Any]:
    """The service itself, and how to start."""
    is_retired = "retired" in (found.state, found.organisation.state)
    return {
        "title": localised(found.names),
        "summary": localised(found.summaries),
        "text": localised(found.descriptions),
        "kinds": [(words.FIELD_ICONS[code], vocabulary.FIELDS[code]) for code in found.kinds],
        "facts": words.service_facts(found),
        "steps": [step for step in map(localised, found.steps) if step],
        "url": going_path("service", found.code) if found.url else "",
        "host": host_of(found.url),
        "apps": [
            (title, going_path("service", found.code, kind))
            for kind, title in APPS.items()
            if found.app_links.get(kind)
        ],
        "is_retired": is_retired,
        "retired": retired_words(retired_on(found)) if is_retired else "",
        "faded": words.faded_words(found),
        "confirmed": words.confirmed_words(found),
    }


def _whose(found: "Service") -> dict[str, Any]:
    """Who runs it, and what else they run."""
    owner = found.organisation
    url = reverse("portal-organisation", args=[owner.slug])
    others = [one for one in services_of([owner.pk]).get(owner.pk, []) if one.pk != found.pk]
    return {
        "owner": localised(owner.names),
        "owner_text": localised(owner.descriptions),
        "owner_url": url,
        "owner_status": "valid" if is_designated(owner.pk, clock.now()) else "",
        "others": [words.service_row(one) for one in others],
        "crumbs": [
            Link(title=_("Who shares"), url=reverse("portal-organisations")),
            Link(title=localised(owner.names), url=url),
        ],
    }
