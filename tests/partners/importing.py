"""Runs an import of a small published table, and reads what it left."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps

from sharingcity.kernel.city import local_date
from sharingcity.kernel.states import SYSTEM
from sharingcity.listings.models import Listing
from sharingcity.partners.frame.report import ImportReport
from sharingcity.partners.operations import run_import

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
# What every run leaves behind, whatever it finds.
ONLY_OF_RUNS = {"partners.importrun", "kernel.journalentry", "kernel.streamhead"}


def bring(location: str, *, days: int = 0, connector: str = "kr-open-facilities", **more: Any) -> ImportReport:
    now = NOW + timedelta(days=days)
    return run_import(connector_name=connector, location=location, by=SYSTEM, now=now, today=local_date(now), **more)


def figures(report: ImportReport) -> dict[str, int]:
    return {name: value for name, value in report.as_json().items() if isinstance(value, int) and value}


def everything() -> dict[str, list[Any]]:
    """All rows of our tables but those that only tell that there was a run."""
    return {
        model._meta.label_lower: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model.__module__.startswith("sharingcity.") and model._meta.label_lower not in ONLY_OF_RUNS
    }


def listing(number: int) -> Listing:
    return Listing.objects.get(titles__ko=f"당산2동주민센터 {number}호")


def report_lines(report: ImportReport) -> list[dict[str, str]]:
    with Path(report.report).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
