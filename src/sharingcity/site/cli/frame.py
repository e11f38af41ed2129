"""What all commands share: options, opening the city, answering in one object, failing in one line."""

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import django
import typer
from django.utils import translation

from sharingcity.site.messages import compile_catalogues

app = typer.Typer(
    name="sharingcity",
    help="Runs a city's sharing programme.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

DataOption = Annotated[
    Path | None,
    typer.Option("--data", help="Folder of everything that lives (else SHARINGCITY_DATA, else var/).", file_okay=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


class Failure(Exception):
    """What was asked for cannot be done: one line, why and the mend. Exit status 1."""


def load_settings(data: Path | None) -> None:
    """Reads the environment and makes the rooms importable. A wrong setting ends the program with a hint."""
    if data is not None:
        os.environ["SHARINGCITY_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sharingcity.site.settings")
    # First: Django reads the city's words while it loads its models, and keeps them as long as the process lives.
    compile_catalogues()
    django.setup()
    language = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    translation.activate("ko" if language.startswith("ko") else "en")


def open_city(data: Path | None) -> datetime:
    """Opens the city of a data folder, its database created and migrated when need be; returns this instant."""
    load_settings(data)
    from sharingcity.kernel import clock
    from sharingcity.site.setup import prepare_database

    prepare_database()
    return clock.now()


def print_json(answer: Any) -> None:
    print(json.dumps(answer, ensure_ascii=False, default=str))


def is_terminal() -> bool:
    """Whether somebody is watching: progress is shown to people, never to pipes."""
    return sys.stderr.isatty()
