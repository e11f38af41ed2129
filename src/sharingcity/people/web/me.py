"""The signed-in person's own pages: account, consents, notices, keys, data, restrictions."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sharingcity.kernel import clock
from sharingcity.kernel.errors import Refusal
from sharingcity.people import operations, queries
from sharingcity.people.web.forms import AppealForm, DeleteForm, ProfileForm, TokenForm, end_of, refuse
from sharingcity.people.web.pages import attempt, keep_language, me_page, posted, reader, signed_in_lately
from sharingcity.people.web.presenters import APPEALING, claim_rows, notice_row, restriction_row


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Name, language, phone; the ways to sign in are linked."""
    person = reader(request)
    initial = {key: getattr(person, key) for key in ("name", "language", "phone", "notify_by")}
    form = ProfileForm(posted(request), initial=initial)
    if form.is_valid():
        try:
            operations.change_profile(person=person, now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            answer = redirect("people-account")
            keep_language(answer, person)
            return answer
    kinds = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    return me_page(
        request,
        "people/account.html",
        form=form,
        email=person.email,
        claims=claim_rows(queries.claims_of(person), clock.now()),
        has_password=person.has_usable_password(),
        passkey_count=kinds.count("webauthn"),
        has_app="totp" in kinds,
        has_outside=bool(settings.SOCIALACCOUNT_PROVIDERS) or SocialApp.objects.exists(),
    )


@login_required
@require_http_methods(["GET", "POST"])
def consents(request: HttpRequest) -> HttpResponse:
    """Every purpose with a button of its own: agree, or withdraw."""
    person = reader(request)
    if request.method == "POST":
        purpose, now = request.POST.get("purpose", ""), clock.now()
        if request.POST.get("event") == "withdraw":
            attempt(
                request,
                _("Withdrawn."),
                lambda: operations.withdraw_consent(person=person, purpose=purpose, now=now),
            )
        else:
            attempt(
                request,
                _("Thank you, that is noted."),
                lambda: operations.give_consent(
                    person=person, purpose=purpose, source="page", language=request.LANGUAGE_CODE, now=now
                ),
            )
        return redirect("people-consents")
    return me_page(request, "people/consents.html", consents=queries.consents_of(person))


@login_required
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What we told the person; opening the page is reading it."""
    person = reader(request)
    rows = [notice_row(notice) for notice in queries.notices_of(person)]
    operations.read_notices(person=person, now=clock.now())
    return me_page(request, "people/notices.html", notices=rows)


@signed_in_lately(allow_get=True)
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """Keys for programs; a new one is shown once."""
    person = reader(request)
    form, token = TokenForm(posted(request)), ""
    if form.is_valid():
        try:
            token = operations.issue_token(
                person=person,
                name=form.cleaned_data["name"],
                expires_at=end_of(form.cleaned_data["expires_on"]),
                by=person,
                now=clock.now(),
            )
            form = TokenForm()
        except Refusal as refusal:
            refusal.field = "expires_on" if refusal.field == "expires_at" else refusal.field
            refuse(form, refusal)
    return me_page(request, "people/tokens.html", form=form, token=token, tokens=queries.tokens_of(person))


@login_required
@require_POST
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Withdraws one key."""
    person = reader(request)
    attempt(
        request,
        _("The key no longer works."),
        lambda: operations.revoke_token(token_id=token_id, by=person, now=clock.now()),
    )
    return redirect("people-tokens")


@login_required
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """Take my data along, or leave."""
    return me_page(request, "people/data.html")


@signed_in_lately()
@require_GET
def data_file(request: HttpRequest) -> HttpResponse:
    """Everything we keep of the person, as a file."""
    found = operations.export_data(person=reader(request), now=clock.now())
    answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="sharing-city-my-data.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@signed_in_lately(allow_get=True)
@require_http_methods(["GET", "POST"])
def delete_account(request: HttpRequest) -> HttpResponse:
    """Leaving, with one more question."""
    person = reader(request)
    form = DeleteForm(posted(request))
    if form.is_valid():
        try:
            operations.delete_account(person=person, by=person, now=clock.now())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            logout(request)
            messages.success(request, _("Your account is deleted. Thank you for sharing."))
            return redirect("account_login")
    return me_page(request, "people/delete.html", form=form)


@login_required
@require_http_methods(["GET", "POST"])
def restrictions(request: HttpRequest) -> HttpResponse:
    """What is closed to the person, why, until when; and the appeal."""
    person, now = reader(request), clock.now()
    form = AppealForm(posted(request))
    if form.is_valid():
        try:
            operations.appeal_restriction(
                restriction_id=form.cleaned_data["restriction"], by=person, words=form.cleaned_data["words"], now=now
            )
        except Refusal as refusal:
            refusal.field = "words" if refusal.field == "reason" else refusal.field
            refuse(form, refusal)
        else:
            messages.success(request, _("Your appeal is with us. Somebody else than who decided it will look at it."))
            return redirect("people-restrictions")
    rows = [restriction_row(row, reader=person, now=now, offered=APPEALING) for row in queries.restrictions_of(person)]
    return me_page(request, "people/restrictions.html", form=form, restrictions=rows)
