"""What an import would do to what is known, and whether that is too much. Pure: keys and hashes only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.utils.translation import gettext_lazy as _

from sharingcity.partners.frame.source import SourceRefused

RETIRED_SHARE_PERCENT = 20


class Offered(Protocol):
    """An item of a source."""

    @property
    def key(self) -> str: ...
    @property
    def content_hash(self) -> str: ...


class Known(Protocol):
    """What the city has of it."""

    @property
    def content_hash(self) -> str: ...
    @property
    def is_shown(self) -> bool: ...
    @property
    def may_retire(self) -> bool: ...
    @property
    def may_return(self) -> bool: ...


OfferedT = TypeVar("OfferedT", bound=Offered)
KnownT = TypeVar("KnownT", bound=Known)


@dataclass(frozen=True)
class Plan(Generic[OfferedT, KnownT]):
    """`changed` holds those that return, too; `vanished` are known and no longer offered."""

    created: tuple[OfferedT, ...]
    changed: tuple[tuple[OfferedT, KnownT], ...]
    unchanged: tuple[tuple[OfferedT, KnownT], ...]
    vanished: tuple[KnownT, ...]
    shown: int

    @property
    def returning(self) -> tuple[KnownT, ...]:
        return tuple(known for _offered, known in self.changed if known.may_return)


def make_plan(offered: Sequence[OfferedT], known: Mapping[str, KnownT]) -> Plan[OfferedT, KnownT]:
    """Each offered item is created, changed or unchanged. One that a person retired stays as it is: unchanged."""
    created: list[OfferedT] = []
    changed: list[tuple[OfferedT, KnownT]] = []
    unchanged: list[tuple[OfferedT, KnownT]] = []
    for item in offered:
        row = known.get(item.key)
        if row is None:
            created.append(item)
        elif row.may_return or (row.is_shown and row.content_hash != item.content_hash):
            changed.append((item, row))
        else:
            unchanged.append((item, row))
    keys = {item.key for item in offered}
    vanished = tuple(row for key, row in known.items() if key not in keys and row.may_retire)
    return Plan(tuple(created), tuple(changed), tuple(unchanged), vanished, sum(row.is_shown for row in known.values()))


def refuse_too_many_retired(plan: Plan[OfferedT, KnownT], examples: Sequence[int] = ()) -> None:
    """A file that lacks much of what is known is more often cut off than true.

    Raises: Refusal `import.too_many_retired` with `retired`, `known`, `share_percent` and the `examples` given.
    """
    if len(plan.vanished) * 100 <= plan.shown * RETIRED_SHARE_PERCENT:
        return
    retired, known, share = len(plan.vanished), plan.shown, RETIRED_SHARE_PERCENT
    refused = SourceRefused(
        "too_many_retired",
        _(
            "The file lacks %(retired)d of the %(known)d listings that this connector brought, more than %(share)d %%. "
            "Nothing was changed. If that is right, import it with --force."
        ),
        retired=retired,
        known=known,
        share=share,
    )
    refused.data = {"retired": retired, "known": known, "share_percent": share, "examples": list(examples)}
    raise refused
