"""Status columns are projections of the journal: replayed, they must say the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from sharingcity.kernel.journal import Fault
from sharingcity.kernel.models import JournalEntry
from sharingcity.kernel.registry import Slot
from sharingcity.kernel.states import Workflow


@dataclass(frozen=True, slots=True)
class Projection:
    """A workflow and the model whose column it moves."""

    workflow: Workflow[Any]
    model: type[Model]


PROJECTIONS: Slot[Projection] = Slot("status columns that the journal explains")
"""Each room registers its workflows here."""


def projection_faults() -> Iterator[Fault]:
    """Every row whose status is not where the journal's last transition left it. Two queries for each workflow."""
    for projection in PROJECTIONS:
        yield from _faults_of(projection.workflow, projection.model)


def _faults_of(workflow: Workflow[Any], model: type[Model]) -> Iterator[Fault]:
    steps: dict[str, tuple[str, int, str]] = {}
    entries = JournalEntry.objects.filter(
        object_type=model._meta.label_lower, event__in=[f"{workflow.name}.{event}" for event in workflow.events()]
    )
    columns = ("object_id", "stream", "number", "from_state", "to_state")
    for object_id, stream, number, before, after in entries.order_by("id").values_list(*columns).iterator(2000):
        if before != steps.get(object_id, ("", 0, ""))[2]:
            yield Fault(stream, number, f"{workflow.name} {object_id} was “{before}” before, which nothing explains")
        steps[object_id] = (stream, number, after)
    for pk, state in model._default_manager.order_by("pk").values_list("pk", workflow.field).iterator(2000):
        stream, number, expected = steps.get(str(pk), ("", 0, ""))
        if state != expected:
            yield Fault(stream, number, f"{workflow.name} {pk} is “{state}”, the journal left it “{expected}”")
