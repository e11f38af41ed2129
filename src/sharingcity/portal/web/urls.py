"""Addresses of the portal: residents' pages, then the desks of hosts and of the city."""

from django.urls import include, path

urlpatterns = [
    path("", include("sharingcity.portal.web.residents_urls")),
    path("", include("sharingcity.portal.web.staff_urls")),
]
