"""Organisations and services on small cards."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from sharingcity.finding.rules.keeping import Kept
from sharingcity.finding.web.hearts import heart_of_organisation, heart_of_service
from sharingcity.kernel.i18n import localised
from sharingcity.ui.components import EntryCard, Mark

if TYPE_CHECKING:
    from sharingcity.directory.models import Organisation, Service

Designated = Collection[int]
"""Ids of organisations that bear the mark."""

ON_A_CARD = 200


def shortened(text: str, most: int = ON_A_CARD) -> str:
    """The beginning of a text, cut between two words where there are some, with an ellipsis for the rest."""
    if len(text) <= most:
        return text
    kept, space, _rest = text[: most - 1].rpartition(" ")
    return f"{kept.rstrip()}…" if space and len(kept) > most // 2 else f"{text[: most - 1].rstrip()}…"


def service_card(service: "Service", kept: Collection[Kept], designated: Designated = ()) -> EntryCard:
    return EntryCard(
        kind="service",
        title=localised(service.names),
        url=_page("portal-service", f"/services/{service.slug}", service.slug),
        text=shortened(localised(service.summaries)),
        note=localised(service.organisation.names),
        mark=_mark(service.organisation, designated),
        heart=heart_of_service(service, kept),
    )


def organisation_card(one: "Organisation", kept: Collection[Kept], designated: Designated = ()) -> EntryCard:
    return EntryCard(
        kind="organisation",
        title=localised(one.names),
        url=_page("portal-organisation", f"/organisations/{one.slug}", one.slug),
        text=shortened(localised(one.descriptions)),
        mark=_mark(one, designated),
        heart=heart_of_organisation(one, kept),
    )


def _mark(organisation: "Organisation", designated: Designated) -> Mark | None:
    if organisation.pk in designated:
        return Mark(words=_("Designated"), status="valid")
    return Mark(words=_("Public")) if organisation.legal_form == "public_body" else None


def _page(name: str, otherwise: str, slug: str) -> str:
    try:
        return reverse(name, args=[slug])
    except NoReverseMatch:  # the page belongs to a room above, which may not be there
        return otherwise
