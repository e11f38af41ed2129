"""Addresses of files: papers and calendar feeds."""

from django.urls import path

from sharingcity.booking.web import calendar_views, pdf_views

urlpatterns = [
    path("r/<str:code>", pdf_views.check, name="reservation-check"),
    path("me/reservations/<str:code>/permit.pdf", pdf_views.permit, name="reservation-permit"),
    path("me/reservations/<str:code>/receipt.pdf", pdf_views.receipt, name="reservation-receipt"),
    path("host/day-sheet.pdf", pdf_views.day_sheet, name="host-day-sheet"),
    path("api/v1/calendar/me/<str:secret>.ics", calendar_views.personal, name="calendar-me"),
    path("api/v1/calendar/listings/<str:code>.ics", calendar_views.listing, name="calendar-listing"),
    path("api/v1/calendar/organisations/<str:slug>.ics", calendar_views.organisation, name="calendar-organisation"),
]
