"""The life of a restriction: imposed, perhaps appealed, then upheld or lifted."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.states import Transition, Workflow
from sharingcity.people.models import Restriction
from sharingcity.people.permissions import has_ability

if TYPE_CHECKING:
    from collections.abc import Callable


def may_restrict(by: Any, _restriction: Restriction, now: datetime) -> bool:
    """Whether `by` may restrict people, city-wide."""
    return has_ability(by, "restrict_people", (), now)


def is_about(by: Any, restriction: Restriction, _now: datetime) -> bool:
    """Whether `by` is the person restricted."""
    return bool(getattr(by, "pk", None) == restriction.person_id)


def may_judge(by: Any, restriction: Restriction, now: datetime) -> bool:
    """Whoever imposed it does not judge the appeal against it."""
    return may_restrict(by, restriction, now) and getattr(by, "pk", None) != restriction.imposed_by_id


def is_running(restriction: Restriction, now: datetime) -> None:
    """Guard. Raises: Refusal `restriction.over`."""
    if restriction.ends_at <= now:
        raise Refusal("restriction.over", _("This restriction has ended."))


def _row(
    event: str,
    sources: str,
    target: str,
    permission: "Callable[[Any, Restriction, datetime], bool]",
    label: Any,
    *,
    is_guarded: bool = True,
) -> Transition[Restriction]:
    return Transition(
        event=event,
        sources=frozenset(sources.split() or [""]),
        target=target,
        permission=permission,
        label=label,
        guard=is_running if is_guarded else None,
        needs_reason=True,
    )


RESTRICTION: Workflow[Restriction] = Workflow(
    name="restriction",
    field="state",
    states={
        "imposed": _("In force"),
        "appealed": _("In force, appeal open"),
        "upheld": _("In force, appeal decided"),
        "lifted": _("Lifted"),
    },
    transitions=(
        _row("impose", "", "imposed", may_restrict, _("Restrict")),
        _row("appeal", "imposed", "appealed", is_about, _("Appeal")),
        _row("uphold", "appealed", "upheld", may_judge, _("Uphold")),
        _row("grant", "appealed", "lifted", may_judge, _("Lift after appeal"), is_guarded=False),
        _row("lift", "imposed upheld", "lifted", may_restrict, _("Lift")),
    ),
    stream_of=lambda restriction: f"person:{restriction.person_id}",
    concerns=lambda restriction: restriction.person.pseudonym,
)
