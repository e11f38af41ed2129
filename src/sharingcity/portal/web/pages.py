"""Pages that stand still: about, accessibility, privacy, licences."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sharingcity.booking.web.pages import city_phone
from sharingcity.listings.queries.provenance import data_sources
from sharingcity.portal.web.libraries import libraries


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/pages/about.html", {"phone": city_phone()})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/pages/accessibility.html", {"phone": city_phone()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/pages/privacy.html", {"phone": city_phone()})


@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    sources = [{"name": name, "licence": licence} for name, licence in sorted(data_sources())]
    return render(request, "portal/pages/licences.html", {"libraries": libraries(), "sources": sources})
