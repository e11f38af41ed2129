"""`sharingcity journal`: is the record of changes whole?"""

import typer

from sharingcity.site.cli.frame import DataOption, Failure, JsonOption, app, open_city, print_json

group = typer.Typer(help="The append-only record of everything that changed.", no_args_is_help=True)
app.add_typer(group, name="journal")


@group.command()
def verify(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Replays every chain, holds it against its head and the seals, and every status against what was written."""
    open_city(data)
    from sharingcity.kernel.journal import verify as find_faults
    from sharingcity.kernel.models import JournalEntry
    from sharingcity.kernel.projections import projection_faults

    faults = [*find_faults(), *projection_faults()]
    entries = JournalEntry.objects.count()
    if as_json:
        print_json(
            {
                "entries": entries,
                "faults": [{"stream": f.stream, "number": f.number, "problem": f.problem} for f in faults],
            }
        )
        raise typer.Exit(1 if faults else 0)
    for fault in faults:
        print(f"{fault.stream}#{fault.number}: {fault.problem}")
    if faults:
        raise Failure(f"The journal is not whole: {len(faults)} faults in {entries} entries. Compare with a backup.")
    print(f"The journal is whole: {entries} entries.")


@group.callback()
def _journal() -> None:
    """Keeps `journal verify` two words though the group has one command."""
