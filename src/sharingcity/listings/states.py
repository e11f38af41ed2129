"""The life of a listing as a table: drafted, shown, retired, perhaps shown again. Never deleted."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import Conflict
from sharingcity.kernel.states import Transition, Workflow
from sharingcity.listings.permissions import can_manage_listing

if TYPE_CHECKING:
    from sharingcity.listings.models import Listing

STATES = {"draft": _("Draft"), "published": _("Shown"), "retired": _("Retired")}


def stream_of(listing: "Listing") -> str:
    return f"organisation:{listing.organisation_id}"


def _may(by: Any, listing: "Listing", now: datetime) -> bool:
    return can_manage_listing(by, listing, now)


def house_retired() -> Conflict:
    return Conflict("listing.organisation_retired", _("The city has taken its organisation out of the directory."))


def is_house_shown(listing: "Listing", _now: datetime) -> None:
    """Guard. Raises: Conflict `listing.organisation_retired`."""
    if listing.organisation.state == "retired":
        raise house_retired()


def _row(event: str, source: str, target: str, label: Any, **more: Any) -> "Transition[Listing]":
    return Transition(event=event, sources=frozenset({source}), target=target, permission=_may, label=label, **more)


WORKFLOW: "Workflow[Listing]" = Workflow(
    name="listing",
    field="state",
    states=STATES,
    stream_of=stream_of,
    transitions=(
        _row("draft", "", "draft", _("Save as draft")),
        _row("create", "", "published", _("Create")),
        _row("publish", "draft", "published", _("Publish"), guard=is_house_shown),
        _row("retire", "published", "retired", _("Retire"), needs_reason=True),
        _row("republish", "retired", "published", _("Show again"), guard=is_house_shown),
    ),
)
