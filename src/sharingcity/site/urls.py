"""Addresses of the whole product: each room brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from sharingcity.site import api_docs, web
from sharingcity.site.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("sharingcity.ui.web.urls")),
    path("api/v1/", api.urls),
    path("api/docs", api_docs.show, name="api-docs"),
    path("healthz", web.healthz),
    path("", include("sharingcity.people.web.urls")),
    path("", include("sharingcity.directory.web.urls")),
    path("", include("sharingcity.partners.web.urls")),
    path("", include("sharingcity.partners.feeds_out.urls")),
    path("", include("sharingcity.finding.web.urls")),
    path("", include("sharingcity.spaces.web.urls")),
    path("", include("sharingcity.booking.web.urls")),
    path("", include("sharingcity.portal.web.urls")),
    path("readyz", web.readyz),
    path("metrics", web.metrics),
]

# The sign-in library looks for it here.
handler429 = web.too_many_attempts
