"""The page behind the link in a guardian's mail: yes or no, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sharingcity.kernel import clock
from sharingcity.kernel.errors import Refusal
from sharingcity.people import operations
from sharingcity.people.purposes import PURPOSES
from sharingcity.people.web.forms import GuardianForm, refuse
from sharingcity.people.web.pages import posted


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Shows what the child asks for; opening the link alone agrees to nothing."""
    now = clock.now()
    try:
        found = operations.guardianship_of_token(token=token, now=now)
    except Refusal as refusal:
        return render(request, "people/guardian.html", {"problem": refusal.sentence}, status=refusal.status)
    context = {
        "child": found.person.name,
        "purposes": [PURPOSES[code] for code in found.purposes if code in PURPOSES],
        "is_answered": found.confirmed_at is not None,
    }
    form = GuardianForm(posted(request))
    if form.is_valid():
        agrees = request.POST.get("answer") == "yes"
        try:
            operations.answer_as_guardian(
                token=token, guardian_name=form.cleaned_data["guardian_name"], agrees=agrees, now=now
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return render(request, "people/guardian.html", {**context, "answer": "yes" if agrees else "no"})
    return render(request, "people/guardian.html", {**context, "form": form}, status=422 if form.errors else 200)
