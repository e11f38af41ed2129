"""The staff's page about identities: what was checked about a person, as a result."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sharingcity.kernel import clock
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.people import operations, queries
from sharingcity.people.models import Person
from sharingcity.people.verifications import STAFF_SOURCE
from sharingcity.people.web.forms import ClaimForm, FindPersonForm, end_of, refuse
from sharingcity.people.web.pages import attempt, needs, posted, reader, staff_page
from sharingcity.people.web.presenters import claim_rows


def _address(email: str) -> str:
    return f"{reverse('people-claims')}?{urlencode({'email': email})}"


def _find(form: FindPersonForm) -> Person | None:
    """The person whose address was typed; a stranger's address is said beside the field."""
    if not form.is_valid():
        return None
    found = queries.person_by_email(form.cleaned_data["email"])
    if found is None:
        refuse(form, NotFound("person.not_found", _("There is no account with this address."), field="email"))
    return found


@needs("check_identity", somewhere=True)
@require_http_methods(["GET", "POST"])
def claims(request: HttpRequest) -> HttpResponse:
    """`?email=`: what is known about this person, and a form to note what was checked."""
    now = clock.now()
    find = FindPersonForm(request.GET if "email" in request.GET else None)
    found = _find(find)
    form = ClaimForm(posted(request))
    if found and form.is_valid() and _is_recorded(form, found, by=reader(request), now=now):
        messages.success(request, _("Noted. The person has been told."))
        return redirect(_address(found.email))
    rows = claim_rows(queries.claims_of(found), now) if found else []
    return staff_page(request, "people/claims.html", find=find, found=found, form=form, claims=rows)


def _is_recorded(form: ClaimForm, person: Person, *, by: Person, now: datetime) -> bool:
    asked = form.cleaned_data
    try:
        operations.record_claim(
            person=person,
            kind=asked["kind"],
            source=STAFF_SOURCE,
            method=asked["method"],
            valid_until=end_of(asked["valid_until"]) or now,
            by=by,
            now=now,
        )
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    return True


@needs("check_identity", somewhere=True)
@require_POST
def end(request: HttpRequest, claim_id: int) -> HttpResponse:
    """It no longer holds, or was noted by mistake."""
    by = reader(request)
    attempt(
        request,
        _("It no longer counts."),
        lambda: operations.end_claim(claim_id=claim_id, by=by, now=clock.now()),
    )
    return redirect(_address(request.POST.get("email", "")))
