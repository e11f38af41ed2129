"""`/go/…`: on to a partner's own page, counted on the way."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe

from sharingcity.kernel import clock
from sharingcity.kernel.errors import NotFound
from sharingcity.partners.operations.clicks import count_click
from sharingcity.partners.queries.going import Target, target_of
from sharingcity.partners.rules.visits import is_person


@require_safe
def go(request: HttpRequest, kinds: str, code: str, app: str = "") -> HttpResponse:
    """A person is counted and sent on; a robot is sent on; what is over has a page that says so (410)."""
    try:
        target = target_of(kinds, code, app)
    except NotFound as refusal:
        raise Http404(str(refusal.sentence)) from refusal
    if target is None:
        raise Http404
    if target.is_retired or not target.address:
        return _unlisted(render(request, "partners/gone.html", {"target": target}, status=410))
    if request.method == "GET" and is_person(request.headers):
        count_click(target, clock.now())
    return _sent_on(target)


def _sent_on(target: Target) -> HttpResponse:
    """Django's own redirect knows web addresses only; apps have schemes of their own, judged in `target_of`."""
    return _unlisted(HttpResponse(status=302, headers={"Location": iri_to_uri(target.address)}))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, listed nowhere: the next click counts, too, and the link may change."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response
