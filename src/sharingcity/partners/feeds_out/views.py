"""The files and feeds that anybody may take, and the page that tells of them."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from sharingcity.kernel import clock, journal
from sharingcity.kernel.city import local_date
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.problems import problem_response
from sharingcity.partners.feeds_out import atom, dcat, opensearch, sitemaps
from sharingcity.partners.feeds_out.addresses import origin_of
from sharingcity.partners.feeds_out.answers import File, answer
from sharingcity.partners.feeds_out.collections import (
    MEDIA_TYPES,
    collections,
    district_features,
    newest_of_all,
)
from sharingcity.partners.feeds_out.formats import dumped
from sharingcity.partners.feeds_out.languages import asked_language
from sharingcity.partners.feeds_out.page import read_page as read_open_data_page
from sharingcity.partners.feeds_out.paged import page_of, read_page


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What there is, under which terms, how fresh, and how to use it."""
    context = read_open_data_page(origin_of(request), clock.now())
    return render(request, "partners/open_data.html", context)


@require_safe
def file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """A collection in one of its forms; as JSON also in pages, by `limit`, `cursor` and `changed_since`."""
    if (name, form) == ("districts", "geojson"):
        return _districts(request)
    if (name, form) == ("seals", "json"):
        return _seals(request)
    collection = collections().get(name)
    if collection is None or form not in collection.forms:
        raise Http404
    now, origin = clock.now(), origin_of(request)
    changed_at = collection.newest_change() or newest_of_all()
    try:
        asked = read_page(request.GET.dict()) if form == "json" else None
        if asked is None:
            whole = File(
                content_type=MEDIA_TYPES[form],
                changed_at=changed_at,
                write=lambda: collection.written(form, now, origin),
                name=f"{name}.{form}",
                is_whole=True,
            )
            return answer(request, whole)
        found = page_of(collection, asked, local_date(now), f"{origin}/open-data/{name}.json")
    except Refusal as refusal:
        return problem_response(refusal)
    return _small(request, MEDIA_TYPES["json"], changed_at, lambda: iter([dumped(found).encode()]))


def _small(
    request: HttpRequest, content_type: str, changed_at: datetime, write: Callable[[], Iterator[bytes]]
) -> HttpResponseBase:
    return answer(request, File(content_type=content_type, changed_at=changed_at, write=write))


def _districts(request: HttpRequest) -> HttpResponseBase:
    """Their outlines change with an import only; the day in the ETag is soon enough."""
    origin = origin_of(request)
    return _small(request, MEDIA_TYPES["geojson"], newest_of_all(), lambda: district_features(origin))


def _seals(request: HttpRequest) -> HttpResponseBase:
    """Hourly digests of the journal: compare them to see whether its past was changed."""
    found = journal.seals()
    at = datetime.fromisoformat(found[0]["at"]) if found else newest_of_all()
    return _small(request, MEDIA_TYPES["json"], at, lambda: iter([f"{dumped({'seals': found})}\n".encode()]))


@require_safe
def changes(request: HttpRequest, name: str) -> HttpResponseBase:
    """What changed, newest first, 200 entries a page."""
    if name not in (*atom.KINDS, "changes"):
        raise Http404
    kinds = atom.KINDS if name == "changes" else (name,)
    language, cursor, origin = asked_language(request), request.GET.get("before", ""), origin_of(request)
    try:
        feed = atom.read_localised(kinds, language, cursor)
    except Refusal as refusal:
        return problem_response(refusal)
    file = File(
        content_type="application/atom+xml; charset=utf-8",
        changed_at=newest_of_all(),
        write=lambda: atom.written(feed, name, language, origin, cursor),
        language=language,
    )
    return answer(request, file)


@require_safe
def catalogue(request: HttpRequest, form: str) -> HttpResponseBase:
    """DCAT-AP, for the portals that gather open data."""
    at, origin = newest_of_all(), origin_of(request)
    if form == "ttl":
        return _small(request, "text/turtle; charset=utf-8", at, lambda: dcat.as_turtle(origin, at))
    if form == "jsonld":
        return _small(request, "application/ld+json", at, lambda: dcat.as_jsonld(origin, at))
    raise Http404


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    origin = origin_of(request)
    return _small(request, "application/xml; charset=utf-8", newest_of_all(), lambda: sitemaps.index(origin))


@require_safe
def sitemap(request: HttpRequest, name: str) -> HttpResponseBase:
    """`pages`, `organisations`, `services`, or `listings-0` and so on."""
    origin = origin_of(request)
    kind, _dash, number = name.partition("-")
    if kind not in sitemaps.KINDS or (kind == "listings") != _is_number(number):
        raise Http404
    write: Callable[[], Iterator[bytes]]
    if kind == "listings":
        part = int(number)

        def write() -> Iterator[bytes]:
            return sitemaps.listings(part, origin)
    else:
        read = {"pages": sitemaps.pages, "organisations": sitemaps.organisations, "services": sitemaps.services}

        def write() -> Iterator[bytes]:
            return read[kind](origin)

    whole = File(
        content_type="application/xml; charset=utf-8",
        changed_at=newest_of_all(),
        write=write,
        is_whole=kind == "listings",
    )
    return answer(request, whole)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(sitemaps.robots(origin_of(request)), content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def search_description(request: HttpRequest) -> HttpResponse:
    """For browsers that add the hub to their search engines; in the reader's language, for a person adds it."""
    content = b"".join(opensearch.description(origin_of(request), request.LANGUAGE_CODE, static("ui/sign.svg")))
    response = HttpResponse(content, content_type="application/opensearchdescription+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return response
