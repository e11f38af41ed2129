"""Addresses of the ui room: only the gallery."""

from django.urls import path

from sharingcity.ui.web import views

urlpatterns = [
    path("gallery/", views.show_gallery, name="ui-gallery"),
    path("gallery/<slug:part>/", views.show_gallery, name="ui-gallery-part"),
]
