"""The shapes of the sandbox's answers."""

from ninja import Schema


class SandboxProblem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[dict[str, str]] = []


class TrialItem(Schema):
    """A row that would be taken; `outcome` is created, changed or unchanged."""

    row: int
    title: str
    outcome: str


class TrialProblem(Schema):
    """A line of the report; `severity` is rejected, skipped or warning."""

    row: int
    severity: str
    entry: str
    field: str
    value: str
    code: str
    reason: str
    mend: str


class TrialOut(Schema):
    """`created + changed + unchanged + rejected + skipped = rows`. `retired` would be taken off, for the table lacks
    them; `held_back`: they are so many that the city would ask first. The lists end after a thousand.
    """

    organisation: str
    rows: int
    created: int
    changed: int
    unchanged: int
    rejected: int
    skipped: int
    retired: int
    held_back: bool
    items: list[TrialItem]
    problems: list[TrialProblem]


class HookIn(Schema):
    """The last part of the webhook's address on the organisation's pages."""

    webhook: str


class HookOut(Schema):
    webhook: str
    state: str
