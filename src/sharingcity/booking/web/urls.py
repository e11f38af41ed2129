"""Addresses of booking: the flow, and a person's own reservations."""

from django.urls import include, path

from sharingcity.booking.web import change, check, faster, reservation, waits, who

urlpatterns = [
    path("", include("sharingcity.booking.web.paper_urls")),
    path("book/listing/<str:code>", who.who, name="booking-who"),
    path("book/<str:code>", check.check, name="booking-check"),
    path("book/<str:code>/instead", check.take, name="booking-take"),
    path("book/<str:code>/wait", faster.wait, name="booking-wait"),
    path("me/reservations/<str:code>", reservation.show, name="booking-reservation"),
    path("me/reservations/<str:code>/cancel", reservation.cancel, name="booking-cancel"),
    path("me/reservations/<str:code>/appeal", reservation.appeal, name="booking-appeal"),
    path("me/reservations/<str:code>/take", reservation.take_offer, name="booking-take-offer"),
    path("me/reservations/<str:code>/move", change.move, name="booking-move"),
    path("me/reservations/<str:code>/extend", change.extend, name="booking-extend"),
    path("me/waiting/<str:code>/leave", waits.leave, name="booking-leave-wait"),
]
