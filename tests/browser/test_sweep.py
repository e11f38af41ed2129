"""Every page of the product, as everybody who may see it sees it, at 320 px in every language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.browser.demo_city import DemoServer
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

ROLES = ("", "resident", "manager", "steward", "officer", "admin")
# Where those are sent who may not, or not yet.
SIGN_IN = ("/accounts/login/", "/accounts/reauthenticate/")
# Shown to several roles with other content: looked at for each. All other pages once, by the first who may.
DIFFER = ("portal-home", "portal-me", "host-", "city-", "staff-")

# What the addresses with places are filled with: keys of `samples.find_samples`.
PLACES = {
    "ui-gallery-part": {"part": "=week"},
    "portal-listing": {"code": "listing", "slug": "=room"},
    "portal-organisation": {"slug": "organisation"},
    "portal-service": {"slug": "service"},
    "directory-report": {"kind": "=service", "code": "service_code"},
    "directory-claim": {"slug": "unclaimed"},
    "entry-page": {"slug": "=dureban-tools"},
    "entry-edit": {"slug": "=dureban-tools"},
    "entry-members": {"slug": "=dureban-tools"},
    "partners-brought": {"slug": "=dureban-tools"},
    "partners-brought-feed": {"slug": "=dureban-tools", "feed": "feed"},
    "partners-feed": {"code": "feed"},
    "partners-feed-retire": {"code": "feed"},
    "partners-clicks": {"slug": "=dureban-tools"},
    "partners-webhooks": {"slug": "=dureban-tools"},
    "partners-keys": {"slug": "=dureban-tools"},
    "partners-entry-upload": {"slug": "=dureban-tools"},
    "service-new": {"slug": "=dureban-tools"},
    "service-edit": {"slug": "=dureban-tools", "code": "service_code"},
    "entry-version": {"version_id": "version"},
    "entry-report": {"code": "error_report"},
    "entry-pair": {"likeness_id": "likeness"},
    "entry-merge": {"slug": "=dureban"},
    "entry-retire": {"slug": "=dureban"},
    "booking-who": {"code": "listing"},
    "booking-reservation": {"code": "confirmed"},
    "booking-cancel": {"code": "confirmed"},
    "booking-move": {"code": "confirmed"},
    "booking-extend": {"code": "confirmed"},
    "reservation-check": {"code": "confirmed"},
    "booking-appeal": {"code": "no_show"},
    "people-deputy": {"grant_id": "grant"},
    "host-close": {"code": "listing"},
    "host-listing": {"code": "listing"},
    "host-listing-details": {"code": "listing"},
    "host-listing-hours": {"code": "listing"},
    "host-listing-fee": {"code": "listing"},
    "host-listing-rules": {"code": "listing"},
    "staff-book-listing": {"code": "listing"},
    "staff-reservation": {"code": "waiting"},
    "staff-move": {"code": "waiting"},
}
QUERIES = {
    "people-claims": "?email=resident2@demo.sharingcity.example",
    "finding-find": "?q=회의실&people=12",
    "searches-new": "?q=회의실",
}

# No page to look at by its address alone, each with the reason.
NO_PAGE = {
    "partners-feed-change": "the demo city fetches nothing from outside; tests/partners/web looks at it",
    "partners-brought-table": "a file",
    "partners-entry-sheet-download": "a file",
    "partners-upload-preview": "only with a table that was dropped; tests/partners/web looks at it",
    "partners-entry-upload-preview": "likewise",
    "partners-webhook": "the demo city calls nobody outside; tests/partners/web looks at it",
    "partners-clicks-table": "a file",
    "partners-go": "leads to other sites; the tests of partners look at its page for what is gone",
    "partners-go-app": "likewise",
    "set_language": "a form's target",
    "city-decide": "a form's target",
    "finding-map": "data for the map",
    "finding-districts": "data for the map",
    "open-data-catalogue": "a file",
    "open-data-changes": "a feed",
    "open-data-file": "a file",
    "hsds-root": "data for programs",
    "hsds-openapi": "data for programs",
    "hsds-list": "data for programs",
    "hsds-one": "data for programs",
    "sitemap-index": "a file for search engines",
    "sitemap": "a file for search engines",
    "robots": "a file for search engines",
    "opensearch": "a file for browsers",
    "partners-sheet-download": "a file",
    "embed-free": "a card for other sites' pages; the tests of finding look at it",
    "favourites-rows": "a part of a page for the script",
    "favourites-merge": "a form's target",
    "favourites-share": "a form's target",
    "favourites-keep": "has an address only with a thing; the tests of favourites look at it",
    "favourites-shared": "only with the secret of a shared list; the tests of favourites look at it",
    "searches-change": "a form's target",
    "searches-stop": "only with the secret of a letter; the tests of searches look at it",
    "people-data-file": "a file",
    "reservation-permit": "a PDF",
    "reservation-receipt": "a PDF",
    "host-day-sheet": "a PDF",
    "calendar-me": "a calendar feed",
    "calendar-listing": "a calendar feed",
    "calendar-organisation": "a calendar feed",
    "mfa_download_recovery_codes": "a file",
    "booking-check": "has an address only after step two; the journey of a booking looks at it",
    "booking-who": "has an address only with a free time; the journey of a booking looks at it",
    "booking-appeal": "only after a “nobody came” of one's own; the tests of booking look at it",
    "people-guardian": "only with the secret of a guardian's mail; the tests of people look at it",
    "directory-still-true": "only with the secret of an owner's letter; the tests of directory look at it",
    "directory-still-true-stop": "likewise",
    "entry-suggestion": "only after a suggestion; the tests of directory look at it",
    "directory-invitation": "only with the secret of an invitation; the tests of directory look at it",
    "entry-claim": "only after a claim that asks the city; the tests of directory look at it",
    "partners-report": "only after an import; the tests of partners look at it",
    "account_email_verification_sent": "only after signing up; the newcomer's journey looks at it",
    "account_confirm_login_code": "only after asking for a code; the tests of people look at it",
    "account_confirm_password_reset_code": "only after asking for a code",
    "account_complete_password_reset": "only after a right code",
    "account_set_password": "only for somebody without a password",
    "account_reauthenticate": "only a while after signing in",
    "mfa_authenticate": "only half-way through signing in",
    "mfa_reauthenticate": "only a while after signing in",
    "mfa_reauthenticate_webauthn": "only a while after signing in",
    "mfa_login_webauthn": "data for the browser",
    "mfa_add_webauthn": "the passkey journey looks at it",
    "mfa_deactivate_totp": "only with an authenticator app",
    "mfa_view_recovery_codes": "only with a second factor",
    "mfa_generate_recovery_codes": "only with a second factor",
    "mfa_edit_webauthn": "only with a passkey",
    "mfa_remove_webauthn": "only with a passkey",
    "socialaccount_login_error": "answers 401; looked at below",
    "socialaccount_signup": "only on the way back from an outside account",
    "kakao_login": "only where it is configured",
    "kakao_callback": "only where it is configured",
    "naver_login": "only where it is configured",
    "naver_callback": "only where it is configured",
    "openid_connect_login": "only where it is configured",
    "openid_connect_callback": "only where it is configured",
}


@dataclass(frozen=True)
class Address:
    name: str
    path: str


def _named(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Every address with a name, the API's apart: it answers data."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "api":
                yield from _named(pattern.url_patterns)
        elif pattern.name:
            yield pattern


def _addresses(samples: dict[str, str]) -> list[Address]:
    found = {}
    for pattern in _named(get_resolver().url_patterns):
        name = str(pattern.name)
        places = PLACES.get(name, {})
        if pattern.pattern.converters.keys() - places.keys() or name in NO_PAGE:
            continue
        filled = {key: value[1:] if value.startswith("=") else samples[value] for key, value in places.items()}
        found[name] = Address(name, reverse(name, kwargs=filled) + QUERIES.get(name, ""))
    return list(found.values())


@pytest.fixture(scope="module")
def samples(standing_city: DemoServer) -> dict[str, str]:
    return standing_city.samples()


def _is_shown(visitor: Visitor, path: str) -> bool:
    answer = visitor.context.request.get(visitor.home + path, max_redirects=1)
    is_elsewhere = any(way in answer.url and way not in path for way in SIGN_IN)
    return answer.status == 200 and not is_elsewhere and "text/html" in answer.headers.get("content-type", "")


@pytest.mark.parametrize("language", ["ko", "en", "ar"])
def test_sweep(
    standing_city: DemoServer, visit: Callable[..., Visitor], samples: dict[str, str], language: str
) -> None:
    problems: list[str] = []
    looked_at: set[str] = set()
    for role in ROLES:
        visitor = visit(standing_city, language=language, device="narrow")
        if role:
            visitor.sign_in(role)
        for address in _addresses(samples):
            differs = address.name.startswith(DIFFER)
            if (address.name in looked_at and not differs) or not _is_shown(visitor, address.path):
                continue
            visitor.go(address.path)
            problems += [f"{role or 'anonymous'} {line}" for line in visitor.problems(f"{role}-{address.name}")]
            looked_at.add(address.name)
        visitor.context.close()

    if problems:
        pytest.fail("\n".join(problems), pytrace=False)
    # A page that nobody could open is a fault, too.
    assert {address.name for address in _addresses(samples)} - looked_at == set()


def test_every_fault_is_seen(standing_city: DemoServer, visit: Callable[..., Visitor]) -> None:
    visitor = visit(standing_city, language="en", device="narrow")
    visitor.go("/about")
    assert visitor.problems("as-it-is") == []
    spoil = """() => { const image = document.createElement("img"), wide = document.createElement("p");
      image.src = "http://127.0.0.1:9/"; wide.textContent = "wide"; wide.style.minInlineSize = "900px";
      document.querySelector("main").append(image, wide) }"""
    visitor.page.evaluate(spoil)
    visitor.page.wait_for_timeout(300)

    found = "\n".join(visitor.problems("spoiled", status=404))

    assert "answered 200 instead of 404" in found
    assert "image-alt" in found
    assert "px wide in 320 px" in found
    assert "Content Security Policy" in found


def test_nothing_there_is_a_page_too(standing_city: DemoServer, visit: Callable[..., Visitor]) -> None:
    for language in ("ko", "en", "ar"):
        lost = visit(standing_city, language=language, device="narrow")
        lost.go("/nothing/there")
        lost.check("not-found", status=404)
        lost.go("/accounts/3rdparty/login/error/")
        lost.check("outside-account-failed", status=401)
        lost.sign_in("resident")
        lost.go("/city/people/roles")
        lost.check("not-allowed", status=403)
