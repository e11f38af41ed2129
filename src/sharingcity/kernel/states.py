"""Workflows as tables: event, from, to, permission, guard, needs-reason. One `transition` reads them.

Buttons, API actions and the diagrams in the docs are drawn from the same table; nobody else sets a status.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sharingcity.kernel import journal
from sharingcity.kernel.db import insert
from sharingcity.kernel.errors import Conflict, NotAllowed, Refusal


class Actor(Protocol):
    """Who does it. `pseudonym` stands in the journal instead of a name."""

    @property
    def pseudonym(self) -> str: ...


@dataclass(frozen=True, slots=True)
class SystemActor:
    """The software itself: a timer, a worker, an import."""

    pseudonym: str = "system"


SYSTEM = SystemActor()

M = TypeVar("M", bound=Model)
Permission = Callable[[Any, M, datetime], bool]
Guard = Callable[[M, datetime], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition(Generic[M]):
    """One row of the table. `sources` holds "" for the birth of an object. A guard raises a Refusal."""

    event: str
    sources: frozenset[str]
    target: str
    permission: Permission[M]
    label: str | Promise
    guard: Guard[M] | None = None
    needs_reason: bool = False


@dataclass(frozen=True, kw_only=True)
class Workflow(Generic[M]):
    """A named table over one model's status column."""

    name: str
    field: str
    states: Mapping[str, str | Promise]
    transitions: tuple[Transition[M], ...]
    stream_of: Callable[[M], str]
    concerns: Callable[[M], str] = lambda _subject: ""
    """The pseudonym of the person whom a reason is about: it is forgotten when they leave."""
    _rows: dict[tuple[str, str], Transition[M]] = dataclass_field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.transitions:
            for source in row.sources:
                if (row.event, source) in self._rows or (source and source not in self.states):
                    raise ValueError(f"{self.name}: {row.event} from “{source}” is not one clear row")
                self._rows[row.event, source] = row

    def row(self, event: str, source: str) -> Transition[M] | None:
        return self._rows.get((event, source))

    def events(self) -> list[str]:
        return list(dict.fromkeys(row.event for row in self.transitions))

    def allowed(self, subject: M, *, by: Actor, now: datetime) -> list[Transition[M]]:
        """The rows open to this actor now, in the table's order: what buttons are drawn from."""
        source = getattr(subject, self.field)
        return [
            row
            for row in self.transitions
            if source in row.sources and row.permission(by, subject, now) and self._guard_passes(row, subject, now)
        ]

    @staticmethod
    def _guard_passes(row: Transition[M], subject: M, now: datetime) -> bool:
        try:
            if row.guard:
                row.guard(subject, now)
        except Refusal:
            return False
        return True

    def check(self, subject: M, event: str, *, by: Actor, now: datetime, reason: str = "") -> Transition[M]:
        """The row for `event` from the present state, or a refusal.

        Raises: Conflict `state.not_possible`, NotAllowed `state.not_allowed`, Refusal `state.reason_missing`, and
        whatever the row's guard raises.
        """
        row = self.row(event, getattr(subject, self.field))
        if row is None:
            raise Conflict(
                "state.not_possible",
                _("This cannot be done any more: it has changed in the meantime."),
                state=getattr(subject, self.field),
                event=event,
            )
        if not isinstance(by, SystemActor) and not row.permission(by, subject, now):
            raise NotAllowed("state.not_allowed", _("You may not do this."), event=event)
        if row.needs_reason and not reason.strip():
            raise Refusal("state.reason_missing", _("Say why, in a sentence."), field="reason")
        if row.guard:
            row.guard(subject, now)
        return row

    def transition(
        self,
        subject: M,
        event: str,
        *,
        by: Actor,
        now: datetime,
        reason: str = "",
        data: Mapping[str, Any] | None = None,
        also: Iterable[str] = (),
    ) -> Transition[M]:
        """Checks, sets the status and appends the journal row. The caller holds the lock and the transaction.

        `also`: further changed fields to save with the status.
        """
        row = self.check(subject, event, by=by, now=now, reason=reason)
        source = getattr(subject, self.field)
        setattr(subject, self.field, row.target)
        if subject._state.adding:
            insert(subject)
        else:
            subject.save(update_fields=[self.field, *also])
        journal.append(
            journal.Change(
                stream=self.stream_of(subject),
                event=f"{self.name}.{event}",
                from_state=source,
                to_state=row.target,
                actor=by.pseudonym,
                at=now,
                object_type=subject._meta.label_lower,
                object_id=str(subject.pk),
                data=dict(data or {}),
                words=reason.strip(),
                concerns=self.concerns(subject) if reason.strip() else "",
            )
        )
        return row
