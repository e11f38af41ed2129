"""Where a link to a partner's own page leads: always out of the database, never out of the address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.urls import reverse

from sharingcity.directory.queries import get_organisation, get_service
from sharingcity.listings.how_to_book import is_app_address
from sharingcity.listings.queries import get_listing
from sharingcity.partners.feeds_out.addresses import organisation_path, service_path, short_path

APPS: Final = ("android", "ios")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`address` is empty where there is no link (any more); `page` is what we say of the entry ourselves."""

    kind: str
    entry: int
    organisation_id: int
    address: str
    page: str
    is_retired: bool


def going_path(kind: str, code: str, app: str = "") -> str:
    """The counting way to a partner's own page."""
    parts = [f"{kind}s", code, app] if app else [f"{kind}s", code]
    return reverse("partners-go-app" if app else "partners-go", args=parts)


def host_of(address: str) -> str:
    """Whose page it is, to be shown beside the link: `socar.kr`."""
    host = urlsplit(address).hostname or ""
    return host.removeprefix("www.")


def target_of(kind: str, code: str, app: str = "") -> Target | None:
    """The target of a link; None for a kind that there is not.

    Raises: NotFound of the entry's room.
    """
    find = _FINDERS.get(kind)
    return find(code, app) if find and app in ("", *APPS) else None


def _listing(code: str, app: str) -> Target:
    one = get_listing(code)
    apps = one.how_to_book.get("apps")
    address = (apps.get(app) if isinstance(apps, dict) else "") if app else one.url or one.organisation.url
    return Target(
        kind="listing",
        entry=one.pk,
        organisation_id=one.organisation_id,
        address=_safe(address, bool(app)),
        page=short_path(one),
        is_retired="retired" in (one.state, one.organisation.state),
    )


def _service(code: str, app: str) -> Target:
    one = get_service(code)
    return Target(
        kind="service",
        entry=one.pk,
        organisation_id=one.organisation_id,
        address=_safe(one.app_links.get(app) if app else one.url, bool(app)),
        page=service_path(one),
        is_retired="retired" in (one.state, one.organisation.state),
    )


def _organisation(code: str, app: str) -> Target:
    one = get_organisation(code)
    return Target(
        kind="organisation",
        entry=one.pk,
        organisation_id=one.pk,
        address="" if app or one.state == "draft" else _safe(one.url, is_app=False),
        page=organisation_path(one),
        is_retired=one.state == "retired",
    )


def _safe(address: object, is_app: bool) -> str:
    """A web address, or an app's own where an app is meant; anything else is no link."""
    if not isinstance(address, str) or not address.isprintable():
        return ""
    parts = urlsplit(address)
    if parts.scheme in ("http", "https") and parts.hostname:
        return address
    return address if is_app and is_app_address(address) else ""


_FINDERS: Final[dict[str, Callable[[str, str], Target]]] = {
    "listings": _listing,
    "services": _service,
    "organisations": _organisation,
}
