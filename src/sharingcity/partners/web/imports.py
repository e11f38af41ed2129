"""Past imports, and what they leave for people to decide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sharingcity.kernel import clock
from sharingcity.listings.operations import decide_difference
from sharingcity.listings.operations.imported import keep_listing
from sharingcity.listings.queries import get_listing
from sharingcity.partners import queries
from sharingcity.partners.web.pages import attempt, for_importers, import_page, reader
from sharingcity.partners.web.presenters import difference_row, retired_row, run_row


@for_importers
@require_GET
def runs(request: HttpRequest) -> HttpResponse:
    """The latest imports with their figures and reports."""
    return import_page(request, "partners/imports.html", runs=[run_row(run) for run in queries.recent_runs()])


@for_importers
@require_GET
def differences(request: HttpRequest) -> HttpResponse:
    """Fields on which a source and a person differ."""
    rows = [difference_row(difference) for difference in queries.open_differences(clock.now())]
    return import_page(request, "partners/differences.html", rows=rows)


@for_importers
@require_POST
def decide(request: HttpRequest, difference_id: int) -> HttpResponse:
    """Takes the source's value, or keeps the person's."""
    take_theirs = request.POST.get("take") == "theirs"
    attempt(
        request,
        _("The source's value is taken.") if take_theirs else _("The value stays as it is."),
        lambda: decide_difference(
            difference_id=difference_id, take_theirs=take_theirs, by=reader(request), now=clock.now()
        ),
    )
    return redirect("partners-differences")


@for_importers
@require_GET
def retired(request: HttpRequest) -> HttpResponse:
    """Listings that an import took off although people are to come."""
    rows = [retired_row(found) for found in queries.retired_with_bookings(clock.now())]
    return import_page(request, "partners/retired.html", rows=rows)


@for_importers
@require_POST
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """Shows such a listing again and keeps it."""
    listing, by = get_listing(code), reader(request)
    attempt(
        request,
        _("The listing is shown again, and imports leave it alone."),
        lambda: keep_listing(listing=listing, by=by, now=clock.now()),
    )
    return redirect("partners-retired")


@for_importers
@require_GET
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The report of an import, as a table for a spreadsheet."""
    path = queries.report_of(queries.get_run(code))
    response = HttpResponse(path.read_bytes(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{path.name}"'
    response["Cache-Control"] = "private, no-store"
    return response
