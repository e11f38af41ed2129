"""Photos of reports: for those who work in the building, and only as the pictures that they are."""

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from sharingcity.spaces import queries
from sharingcity.spaces.web.access import REPORTING, check_reaches, needs_somewhere


@needs_somewhere(*REPORTING)
@require_safe
def photo(request: HttpRequest, code: str, position: int) -> FileResponse:
    """`/host/incidents/CODE/photos/N`: never guessed to be anything else, kept by no cache."""
    incident = queries.get_incident(code)
    check_reaches(request, incident.place, *REPORTING)
    found = queries.get_photo(incident, position)
    response = FileResponse(
        found.file.open("rb"), content_type="image/jpeg", filename=f"{incident.code}-{position + 1}.jpg"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
