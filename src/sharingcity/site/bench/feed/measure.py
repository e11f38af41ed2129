"""How many rows a second an import takes, from the file's bytes to what search reads."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from sharingcity.directory.operations import upsert_districts
from sharingcity.finding.operations.index import reindex_all
from sharingcity.kernel.city import local_date
from sharingcity.kernel.states import SYSTEM
from sharingcity.partners.operations import run_import
from sharingcity.site.bench.feed.drawn import as_file, changed, districts, stations

CHANGED_ONE_OF = 100


@dataclass(slots=True)
class _Statements:
    """The seconds that statements took. COPY passes by: there the engine is what the processor did not do."""

    seconds: float = 0.0

    def __call__(self, execute: Callable[..., Any], *what: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(*what)
        finally:
            self.seconds += time.perf_counter() - begun


def measure_import(*, rows: int, now: datetime) -> dict[str, Any]:
    """The same feed as new, as known, and with one of a hundred rows changed; then the search index alone."""
    upsert_districts(drafts=districts(), by=SYSTEM, now=now)
    entries = stations(rows)
    with tempfile.TemporaryDirectory() as folder:
        bring = _Bringer(Path(folder) / "stations.json", now)
        answer = {
            "new": bring(entries),
            "unchanged": bring(entries),
            "changed": bring(changed(entries, CHANGED_ONE_OF)),
        }
    return {"rows": rows, **answer, "index_alone": _timed(rows, reindex_all)}


class _Bringer:
    """Imports entries as a city does: a file, the connector, the plan, the writing, the search index."""

    def __init__(self, path: Path, now: datetime) -> None:
        self.path, self.now = path, now

    def __call__(self, entries: list[dict[str, Any]]) -> dict[str, Any]:
        self.path.write_bytes(as_file(entries))
        told: dict[str, int] = {}
        took = _timed(len(entries), lambda: told.update(self._import()))
        return took | {"report": told}

    def _import(self) -> dict[str, int]:
        report = run_import(
            connector_name="seoul-nanumcar",
            location=str(self.path),
            by=SYSTEM,
            now=self.now,
            today=local_date(self.now),
        )
        return {name: value for name, value in report.as_json().items() if isinstance(value, int)}


def _timed(rows: int, work: Callable[[], object]) -> dict[str, Any]:
    """Wall time, this process's processor time, and what of the wall time statements took."""
    with _watched() as statements:
        begun, busy = time.perf_counter(), time.process_time()
        work()
        seconds, busy = time.perf_counter() - begun, time.process_time() - busy
    return {
        "rows_per_second": round(rows / seconds),
        "seconds": round(seconds, 2),
        "processor_seconds": round(busy, 2),
        "statement_seconds": round(statements.seconds, 2),
    }


@contextmanager
def _watched() -> Iterator[_Statements]:
    statements = _Statements()
    with connection.execute_wrapper(statements):
        yield statements
