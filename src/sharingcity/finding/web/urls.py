"""Addresses of finding."""

from django.urls import path

from sharingcity.finding.web import embed, favourites, near, searches, views

urlpatterns = [
    path("find", views.find, name="finding-find"),
    path("find/near", near.near, name="finding-near"),
    path("embed", embed.builder, name="embed"),
    path("embed/free-nearby", embed.free_nearby, name="embed-free"),
    path("find/map.json", views.map_pins, name="finding-map"),
    path("find/districts.json", views.districts, name="finding-districts"),
    path("me/favourites", favourites.favourites, name="favourites"),
    path("me/favourites/keep", favourites.keep, name="favourites-keep"),
    path("me/favourites/merge", favourites.merge, name="favourites-merge"),
    path("me/favourites/share", favourites.share, name="favourites-share"),
    path("me/searches", searches.searches, name="searches"),
    path("me/searches/new", searches.new, name="searches-new"),
    path("me/searches/<str:code>", searches.change, name="searches-change"),
    path("searches/stop/<str:token>", searches.stop, name="searches-stop"),
    path("favourites/rows", favourites.rows, name="favourites-rows"),
    path("kept/<str:secret>", favourites.shared_list, name="favourites-shared"),
]
