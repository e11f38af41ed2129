"""`/invitations/TOKEN`: somebody who was invited joins those who keep an entry."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sharingcity.directory import operations
from sharingcity.directory.web.access import for_members, signed_in
from sharingcity.directory.web.words import ROLE_WORDS
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.ui.desk import moment


@for_members
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link shows the invitation; a POST accepts it for the account that is signed in."""
    invitation = operations.invitation_of_token(token)
    context = {
        "title": localised(invitation.organisation.names),
        "role": ROLE_WORDS[invitation.role],
        "who": invitation.invited_by.name if invitation.invited_by else "",
        "is_open": invitation.state == "invited" and invitation.expires_at > moment(request),
    }
    status = 200
    if request.method == "POST":
        try:
            operations.accept_invitation(token=token, person=signed_in(request), now=moment(request))
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
            status, context["is_open"] = refusal.status, False
        else:
            messages.success(request, _("Welcome. You keep this entry, too."))
            return redirect("entry-page", invitation.organisation.slug)
    response = render(request, "directory/invitation.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
