"""The command line: one file a command, each of which opens the city first and then makes one call into a room.

Django may be set up only once `--data` is known. So commands import rooms inside their functions, after `open_city`.
"""

import sys
from typing import NoReturn

from django.db import Error as DatabaseError

from sharingcity.kernel.errors import Refusal
from sharingcity.site.cli import backup, bench, check, demo, export, find, imports, journal, serve, token, worker
from sharingcity.site.cli.frame import Failure, app

__all__ = [
    "backup",
    "bench",
    "check",
    "demo",
    "export",
    "find",
    "imports",
    "journal",
    "main",
    "serve",
    "token",
    "worker",
]


def _fail(line: str) -> NoReturn:
    print(" ".join(line.split()), file=sys.stderr)
    raise SystemExit(1)


def main() -> None:
    """Exit status 0 done, 1 refused or failed, 2 wrong usage."""
    try:
        app()
    except (Failure, Refusal) as refusal:
        _fail(str(getattr(refusal, "sentence", refusal)))
    except DatabaseError as problem:
        _fail(f"The database refused: {problem} Mend: look at SHARINGCITY_DATABASE_URL and whether the server runs.")
