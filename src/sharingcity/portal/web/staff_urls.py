"""Addresses of the staff's pages."""

from django.urls import path

from sharingcity.portal.web import city, desk_book, desk_close, desk_reservation, host
from sharingcity.portal.web.managing import details, fee, hours, overview, rules

urlpatterns = [
    path("host", host.today, name="host-today"),
    path("host/requests", host.requests, name="host-requests"),
    path("host/week", host.week, name="host-week"),
    path("host/listings", host.listings, name="host-listings"),
    path("host/listings/new", details.new, name="host-listing-new"),
    path("host/listings/<str:code>", overview.overview, name="host-listing"),
    path("host/listings/<str:code>/details", details.details, name="host-listing-details"),
    path("host/listings/<str:code>/hours", hours.hours, name="host-listing-hours"),
    path("host/listings/<str:code>/fee", fee.fee, name="host-listing-fee"),
    path("host/listings/<str:code>/rules", rules.rules, name="host-listing-rules"),
    path("host/listings/<str:code>/close", desk_close.close, name="host-close"),
    path("host/closures/<str:code>/lift", desk_close.lift, name="host-lift"),
    path("city", city.queues, name="city-desk"),
    path("city/requests", city.decide, name="city-decide"),
    path("city/search", city.search, name="city-search"),
    path("city/book", desk_book.choose_listing, name="staff-book"),
    path("city/book/<str:code>", desk_book.book, name="staff-book-listing"),
    path("city/reservations/<str:code>", desk_reservation.reservation, name="staff-reservation"),
    path("city/reservations/<str:code>/move", desk_book.move, name="staff-move"),
    path("city/refunds/<int:payment_id>", desk_reservation.send_refund, name="staff-refund"),
]
