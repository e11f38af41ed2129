from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sharingcity.partners.models import ImportRun

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, tzinfo=UTC)
DONE = {"state": "done", "finished_at": NOW}


def run(**fields: Any) -> ImportRun:
    defaults = {"connector": "boundaries", "location": "x", "by": "system", "started_at": NOW}
    return ImportRun.objects.create(**(defaults | fields))


def test_run_may_be_running_or_done() -> None:
    assert run().state == "running"
    assert run(**DONE, rows=3, created=1, skipped=2).pk


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"finished_at": NOW}, "import_run_finished_dated"),
        ({"state": "failed"}, "import_run_finished_dated"),
        ({**DONE, "rows": 3, "created": 1}, "import_run_rows_accounted"),
        ({"state": "refused", "finished_at": NOW}, "import_run_refusal_has_code"),
    ],
)
def test_run_that_must_not_be_is_refused(fields: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        run(**fields)
