"""`sharingcity import`: another system's data into this city."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from sharingcity.site.cli.frame import DataOption, JsonOption, app, is_terminal, open_city, print_json

if TYPE_CHECKING:
    from sharingcity.partners.frame.report import ImportReport

NAMES = (
    "kr-open-facilities, seoul-reservations, seoul-sports-facilities, seoul-parking, seoul-nanumcar, seoul-bikes, "
    "seoul-culture-events, gbfs, csv (a table that an office fills: docs/connectors/csv.md) or boundaries."
)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Says what is being done to whoever watches; nothing to pipes."""
    if not is_terminal():
        yield lambda _words: None
        return
    with Console(stderr=True).status("…") as status:
        yield lambda words: status.update(f"{words} …")


def _print_counts(report: "ImportReport") -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, value in report.as_json().items():
        if isinstance(value, int):
            table.add_row(name, str(value))
    Console().print(table)


def _check_name(connector: str) -> None:
    from sharingcity.partners.registry import CONNECTORS

    if connector not in CONNECTORS:
        raise typer.BadParameter(
            f"there is no “{connector}”; there are {', '.join(CONNECTORS)}", param_hint="CONNECTOR"
        )


LOCATIONS = "A file, a folder (gbfs), an address, or - for standard input."


@app.command("import")
def import_(
    connector: Annotated[str, typer.Argument(help=NAMES)],
    location: Annotated[str, typer.Argument(metavar="FILE_OR_URL", help=LOCATIONS)],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come of it and write only the report.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Also when more than a fifth would be retired.")] = False,
    anywhere: Annotated[
        bool, typer.Option("--anywhere", help="Keep the coordinates of places far from the city (gbfs).")
    ] = False,
    language: Annotated[str, typer.Option(help="Which of the source's languages is meant (gbfs).")] = "",
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Brings listings or districts in; safe to repeat. Exit status 1 when the source as a whole is refused."""
    now = open_city(data)
    from sharingcity.kernel.city import local_date
    from sharingcity.kernel.states import SYSTEM
    from sharingcity.partners.frame.setting import Setting
    from sharingcity.partners.operations import run_import

    _check_name(connector)
    with _progress() as tell:
        report = run_import(
            connector_name=connector,
            location=location,
            by=SYSTEM,
            now=now,
            today=local_date(now),
            dry_run=dry_run,
            force=force,
            setting=Setting(language=language, is_anywhere=anywhere, now=now),
            tell=tell,
        )
    if as_json:
        print_json(report.as_json())
        return
    _print_counts(report)
    print(f"{'Nothing was written. ' if dry_run else ''}Report: {report.report}")
