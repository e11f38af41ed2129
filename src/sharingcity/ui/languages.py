"""An address for each language of a public page (`?lang=ko`), and one that stands for all of them."""

from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

LANG: Final = "lang"
PUBLIC: Final = frozenset(
    {
        *("portal-home", "portal-listing", "portal-organisations", "portal-organisation", "portal-service"),
        *("portal-about", "portal-accessibility", "portal-privacy", "portal-licences", "finding-find", "open-data"),
    }
)
"""Pages that search engines may know."""
TELLING: Final = ("q", "where", "kind", "district", "field", "form", "cursor")
"""What makes another page of it. An order, a time, a person's place and somebody's tracking do not."""
X_DEFAULT: Final = "x-default"


class AskedLanguage:
    """A public page comes in the language that its address names, for this once: what the reader chose stays chosen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if is_public(request) and (code := _asked(request)):
            translation.activate(code)
            request.LANGUAGE_CODE = code


def is_public(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name in PUBLIC


def canonical(request: HttpRequest) -> str:
    """This page's one address: in the language that was asked for, without what does not make another page of it."""
    return _address(request, _asked(request), quote(request.path)) if is_public(request) else ""


def alternates(request: HttpRequest, paths: dict[str, str] | None = None) -> Iterator[tuple[str, str]]:
    """`hreflang` and address of the page in each language, and without one. `paths`: where words differ by language."""
    if not is_public(request):
        return
    for code, _name in settings.LANGUAGES:
        yield code, _address(request, code, (paths or {}).get(code) or quote(request.path))
    yield X_DEFAULT, _address(request, "", quote(request.path))


def without_language(request: HttpRequest) -> str:
    """Where somebody goes on who chooses a language: an address that does not name another one."""
    kept = request.GET.copy()
    kept.pop(LANG, None)
    return f"{quote(request.path)}?{kept.urlencode()}" if kept else quote(request.path)


def _asked(request: HttpRequest) -> str:
    code = request.GET.get(LANG, "")
    return code if code in dict(settings.LANGUAGES) else ""


def _address(request: HttpRequest, code: str, path: str) -> str:
    told = [(name, value) for name in TELLING if (value := request.GET.get(name, ""))]
    query = urlencode([*told, (LANG, code)] if code else told)
    return f"{request.scheme}://{request.get_host()}{path}{f'?{query}' if query else ''}"
