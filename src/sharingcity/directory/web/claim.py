"""`/organisations/SLUG/claim`: somebody shows that the entry is theirs to keep."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sharingcity.directory import operations
from sharingcity.directory.queries import get_organisation, is_claimable
from sharingcity.directory.queries.waiting import open_claim_of
from sharingcity.directory.secrets import masked
from sharingcity.directory.web.access import for_members, refuse, signed_in
from sharingcity.kernel.errors import NotAllowed, NotFound, Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.ui.desk import moment
from sharingcity.ui.forms import CityForm

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation


class CodeForm(CityForm):
    """The six digits of the letter."""

    code = forms.CharField(
        label=gettext_lazy("Code from the letter"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}),
    )


class ProofForm(CityForm):
    """Words for the city."""

    proof = forms.CharField(
        label=gettext_lazy("How can we see that you speak for it?"),
        help_text=gettext_lazy("Your post, a telephone number of the office, a page that names you."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


@for_members
@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """A POST carries `do`: send, prove, ask or withdraw."""
    organisation = get_organisation(slug)
    code, proof = CodeForm(), ProofForm()
    if request.method == "POST":
        do = request.POST.get("do", "")
        form = {"prove": CodeForm, "ask": ProofForm}.get(do, CityForm)(request.POST)
        form.is_valid()
        try:
            return _act(request, organisation, do, form)
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            if refusal.field in form.fields:
                refuse(form, refusal)
            else:
                messages.error(request, str(refusal.sentence))
                return redirect("directory-claim", organisation.slug)
        code = form if isinstance(form, CodeForm) else code
        proof = form if isinstance(form, ProofForm) else proof
    return _page(request, organisation, {"code_form": code, "proof_form": proof})


def _act(request: HttpRequest, organisation: "Organisation", do: str, form: CityForm) -> HttpResponse:
    person, now = signed_in(request), moment(request)
    if do == "send":
        operations.claim_by_code(organisation=organisation, person=person, now=now)
        messages.success(request, _("We have sent a code. It is good for 30 minutes."))
    elif do == "ask":
        words = str(form.cleaned_data.get("proof", ""))
        operations.claim_by_asking(organisation=organisation, person=person, proof=words, now=now)
        messages.success(request, _("Thank you. The city looks at it and tells you."))
    elif (known := open_claim_of(person.pk, organisation.pk)) is not None:
        if do == "prove":
            typed = str(form.cleaned_data.get("code", ""))
            operations.prove_claim(claim_id=known.pk, code=typed, person=person, now=now)
            messages.success(request, _("The entry is yours to keep now."))
            return redirect("entry-page", organisation.slug)
        operations.decide_claim(claim_id=known.pk, event="withdraw", by=person, now=now)
        messages.success(request, _("Withdrawn."))
    else:
        messages.error(request, _("This code is no longer valid. Ask for a new one."))
    return redirect("directory-claim", organisation.slug)


def _page(request: HttpRequest, organisation: "Organisation", forms_shown: dict[str, Any]) -> HttpResponse:
    now = moment(request)
    known = open_claim_of(signed_in(request).pk, organisation.pk)
    is_over = known is not None and known.state == "sent" and (known.expires_at is None or known.expires_at <= now)
    bound = [form for form in forms_shown.values() if form.is_bound and form.errors]
    context = {
        "title": localised(organisation.names),
        "slug": organisation.slug,
        "is_claimable": is_claimable(organisation, now),
        "address": masked(organisation.email) if organisation.email else "",
        "state": "" if known is None or is_over else known.state,
        "wrong": bound[0] if bound else None,
        **forms_shown,
    }
    response = render(request, "directory/claim.html", context, status=422 if bound else 200)
    response["Cache-Control"] = "private, no-store"
    return response
