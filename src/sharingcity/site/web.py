"""What machines ask about the installation itself: alive, ready, figures."""

import hmac

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sharingcity.kernel import clock
from sharingcity.kernel.callers import is_this_machine
from sharingcity.kernel.errors import TooMany
from sharingcity.site.checks import is_worker_alive
from sharingcity.site.figures import prometheus_text
from sharingcity.site.gate import refused
from sharingcity.site.setup import waiting_migrations


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """The whole installation can serve: database, migrations, worker. 503 when one cannot."""
    state = {"database": False, "migrations": False, "worker": False}
    try:
        connection.ensure_connection()
        state["database"] = True
        state["migrations"] = not waiting_migrations()
        state["worker"] = state["migrations"] and is_worker_alive(clock.now())
    except DatabaseError:
        state["database"] = False
    is_ready = all(state.values())
    return JsonResponse({"ready": is_ready, **state}, status=200 if is_ready else 503)


def _knows_token(request: HttpRequest) -> bool:
    scheme, _space, given = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    wanted: str = settings.METRICS_TOKEN
    return bool(wanted) and scheme == "Bearer" and hmac.compare_digest(given.strip().encode(), wanted.encode())


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text, for this machine and for whoever sends `SHARINGCITY_METRICS_TOKEN`; else as if not there."""
    if not (is_this_machine(request) or _knows_token(request)):
        raise Http404
    return HttpResponse(prometheus_text(clock.now()), content_type="text/plain; version=0.0.4; charset=utf-8")


# How long whoever has tried too often to sign in is asked to wait; the sign-in library counts in such minutes.
TRY_AGAIN_SECONDS = 60


def too_many_attempts(request: HttpRequest) -> HttpResponse:
    """The answer of the sign-in library's own limits."""
    return refused(
        request,
        TooMany(
            "request.too_many",
            _("That was very often in a short time. Wait a moment."),
            retry_after_seconds=TRY_AGAIN_SECONDS,
        ),
    )
