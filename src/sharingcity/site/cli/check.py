"""`sharingcity check`: what is missing for production."""

from dataclasses import asdict

import typer
from rich.console import Console
from rich.table import Table

from sharingcity.site.cli.frame import DataOption, Failure, JsonOption, app, open_city, print_json

SIGNS = {"good": "[green]good[/]", "note": "[yellow]note[/]", "blocks": "[red]blocks[/]"}


@app.command()
def check(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Explains what is missing for production; exit status 1 when something is."""
    now = open_city(data)
    from sharingcity.site.checks import examine

    findings = list(examine(now))
    blocking = [finding.subject for finding in findings if finding.level == "blocks"]
    if as_json:
        print_json({"ready": not blocking, "findings": [asdict(finding) for finding in findings]})
        raise typer.Exit(1 if blocking else 0)
    table = Table(box=None, pad_edge=False, show_header=False)
    for finding in findings:
        table.add_row(SIGNS[finding.level], finding.subject, f"{finding.says} {finding.mend}".strip())
    Console().print(table)
    if blocking:
        raise Failure(f"Not ready for production: {', '.join(blocking)}. The lines above say how to mend each.")
    print("Ready for production.")
