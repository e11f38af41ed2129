"""What machines ask about the installation itself: alive, ready, figures."""

from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sharingcity.kernel import clock
from sharingcity.site.checks import is_worker_alive
from sharingcity.site.figures import prometheus_text
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


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text."""
    return HttpResponse(prometheus_text(clock.now()), content_type="text/plain; version=0.0.4; charset=utf-8")
