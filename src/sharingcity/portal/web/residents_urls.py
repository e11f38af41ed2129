"""Addresses of the residents' pages."""

from django.urls import path

from sharingcity.portal.web import home, listing, me, my_calendar, organisation, pages
from sharingcity.portal.web.entries import organisations, service

urlpatterns = [
    path("", home.home, name="portal-home"),
    path("listings/<str:code>", listing.listing),
    path("listings/<str:code>/<str:slug>", listing.listing, name="portal-listing"),
    path("organisations", organisations.organisations, name="portal-organisations"),
    path("services/<str:slug>", service.service, name="portal-service"),
    path("organisations/<str:slug>", organisation.organisation, name="portal-organisation"),
    path("me", me.me, name="portal-me"),
    path("me/calendar", my_calendar.my_calendar, name="portal-calendar"),
    path("about", pages.about, name="portal-about"),
    path("accessibility", pages.accessibility, name="portal-accessibility"),
    path("privacy", pages.privacy, name="portal-privacy"),
    path("licences", pages.licences, name="portal-licences"),
]
