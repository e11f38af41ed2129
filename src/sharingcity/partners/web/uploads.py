"""A table dropped on a page: first what it would do, row by row; then “bring it in” does exactly that.

The same pages twice: at the desk for tables of the city, and beside an organisation's entry for its own listings.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sharingcity.kernel.bodies import MEBIBYTE, allow_body
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import NotFound, Refusal
from sharingcity.partners.operations.agreeing import Agreed, fingerprint
from sharingcity.partners.operations.judging import Judged, judge_table
from sharingcity.partners.operations.kept_tables import CITY, drop_table, keep_table, kept_table, taking_table
from sharingcity.partners.operations.uploads import (
    MOST_BYTES,
    NAME,
    bring_table,
    refuse_fetched,
    refuse_what_is_no_table,
)
from sharingcity.partners.web.entry_pages import entry_page, for_keepers
from sharingcity.partners.web.pages import for_importers, import_page, reader
from sharingcity.partners.web.sheet import column_rows, template_file
from sharingcity.partners.web.upload_words import done_words, preview_of, refusal_words
from sharingcity.people.permissions import has_ability
from sharingcity.ui.desk import moment
from sharingcity.ui.forms import CityForm

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation

MOST_BODY: Final = 2 * MOST_BYTES + MEBIBYTE
"""Files that are a little too large are told so on the page; others get the plain answer of every page."""


class TableForm(CityForm):
    table = forms.FileField(
        label=gettext_lazy("Your table as CSV"),
        help_text=gettext_lazy("5 MB at most. Commas, semicolons or tabs, in any encoding."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a file.")},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the page stands: at the desk, or beside the entry of `organisation`."""

    request: HttpRequest
    organisation: "Organisation | None"

    @property
    def owner(self) -> int:
        return self.organisation.pk if self.organisation else CITY

    @property
    def after(self) -> str:
        """Where what came in is shown."""
        if self.organisation is None:
            return reverse("partners-imports")
        return reverse("partners-brought", args=[self.organisation.slug])

    def url(self, name: str, *more: str) -> str:
        if self.organisation is None:
            return reverse(f"partners-{name}", args=more)
        return reverse(f"partners-entry-{name}", args=[self.organisation.slug, *more])

    def page(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        if self.organisation is None:
            shown = {"frame": "partners/base.html", **context}
            return import_page(self.request, template, status=status, **shown)
        shown = {"frame": "partners/entry_base.html", **context}
        return entry_page(self.request, self.organisation, template, status=status, **shown)


@allow_body(MOST_BODY)
@for_importers
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """`/city/imports/upload`."""
    return _upload(_Place(request=request, organisation=None))


@for_importers
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, table: str) -> HttpResponse:
    """`/city/imports/upload/NAME`."""
    return _preview(_Place(request=request, organisation=None), table)


@allow_body(MOST_BODY)
@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def entry_upload(request: HttpRequest, organisation: "Organisation") -> HttpResponse:
    """`/host/entry/SLUG/upload`."""
    return _upload(_Place(request=request, organisation=organisation))


@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def entry_preview(request: HttpRequest, organisation: "Organisation", table: str) -> HttpResponse:
    """`/host/entry/SLUG/upload/NAME`."""
    return _preview(_Place(request=request, organisation=organisation), table)


@for_keepers
@require_safe
def entry_template(_request: HttpRequest, _organisation: "Organisation") -> HttpResponse:
    """The template for whoever keeps an entry."""
    return template_file()


def _upload(place: _Place) -> HttpResponse:
    request = place.request
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if form.is_valid():
        try:
            return redirect(place.url("upload-preview", _kept(place, form.cleaned_data["table"])))
        except Refusal as refusal:
            form.add_error("table", refusal_words(refusal))
    return place.page(
        "partners/upload.html",
        status=422 if form.is_bound else 200,
        form=form,
        columns=column_rows(),
        template_url=place.url("sheet-download"),
        is_own=place.organisation is not None,
    )


def _kept(place: _Place, sent: Any) -> str:
    """Kept only when it could be read as a whole."""
    now = moment(place.request)
    data = sent.read(MOST_BYTES + 1)
    refuse_what_is_no_table(data)
    if place.organisation is not None:
        refuse_fetched(place.organisation)
    if not _judged(place, data).rows:
        raise Refusal(
            "upload.no_rows",
            _("There are no rows under the headings. Fill in the table, save it as CSV and bring it again."),
            field="table",
        )
    return keep_table(table=data, owner=place.owner, now=now)


def _judged(place: _Place, data: bytes) -> Judged:
    now = moment(place.request)
    return judge_table(organisation=place.organisation, table=data, now=now, today=local_date(now), name=NAME)


def _preview(place: _Place, name: str) -> HttpResponse:
    request, now = place.request, moment(place.request)
    if request.method == "POST":
        return _decided(place, name)
    try:
        judged = _judged(place, kept_table(name=name, owner=place.owner, now=now))
    except Refusal as refusal:
        messages.error(request, refusal_words(refusal))
        return redirect(place.url("upload"))
    return place.page(
        "partners/upload_preview.html",
        preview=preview_of(judged),
        plan=fingerprint(judged.plan),
        may_accept=has_ability(request.user, "run_imports", (), now),
        upload_url=place.url("upload"),
    )


def _decided(place: _Place, name: str) -> HttpResponse:
    request = place.request
    if request.POST.get("do") != "bring":
        try:
            drop_table(name=name, owner=place.owner)
        except NotFound as refusal:
            messages.error(request, refusal_words(refusal))
        else:
            messages.success(request, _("Put aside. Nothing was changed."))
        return redirect(place.url("upload"))
    try:
        _bring(place, name)
    except NotFound as refusal:
        messages.error(request, refusal_words(refusal))
        return redirect(place.url("upload"))
    except Refusal as refusal:
        messages.error(request, refusal_words(refusal))
        return redirect(place.url("upload-preview", name))
    return redirect(place.after)


def _bring(place: _Place, name: str) -> None:
    request, now = place.request, moment(place.request)
    vanished = request.POST.get("vanished", "")
    agreed = Agreed(
        plan=request.POST.get("plan", ""),
        vanished=int(vanished) if vanished.isascii() and vanished.isdigit() and len(vanished) < 9 else 0,
    )
    with taking_table(name=name, owner=place.owner, now=now) as data:
        report = bring_table(
            organisation=place.organisation,
            table=data,
            agreed=agreed,
            by=reader(request),
            now=now,
            today=local_date(now),
        )
    messages.success(request, done_words(report))
