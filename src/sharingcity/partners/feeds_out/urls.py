"""Addresses of what is given back: open data, feeds, HSDS, and what search engines look for."""

from django.urls import path

from sharingcity.partners.feeds_out import views
from sharingcity.partners.feeds_out.hsds import views as hsds

urlpatterns = [
    path("open-data", views.page, name="open-data"),
    path("open-data/catalogue.<str:form>", views.catalogue, name="open-data-catalogue"),
    path("open-data/changes/<str:name>.atom", views.changes, name="open-data-changes"),
    path("open-data/<str:name>.<str:form>", views.file, name="open-data-file"),
    path("api/hsds/", hsds.root, name="hsds-root"),
    path("api/hsds/openapi.json", hsds.openapi, name="hsds-openapi"),
    path("api/hsds/<str:kind>", hsds.listed, name="hsds-list"),
    path("api/hsds/<str:kind>/<str:key>", hsds.one, name="hsds-one"),
    path("sitemap.xml", views.sitemap_index, name="sitemap-index"),
    path("sitemaps/<str:name>.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("opensearch.xml", views.search_description, name="opensearch"),
]
