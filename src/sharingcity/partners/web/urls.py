"""Addresses of the staff's pages about imports."""

from django.urls import path

from sharingcity.partners.web import claim, imports

urlpatterns = [
    path("host/listings/<str:code>/claim", claim.claim, name="partners-claim"),
    path("city/imports", imports.runs, name="partners-imports"),
    path("city/imports/differences", imports.differences, name="partners-differences"),
    path("city/imports/differences/<int:difference_id>/decide", imports.decide, name="partners-difference-decide"),
    path("city/imports/retired", imports.retired, name="partners-retired"),
    path("city/imports/retired/<str:code>/keep", imports.keep, name="partners-retired-keep"),
    path("city/imports/<str:code>/report", imports.report, name="partners-report"),
]
