"""Addresses of the staff's pages about imports, of the partners' own pages, and of the way on to them."""

from django.urls import path

from sharingcity.partners.web import brought, claim, clicks, feeds, going, imports, keys, sheet, uploads, webhooks

urlpatterns = [
    path("go/<str:kinds>/<str:code>", going.go, name="partners-go"),
    path("go/<str:kinds>/<str:code>/<str:app>", going.go, name="partners-go-app"),
    path("host/entry/<str:slug>/feeds", brought.brought, name="partners-brought"),
    path("host/entry/<str:slug>/feeds/<str:feed>.csv", brought.brought_table, name="partners-brought-table"),
    path("host/entry/<str:slug>/feeds/<str:feed>", brought.brought_feed, name="partners-brought-feed"),
    path("host/entry/<str:slug>/clicks", clicks.clicks, name="partners-clicks"),
    path("host/entry/<str:slug>/clicks.csv", clicks.clicks_table, name="partners-clicks-table"),
    path("host/entry/<str:slug>/webhooks", webhooks.webhooks, name="partners-webhooks"),
    path("host/entry/<str:slug>/webhooks/<str:webhook>", webhooks.webhook, name="partners-webhook"),
    path("host/entry/<str:slug>/keys", keys.keys, name="partners-keys"),
    path("host/entry/<str:slug>/upload", uploads.entry_upload, name="partners-entry-upload"),
    path("host/entry/<str:slug>/upload/<str:table>", uploads.entry_preview, name="partners-entry-upload-preview"),
    path("host/entry/<str:slug>/template.csv", uploads.entry_template, name="partners-entry-sheet-download"),
    path("host/listings/<str:code>/claim", claim.claim, name="partners-claim"),
    path("city/connectors", feeds.feeds, name="partners-feeds"),
    path("city/connectors/add", feeds.add, name="partners-feed-add"),
    path("city/connectors/<str:code>", feeds.feed, name="partners-feed"),
    path("city/connectors/<str:code>/change", feeds.change, name="partners-feed-change"),
    path("city/connectors/<str:code>/retire", feeds.retire, name="partners-feed-retire"),
    path("city/imports", imports.runs, name="partners-imports"),
    path("city/imports/differences", imports.differences, name="partners-differences"),
    path("city/imports/differences/<int:difference_id>/decide", imports.decide, name="partners-difference-decide"),
    path("city/imports/retired", imports.retired, name="partners-retired"),
    path("city/imports/retired/<str:code>/keep", imports.keep, name="partners-retired-keep"),
    path("city/imports/upload", uploads.upload, name="partners-upload"),
    path("city/imports/upload/<str:table>", uploads.preview, name="partners-upload-preview"),
    path("city/imports/template", sheet.sheet, name="partners-sheet"),
    path("city/imports/template.csv", sheet.download, name="partners-sheet-download"),
    path("city/imports/<str:code>/report", imports.report, name="partners-report"),
]
