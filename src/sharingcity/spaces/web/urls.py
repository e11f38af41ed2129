"""Addresses of looking after rooms: the rota, check-lists, reports, ways in."""

from django.urls import path

from sharingcity.spaces.web import checks, entry, incidents, lists, photos, report, rota

urlpatterns = [
    path("host/rota", rota.rota, name="host-rota"),
    path("host/rota/mine", rota.mine, name="host-rota-mine"),
    path("host/rota/<str:code>", rota.shift, name="host-shift"),
    path("host/reservations/<str:code>/checks/<str:moment_name>", checks.check, name="host-check"),
    path("host/buildings", lists.buildings, name="host-buildings"),
    path("host/buildings/<str:code>", lists.building, name="host-building"),
    path("host/listings/<str:code>/entry", entry.entry, name="host-entry"),
    path("host/incidents", incidents.incidents, name="host-incidents"),
    path("host/incidents/new", report.report, name="host-report"),
    path("host/incidents/<str:code>", incidents.incident, name="host-incident"),
    path("host/incidents/<str:code>/photos/<int:position>", photos.photo, name="host-photo"),
    path("me/reservations/<str:code>/report", report.report_own, name="booking-report"),
]
