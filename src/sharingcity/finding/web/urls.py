"""Addresses of finding."""

from django.urls import path

from sharingcity.finding.web import views

urlpatterns = [
    path("find", views.find, name="finding-find"),
    path("find/map.json", views.map_pins, name="finding-map"),
    path("find/districts.json", views.districts, name="finding-districts"),
]
