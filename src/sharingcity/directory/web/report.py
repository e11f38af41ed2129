"""`/report/KIND/CODE`: anybody says what is wrong with an entry or a listing."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sharingcity.directory import operations
from sharingcity.directory.vocabulary import REPORT_TOPICS
from sharingcity.directory.web.access import refuse, whole_pages
from sharingcity.kernel.callers import client_address, network_of
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.i18n import localised
from sharingcity.ui.desk import moment
from sharingcity.ui.forms import CityForm


class ReportForm(CityForm):
    """What is wrong, in words, and where to answer."""

    topic = forms.ChoiceField(label=_("What is wrong?"), widget=forms.RadioSelect, choices=list(REPORT_TOPICS.items()))
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("What is there, and what would be right?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    reply_to = forms.EmailField(
        label=_("E-mail for the answer"),
        help_text=_("Only for this answer; forgotten 90 days after it."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@whole_pages
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    subject = operations.reportable(kind, code)
    person = request.user if request.user.is_authenticated else None
    form = ReportForm(request.POST or None, initial={"reply_to": person.email if person else ""})
    context = {"title": localised(subject.names), "url": subject.path, "form": form}
    if form.is_valid():
        try:
            operations.report_error(
                subject=subject,
                topic=form.cleaned_data["topic"],
                words=form.cleaned_data["words"],
                reply_to=form.cleaned_data["reply_to"],
                person=person,
                caller=caller_of(request),
                now=moment(request),
            )
        except Refusal as refusal:
            refuse(form, refusal)
            return _page(request, context, refusal.status)
        return _page(request, context | {"is_done": True, "hears": bool(form.cleaned_data["reply_to"])})
    return _page(request, context, 422 if form.is_bound else 200)


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(request, "directory/report.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def caller_of(request: HttpRequest) -> str:
    """Whose line it is, for the limit alone."""
    return f"person:{request.user.pk}" if request.user.is_authenticated else network_of(client_address(request))
