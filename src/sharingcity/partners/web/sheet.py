"""The template that an office fills in a spreadsheet: explained on a page, and to download."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from sharingcity.kernel.i18n import language
from sharingcity.partners.categories import CATEGORIES
from sharingcity.partners.connectors.office_csv.headings import HEADINGS
from sharingcity.partners.connectors.office_csv.template import example_of, template
from sharingcity.partners.web.pages import for_importers, import_page


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of the template as the page explains it."""

    title: str
    told: str | Promise
    example: str
    is_needed: bool


@for_importers
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """What belongs in each column, in the reader's language."""
    names = sorted(getattr(category, f"name_{language()}") for category in CATEGORIES)
    return import_page(request, "partners/sheet.html", columns=column_rows(), categories=names)


def column_rows() -> list[ColumnRow]:
    """The columns in the reader's language."""
    code = language()
    return [
        ColumnRow(heading.words[code], heading.told, example_of(heading.name, code), heading.is_needed)
        for heading in HEADINGS
    ]


@for_importers
@require_GET
def download(_request: HttpRequest) -> HttpResponse:
    """The table itself."""
    return template_file()


def template_file() -> HttpResponse:
    """Its headings are those of the reader's language, and any of the others are read as well."""
    response = HttpResponse(template(language()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="listings-{language()}.csv"'
    return response
