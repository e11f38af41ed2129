"""`/still-true/TOKEN`: one button in answer to the question. Opening the link alone says nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sharingcity.directory import operations
from sharingcity.directory.queries import services_of
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.kernel.wording import day_words
from sharingcity.ui.desk import moment


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Works signed out: whoever has the letter answers for the person it was sent to."""
    now, said = moment(request), ""
    try:
        question, person = operations.question_of_token(token)
        if request.method == "POST":
            said = "doubt" if request.POST.get("answer") == "no" else "confirm"
            question = operations.answer_question(confirmation_id=question.pk, event=said, by=person, now=now)
    except Refusal as refusal:
        return _page(request, {"problem": refusal.sentence}, refusal.status)
    one = question.organisation
    context: dict[str, object] = {
        "title": localised(one.names),
        "slug": one.slug,
        "text": localised(one.descriptions),
        "url": f"/organisations/{one.slug}",
        "services": [
            {"title": localised(service.names), "url": f"/services/{service.slug}"}
            for service in services_of([one.pk]).get(one.pk, [])
        ],
        "state": question.state,
        "said": said,
        "is_contact": question.asks != "owners",
        "report_url": reverse("directory-report", args=["organisation", one.code]),
        "stop_url": reverse("directory-still-true-stop", args=[token]),
        "day": day_words(question.fades_at, with_year=True),
    }
    return _page(request, context)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); what may be ended stands signed in the address
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """From the foot of a letter: no more letters to this address. Opening it changes nothing."""
    try:
        operations.check_stop(token=token)
        if request.method == "POST":
            operations.stop_asking(token=token, now=moment(request))
    except Refusal as refusal:
        return _page(request, {"problem": refusal.sentence}, refusal.status)
    return _page(request, {"is_stopping": True, "is_stopped": request.method == "POST"})


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(request, "directory/still_true.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
