"""The hub as a search engine that a browser can add (OpenSearch 1.1)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from sharingcity.partners.feeds_out.licences import publisher_name
from sharingcity.partners.feeds_out.xml import HEAD, element, empty


def description(origin: str, language: str, icon: str) -> Iterator[bytes]:
    """Short name at most 16 characters, as the format wants it."""
    with override(language):
        words = _("Rooms, things and services that the city shares")
    lines = [
        f'{HEAD}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        element("ShortName", "Sharing City"),
        element("LongName", publisher_name()),
        element("Description", words),
        element("Language", language),
        element("InputEncoding", "UTF-8"),
        element("Image", origin + icon, type_="image/svg+xml"),
        empty("Url", type_="text/html", template=f"{origin}/find?q={{searchTerms}}"),
        empty("Url", type_="application/json", template=f"{origin}/api/v1/listings?q={{searchTerms}}"),
        empty(
            "Url",
            type_="application/opensearchdescription+xml",
            rel="self",
            template=f"{origin}/opensearch.xml",
        ),
        "</OpenSearchDescription>",
    ]
    yield ("\n".join(lines) + "\n").encode()
