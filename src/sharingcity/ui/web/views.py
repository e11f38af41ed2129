"""The gallery: every component in every state."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sharingcity.ui.web.samples import gallery


def show_gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; sample words only, no data of the city."""
    return render(request, "ui/gallery.html", gallery())
